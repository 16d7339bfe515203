import { expect } from "chai"
import { execFile } from "node:child_process"
import { cp, mkdtemp, readFile, rm } from "node:fs/promises"
import { existsSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { promisify } from "node:util"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

const run = promisify(execFile)

/** What the launcher needs of the project to install and start. */
const STARTS_WITH = ["airdrop", "package.json", "package-lock.json", ".npmrc", "scripts"]

describe("The launcher, on a fresh machine", function () {
  this.timeout(240_000)

  let folder: string
  let launcher: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "a path with spaces "))
    for (const name of STARTS_WITH)
      await cp(join(PROJECT_ROOT, name), join(folder, name), { recursive: true })
    launcher = join(folder, "airdrop")
  })

  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  /** Starts it from another folder, with the PATH as it was before this project's own launcher changed it. */
  async function start(...args: string[]): Promise<string> {
    const path = (process.env["PATH"] ?? "")
      .split(delimiter)
      .filter((entry) => entry !== dirname(process.execPath) && !entry.startsWith(PROJECT_ROOT))
      .join(delimiter)
    const { stdout } = await run(launcher, args, { cwd: tmpdir(), env: { ...process.env, PATH: path } })
    return stdout
  }

  it("installs by itself and runs a verb, from any folder", async () => {
    expect(await start("--help")).to.include("Usage: ./airdrop VERB")
    expect(existsSync(join(folder, "node_modules", "hardhat"))).to.equal(true)
  })

  it("runs npm and node of the right version", async () => {
    const [major = 0, minor = 0] = (await start("node", "-p", "process.versions.node")).split(".").map(Number)
    expect(major > 22 || (major === 22 && minor >= 18), "Node 22.18 or later").to.equal(true)
  })

  it("says its version", async () => {
    const { version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
      version: string
    }
    expect(await start("--version")).to.equal(`${version}\n`)
  })

  it("repairs an install that lost a package", async () => {
    await rm(join(folder, "node_modules", "commander"), { recursive: true })
    expect(await start("--help")).to.include("Usage: ./airdrop VERB")
    expect(existsSync(join(folder, "node_modules", "commander", "package.json"))).to.equal(true)
  })

  it("repairs an install that was broken off", async () => {
    await rm(join(folder, "node_modules", ".stamp"))
    await rm(join(folder, "node_modules", "ethers"), { recursive: true })
    expect(await start("--help")).to.include("Usage: ./airdrop VERB")
    expect(existsSync(join(folder, "node_modules", "ethers", "package.json"))).to.equal(true)
  })

  it("says in one line what is wrong with a verb that does not exist, and exits with 2", async () => {
    const failure: unknown = await start("claim-everything").catch((error: unknown) => error)
    expect(failure).to.have.property("code", 2)
    expect(failure)
      .to.have.property("stderr")
      .that.matches(/^airdrop: there is no verb "claim-everything"\n/)
  })
})
