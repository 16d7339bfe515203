import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { InterfaceAbi } from "ethers"
import { AirdropError } from "../../core/primitives/error.ts"

/** What the compiler made of one contract. */
export interface Artifact {
  readonly contractName: string
  readonly abi: InterfaceAbi & readonly unknown[]
  /** Creation code as 0x-hex, without constructor arguments. */
  readonly bytecode: string
  /** Code as it stands on chain, with zeros where immutables go. */
  readonly deployedBytecode: string
  /** Where the immutables go, by the compiler's own numbers: byte offsets into the deployed code. */
  readonly immutableReferences: Readonly<Record<string, readonly { start: number; length: number }[]>>
}

const ROOT = join(import.meta.dirname, "..", "..", "..")
const STAMP = join(ROOT, ".cache", "built")

/** Where each contract of the project is, by name: folders of contracts/. */
const SOURCES: Readonly<Record<string, string>> = {
  MerkleAirdrop: "contracts/MerkleAirdrop.sol",
}

/** The project's contract, compiled now if its sources have changed since they last were. */
export async function merkleAirdropArtifact(): Promise<Artifact> {
  return await artifactOf("MerkleAirdrop")
}

/** Any contract under contracts/ by name; `source` where the file is not named in {@link SOURCES}. */
export async function artifactOf(name: string, source = SOURCES[name]): Promise<Artifact> {
  if (source === undefined) throw new AirdropError(`no contract is named ${name}`)
  await ensureCompiled()
  return JSON.parse(await readFile(join(ROOT, "artifacts", source, `${name}.json`), "utf8")) as Artifact
}

let compiled: Promise<void> | undefined

/** Compiles once a process, and only when a source or the settings are others than at the last compilation. */
export async function ensureCompiled(): Promise<void> {
  compiled ??= compileIfStale()
  await compiled
}

async function compileIfStale(): Promise<void> {
  if (!existsSync(join(ROOT, "contracts"))) return // the npm package carries what was compiled, not the sources
  const wanted = await hashOfSources()
  const built = await readFile(STAMP, "utf8").catch(() => undefined)
  if (built === wanted && existsSync(join(ROOT, "artifacts", "contracts"))) return
  const { default: hre } = await import("hardhat")
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true, defaultBuildProfile: "default" })
  await mkdir(join(ROOT, ".cache"), { recursive: true })
  await writeFile(STAMP, wanted)
}

/** By content, as times say little: what is unpacked, copied or restored keeps older ones. */
async function hashOfSources(): Promise<string> {
  const contracts = (await readdir(join(ROOT, "contracts"), { recursive: true }))
    .filter((file) => file.endsWith(".sol"))
    .map((file) => join("contracts", file))
  const hash = createHash("sha256")
  for (const file of [...contracts.sort(), "hardhat.config.ts", "package-lock.json"])
    hash.update(`${file}\n`).update(await readFile(join(ROOT, file)))
  return hash.digest("hex")
}
