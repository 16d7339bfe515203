/**
 * Makes dist/, what the npm package consists of (npm runs this before it packs): Node strips no types under
 * node_modules, so the package carries plain JavaScript with declarations. dist/ is laid out as the repository
 * is, so that files find each other in the same way in both.
 */
import { cp, readdir, readFile, rm } from "node:fs/promises"
import { join, relative } from "node:path"
import { LANGUAGES } from "../../core/publication/page-languages.ts"
import { BUNDLED, bundlePage } from "../../stages/page/bundle.ts"
import { ensureCompiled, merkleAirdropArtifact } from "../../io/project/artifacts.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import { PROJECT_ROOT, runTool } from "../../io/project/processes.ts"
import { literalType } from "./literal-type.ts"
import { billOfMaterials } from "./sbom.ts"

const DIST = join(PROJECT_ROOT, "dist")
const CLI = join(DIST, "scripts", "cli.js")

/** The data files that the package's verbs read, and the independent verifier. */
const DATA = [
  "artifacts/contracts/ListAudit.sol/ListAudit.json",
  "artifacts/contracts/ListRecorder.sol/ListRecorder.json",
  "artifacts/contracts/MerkleAirdrop.sol/MerkleAirdrop.json",
  "scripts/verify.py",
  "scripts/MerkleAirdrop.bin",
  "web/icon.svg",
  "web/index.html",
]

/** Only of use in the repository, whose tests and benchmarks they run. */
const REPOSITORY_ONLY = [
  ...["bench", "test", "deploy", "hardhat.config.d.ts", "scripts/dev"],
  ...["deploy-with-ignition", "deploy-checks"].flatMap((file) =>
    [".js", ".d.ts"].map((end) => `scripts/stages/deployment/${file}${end}`),
  ),
  "scripts/commands/trial",
  ...["bench", "check", "deploy", "test"].flatMap((verb) =>
    [".js", ".d.ts"].map((end) => `scripts/commands/${verb}${end}`),
  ),
]

/** Simulated chains to verify and inspect on, and the keystore; the rest of the settings is for building. */
const HARDHAT_CONFIG = `import ethers from "@nomicfoundation/hardhat-ethers"
import keystore from "@nomicfoundation/hardhat-keystore"
import { defineConfig } from "hardhat/config"
import { chainDescriptors, networks } from "./hardhat.networks.js"

export default defineConfig({ plugins: [ethers, keystore], chainDescriptors, networks })
`

await ensureCompiled()
await rm(DIST, { recursive: true, force: true })
await compile()
await nameWorkersAsEmitted()
await writeContractModule()
for (const file of DATA) await cp(join(PROJECT_ROOT, file), join(DIST, file), { recursive: true })
for (const path of REPOSITORY_ONLY) await rm(join(DIST, path), { recursive: true, force: true })
await writeFileAtomic(join(DIST, "hardhat.config.js"), HARDHAT_CONFIG)
for (const { name, content } of await bundlePage(Object.keys(LANGUAGES)))
  await writeFileAtomic(join(DIST, relative(PROJECT_ROOT, BUNDLED), name), content)
await writeFileAtomic(join(DIST, "sbom.cdx.json"), await billOfMaterials())
await writeFileAtomic(CLI, `#!/usr/bin/env node\n${await readFile(CLI, "utf8")}`)

async function compile(): Promise<void> {
  const { status, text } = await runTool("typescript:tsc", ["-p", "tsconfig.package.json"])
  if (status !== 0) throw new Error(`the package does not compile:\n${text}`)
}

/** Renames the threads' files in `new URL("….ts")`. The compiler rewrites the extensions of imports only. */
async function nameWorkersAsEmitted(): Promise<void> {
  for (const file of await readdir(DIST, { recursive: true })) {
    if (!file.endsWith(".js")) continue
    const path = join(DIST, file)
    const code = await readFile(path, "utf8")
    const renamed = code.replace(/(new URL\("[^"]+)\.ts(", import\.meta\.url\))/g, "$1.js$2")
    if (renamed !== code) await writeFileAtomic(path, renamed)
  }
}

/** `merkle-airdrop/contract`: ABI (typed to the letter, for libraries that read types) and bytecode. */
async function writeContractModule(): Promise<void> {
  const { abi, bytecode, deployedBytecode } = await merkleAirdropArtifact()
  const values = { abi, bytecode, deployedBytecode }
  const code = Object.entries(values).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value)}\n`,
  )
  const types = [
    `export declare const abi: ${literalType(abi)}\n`,
    "/** Creation code, without constructor arguments. */\nexport declare const bytecode: `0x${string}`\n",
    "/** The code on chain, with zeros in place of immutables. */\n",
    "export declare const deployedBytecode: `0x${string}`\n",
  ]
  await writeFileAtomic(join(DIST, "contract.js"), code.join(""))
  await writeFileAtomic(join(DIST, "contract.d.ts"), types.join(""))
}
