/** Contract, npm package, publication and claim page have the same bytes from two clones in folders of different names. */
import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { promisify } from "node:util"
import { expect } from "chai"
import { keccak256 } from "ethers"
import { merkleAirdropArtifact } from "../../scripts/io/project/artifacts.ts"
import { parseManifest } from "../../scripts/core/publication/manifest.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

const run = promisify(execFile)
/** npm and what it starts run under the Node that runs this. */
const ENVIRONMENT = { ...process.env, PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter) }
const ARTIFACT = "artifacts/contracts/MerkleAirdrop.sol/MerkleAirdrop.json"
const FLAGS = ["--disable-warning=ExperimentalWarning", "scripts/cli.ts"]

interface Code {
  readonly bytecode: string
  readonly deployedBytecode: string
}

describe("two clean clones in folders of different names", function () {
  this.timeout(900_000)
  let folder: string
  let first: string
  let second: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-clones-"))
    first = await makeEverything(join(folder, "a"))
    second = await makeEverything(join(folder, "clone in another place"))
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it("give the same contract, which is the one that the published manifest names", async () => {
    const [here, there] = [await codeOf(first), await codeOf(second)]
    expect(here.bytecode).to.match(/^0x6[0-9a-f]{1000}/)
    expect(there).to.deep.equal(here)
    if (!(await isCommitted())) return
    const { bytecode, deployedBytecode } = await merkleAirdropArtifact()
    expect({ bytecode, deployedBytecode }).to.deep.equal(here)
    const manifest = await readFile(join(PROJECT_ROOT, "proofs", "sample", "manifest.json"), "utf8")
    expect(parseManifest(JSON.parse(manifest)).creationCodeHash).to.equal(keccak256(here.bytecode))
  })

  for (const [what, path, expected] of [
    ["npm package", "packed", /^merkle-airdrop-.*\.tgz$/],
    ["publication", "proofs/sample", /^manifest\.json$/],
    ["archives of publication and page", "archives", /^page\.car$/],
    ["claim page", "page", /^check\.js$/],
  ] as const) {
    it(`give the same ${what}, to the byte`, async () => {
      const here = await hashesOf(join(first, path))
      expect(Object.keys(here).some((name) => expected.test(name))).to.equal(true)
      expect(await hashesOf(join(second, path))).to.deep.equal(here)
    })
  }

  it("leave no file of the repository changed: what is committed is what the clone makes", async () => {
    const { stdout } = await run("git", ["status", "--porcelain", "--", "programs", "proofs"], { cwd: first })
    expect(stdout).to.equal("")
  })

  it("compile again if a source has other content, whatever its time", async () => {
    const source = join(second, "contracts", "MerkleAirdrop.sol")
    const text = await readFile(source, "utf8")
    await writeFile(source, text.replace('EIP712("MerkleAirdrop", "1")', 'EIP712("MerkleAirdrop", "2")'))
    await utimes(source, 0, 0)
    expect(await codeUsedIn(second)).to.not.equal((await codeOf(first)).bytecode)
  })
})

/** Clones what is committed, lends it the installed packages, and makes all that is published. Returns the path. */
async function makeEverything(path: string): Promise<string> {
  await run("git", ["clone", "--quiet", "--no-hardlinks", PROJECT_ROOT, path])
  await symlink(join(PROJECT_ROOT, "node_modules"), join(path, "node_modules"))
  const options = { cwd: path, env: ENVIRONMENT, maxBuffer: 1 << 26 }
  for (const name of ["packed", "archives"]) await mkdir(join(path, name))
  await run("npm", ["pack", "--silent", "--pack-destination", "packed"], options)
  const verb = async (...args: string[]): Promise<unknown> =>
    await run(process.execPath, [...FLAGS, ...args], options)
  await verb("allocate", "programs/sample")
  await verb("build", "programs/sample", "--car", "archives/sample.car")
  await verb("page", "programs/sample", "--out", "page", "--car", "archives/page.car")
  return path
}

async function codeOf(path: string): Promise<Code> {
  const { bytecode, deployedBytecode } = JSON.parse(await readFile(join(path, ARTIFACT), "utf8")) as Code
  return { bytecode, deployedBytecode }
}

/** Returns the creation code that the clone's own verbs would use. */
async function codeUsedIn(path: string): Promise<string> {
  const script = `import { merkleAirdropArtifact } from "./scripts/io/project/artifacts.ts"
    console.log((await merkleAirdropArtifact()).bytecode)`
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], {
    cwd: path,
    maxBuffer: 1 << 24,
  })
  return stdout.trim()
}

/** Returns the SHA-256 of each file of a folder, by path. */
async function hashesOf(path: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hashes = await Promise.all(
    files.sort().map(async (file) => {
      const hash = createHash("sha256")
        .update(await readFile(file))
        .digest("hex")
      return [file.slice(path.length + 1), hash] as const
    }),
  )
  return Object.fromEntries(hashes)
}

/** True if what the contract is built from is as it was committed. */
async function isCommitted(): Promise<boolean> {
  const sources = ["contracts", "hardhat.config.ts", "package-lock.json"]
  const { stdout } = await run("git", ["status", "--porcelain", "--", ...sources], { cwd: PROJECT_ROOT })
  return stdout === ""
}
