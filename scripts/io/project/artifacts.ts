import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { InterfaceAbi } from "ethers"
import { AirdropError } from "../../core/primitives/error.ts"

/** The compiler's output for one contract. */
export interface Artifact {
  readonly contractName: string
  readonly abi: InterfaceAbi & readonly unknown[]
  /** Creation code as 0x-hex, without constructor arguments. */
  readonly bytecode: string
  /** The code on chain, with zeros in place of immutables. */
  readonly deployedBytecode: string
  /** Byte offsets of the immutables in the deployed code, by the compiler's own numbers. */
  readonly immutableReferences: Readonly<Record<string, readonly { start: number; length: number }[]>>
}

const ROOT = join(import.meta.dirname, "..", "..", "..")
const STAMP = join(ROOT, ".cache", "built")

/** The source of each contract of the project, by the contract's name. */
const SOURCES: Readonly<Record<string, string>> = {
  ListAudit: "contracts/ListAudit.sol",
  ListRecorder: "contracts/ListRecorder.sol",
  MerkleAirdrop: "contracts/MerkleAirdrop.sol",
}

/** Returns the project's contract. Compiles it first if its sources have changed. */
export async function merkleAirdropArtifact(): Promise<Artifact> {
  return await artifactOf("MerkleAirdrop")
}

/**
 * Returns any contract under contracts/ by name.
 * @param source its file, if {@link SOURCES} does not have it
 */
export async function artifactOf(name: string, source = SOURCES[name]): Promise<Artifact> {
  if (source === undefined) throw new AirdropError(`no contract is named ${name}`, { code: "unknown" })
  await ensureCompiled()
  return JSON.parse(await readFile(join(ROOT, "artifacts", source, `${name}.json`), "utf8")) as Artifact
}

let compiled: Promise<void> | undefined

/** Compiles the contracts if a source or the settings have changed; at most once a process. */
export async function ensureCompiled(): Promise<void> {
  compiled ??= compileIfStale()
  await compiled
}

async function compileIfStale(): Promise<void> {
  if (!existsSync(join(ROOT, "contracts"))) return // the npm package has the artifact and no sources
  const wanted = await hashOfSources()
  const built = await readFile(STAMP, "utf8").catch(() => undefined)
  if (built === wanted && existsSync(join(ROOT, "artifacts", "contracts"))) return
  const { default: hre } = await import("hardhat")
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true, defaultBuildProfile: "default" })
  await mkdir(join(ROOT, ".cache"), { recursive: true })
  await writeFile(STAMP, wanted)
}

/** Hashes contents, because unpacked or restored files may keep old times. */
async function hashOfSources(): Promise<string> {
  const contracts = (await readdir(join(ROOT, "contracts"), { recursive: true }))
    .filter((file) => file.endsWith(".sol"))
    .map((file) => join("contracts", file))
  const hash = createHash("sha256")
  for (const file of [...contracts.sort(), "hardhat.config.ts", "package-lock.json"])
    hash.update(`${file}\n`).update(await readFile(join(ROOT, file)))
  return hash.digest("hex")
}
