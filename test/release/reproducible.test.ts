import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { expect } from "chai"
import { keccak256 } from "ethers"
import { merkleAirdropArtifact, type Artifact } from "../../scripts/io/project/artifacts.ts"
import { parseManifest } from "../../scripts/core/publication/manifest.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

const run = promisify(execFile)
const HARDHAT = "node_modules/hardhat/dist/src/cli.js"

describe("the contract's build", () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-clones-"))
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it("gives the same bytecode from two clean clones in folders of different names", async function () {
    this.timeout(600_000)
    const first = await buildClone(join(folder, "a"))
    const second = await buildClone(join(folder, "clone in another place"))
    expect(first.bytecode).to.match(/^0x6[0-9a-f]{1000}/)
    expect(second.bytecode).to.equal(first.bytecode)
    expect(second.deployedBytecode).to.equal(first.deployedBytecode)
    // Compiled together with everything else, and alone as above: it is the same contract.
    if (!(await isCommitted())) return
    expect((await merkleAirdropArtifact()).bytecode).to.equal(first.bytecode)
    // And it is what the published manifest names.
    const manifest = await readFile(join(PROJECT_ROOT, "proofs", "sample", "manifest.json"), "utf8")
    expect(parseManifest(JSON.parse(manifest)).creationCodeHash).to.equal(keccak256(first.bytecode))
  })
})

describe("the compiled contract", () => {
  it("follows the sources' content, not their times", async function () {
    this.timeout(600_000)
    const folder = await mkdtemp(join(tmpdir(), "airdrop-stale-"))
    try {
      const path = join(folder, "clone")
      await clone(path)
      const before = await codeIn(path)
      const source = join(path, "contracts", "MerkleAirdrop.sol")
      const text = await readFile(source, "utf8")
      await writeFile(source, text.replace('EIP712("MerkleAirdrop", "1")', 'EIP712("MerkleAirdrop", "2")'))
      await utimes(source, 0, 0)
      expect(await codeIn(path)).to.not.equal(before)
      await writeFile(source, text)
      await utimes(source, 0, 0)
      expect(await codeIn(path)).to.equal(before)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})

/** Returns the creation code that the clone's own verbs would use. */
async function codeIn(path: string): Promise<string> {
  const script = `import { merkleAirdropArtifact } from "./scripts/io/project/artifacts.ts"
    console.log((await merkleAirdropArtifact()).bytecode)`
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], {
    cwd: path,
    maxBuffer: 1 << 24,
  })
  return stdout
}

/** True if what the contract is built from is as it was committed. */
async function isCommitted(): Promise<boolean> {
  const sources = ["contracts", "hardhat.config.ts", "package-lock.json"]
  const { stdout } = await run("git", ["status", "--porcelain", "--", ...sources], { cwd: PROJECT_ROOT })
  return stdout === ""
}

/** Clones what is committed, and lends it the installed packages. */
async function clone(path: string): Promise<void> {
  await run("git", ["clone", "--quiet", "--no-hardlinks", PROJECT_ROOT, path])
  await symlink(join(PROJECT_ROOT, "node_modules"), join(path, "node_modules"))
}

/** Clones, and compiles the contract alone. */
async function buildClone(path: string): Promise<Artifact> {
  await clone(path)
  await run(process.execPath, [HARDHAT, "build", "contracts/MerkleAirdrop.sol", "--quiet"], { cwd: path })
  const artifact = join(path, "artifacts", "contracts", "MerkleAirdrop.sol", "MerkleAirdrop.json")
  return JSON.parse(await readFile(artifact, "utf8")) as Artifact
}
