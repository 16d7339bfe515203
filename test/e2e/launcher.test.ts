import { expect } from "chai"
import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { promisify } from "node:util"
import { VERBS } from "../../scripts/cli/verbs.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

const run = promisify(execFile)

/** The files that the launcher needs to install and start. */
const STARTS_WITH = ["airdrop", "package.json", "package-lock.json", ".npmrc", "hardhat.config.ts", "scripts"]

/** The PATH as it was before this project's own launcher changed it. */
const USERS_PATH = (process.env["PATH"] ?? "")
  .split(delimiter)
  .filter((entry) => entry !== dirname(process.execPath) && !entry.startsWith(PROJECT_ROOT))
  .join(delimiter)

interface PackageJson {
  readonly version: string
  readonly engines: { readonly node: string }
  readonly dependencies: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
}

interface Lockfile {
  readonly packages: Readonly<Record<string, object>>
}

interface Failure {
  readonly code: number
  readonly stderr: string
}

async function packageJson(): Promise<PackageJson> {
  return JSON.parse(await readFile(join(PROJECT_ROOT, "package.json"), "utf8")) as PackageJson
}

/** Awaits the failure of a command. */
async function failureOf(running: Promise<unknown>): Promise<Failure> {
  const failure = await running.then(
    () => undefined,
    (error: unknown) => error as Failure,
  )
  if (failure === undefined) throw new Error("the command succeeded")
  return failure
}

/** Makes a project with one dependency, which the launcher installs in a second, and a verb that needs it. */
async function smallProject(path: string): Promise<string> {
  await mkdir(join(path, "scripts"), { recursive: true })
  for (const name of ["airdrop", ".npmrc"]) await cp(join(PROJECT_ROOT, name), join(path, name))
  const { engines, dependencies } = await packageJson()
  const manifest = {
    name: "small",
    version: "1.0.0",
    type: "module",
    engines: { node: engines.node },
    dependencies: { commander: dependencies["commander"] },
  }
  const lock = JSON.parse(await readFile(join(PROJECT_ROOT, "package-lock.json"), "utf8")) as Lockfile
  const commander = "node_modules/commander"
  const packages = { "": manifest, [commander]: lock.packages[commander] }
  // With line ends, as npm writes it: the launcher reads "engines" line by line.
  await writeFile(join(path, "package.json"), JSON.stringify(manifest, undefined, 2))
  await writeFile(
    join(path, "package-lock.json"),
    JSON.stringify({ name: "small", version: "1.0.0", lockfileVersion: 3, requires: true, packages }),
  )
  await writeFile(join(path, "scripts", "cli.ts"), 'import "commander"\nconsole.log("started")\n')
  return path
}

describe("The launcher, on a fresh machine", function () {
  this.timeout(600_000)

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

  /** Starts it from another folder. */
  async function start(...args: string[]): Promise<string> {
    return (await startWith(USERS_PATH, launcher, ...args)).stdout
  }

  async function startWith(
    path: string,
    file: string,
    ...args: string[]
  ): Promise<{ readonly stdout: string; readonly stderr: string }> {
    return await run(file, args, { cwd: tmpdir(), env: { ...process.env, PATH: path } })
  }

  /** Makes a folder with one program in it, which then comes first on the PATH. */
  async function pathWith(program: string, script: string): Promise<string> {
    const bin = await mkdtemp(join(folder, "bin "))
    await writeFile(join(bin, program), `#!/bin/sh\n${script}\n`)
    await chmod(join(bin, program), 0o755)
    return [bin, USERS_PATH].join(delimiter)
  }

  it("installs by itself and runs a verb, from any folder", async () => {
    expect(await start("--help")).to.include("Usage: ./airdrop VERB")
    expect(existsSync(join(folder, "node_modules", "hardhat"))).to.equal(true)
  })

  it("takes a Node from the PATH by the rule that package.json gives npm", async () => {
    const ranges = (await packageJson()).engines.node.split(" || ")
    expect(ranges).to.deep.equal(["^22.18.0", "^24.0.0", "^26.0.0"])
    const cases = {
      suitable: ["22.18.0", "22.20.1", "24.0.0", "24.21.0", "26.3.0"],
      unsuitable: ["18.20.0", "20.20.2", "22.17.9", "23.11.0", "25.1.0", "27.0.0", "2.18.0", "240.0.0"],
    }
    for (const [kind, versions] of Object.entries(cases)) {
      for (const version of versions) {
        const path = await pathWith("node", `echo ${version}`)
        const { stdout } = await startWith(path, launcher, "nodejs", "-p", "process.versions.node")
        expect(stdout.trim() === version, version).to.equal(kind === "suitable")
      }
    }
  })

  it("prints its version", async () => {
    expect(await start("--version")).to.equal(`${(await packageJson()).version}\n`)
  })

  it("installs nothing when another suitable Node runs it", async () => {
    const other = join(folder, "other node")
    await mkdir(other)
    await symlink(process.execPath, join(other, "node"))
    const { stderr } = await startWith([other, USERS_PATH].join(delimiter), launcher, "--version")
    expect(stderr).to.equal("")
  })

  it("starts through relative links, without readlink -f", async () => {
    const links = join(folder, "links")
    await mkdir(links)
    await symlink("../airdrop", join(links, "first"))
    await symlink("first", join(links, "second"))
    const path = await pathWith("readlink", `case $1 in -*) exit 1 ;; esac; exec /usr/bin/readlink "$1"`)
    const { stdout } = await startWith(path, join(links, "second"), "--version")
    expect(stdout).to.equal(`${(await packageJson()).version}\n`)
  })

  it("names WSL on Windows", async () => {
    const path = await pathWith("uname", "echo MINGW64_NT-10.0")
    const failure = await failureOf(startWith(path, launcher, "--version"))
    expect(failure.code).to.equal(1)
    expect(failure.stderr).to.match(/^airdrop: Windows needs WSL;.*\n$/)
  })

  it("is called by npm's commands, which pass arguments on", async () => {
    const env = { ...process.env, PATH: [dirname(process.execPath), USERS_PATH].join(delimiter) }
    const { stdout } = await run("npm", ["run", "check", "--", "--help"], { cwd: folder, env })
    expect(stdout).to.include("Usage: ./airdrop check")
  })

  it("repairs an install that lost a package, and one that was interrupted", async () => {
    const project = await smallProject(join(folder, "small project"))
    const startSmall = async (): Promise<unknown> => await startWith(USERS_PATH, join(project, "airdrop"))
    const lost = join(project, "node_modules", "commander")
    expect(await startSmall()).to.have.property("stdout", "started\n")
    await rm(lost, { recursive: true })
    expect(await startSmall()).to.have.property("stdout", "started\n")
    await rm(join(project, "node_modules", ".stamp"))
    await rm(lost, { recursive: true })
    expect(await startSmall()).to.have.property("stdout", "started\n")
    expect(await startSmall(), "it installs no more than it needs").to.have.property("stderr", "")
  })

  it("refuses an unknown verb in one line and exits with 2", async () => {
    const failure = await failureOf(start("claim-everything"))
    expect(failure.code).to.equal(2)
    expect(failure.stderr).to.match(/^airdrop: there is no verb "claim-everything"\n/)
  })

  it("lets npm ci under an unsuitable Node say what to run, and leave no tree", async () => {
    const project = join(folder, "unsuitable")
    await mkdir(project)
    await cp(join(PROJECT_ROOT, ".npmrc"), join(project, ".npmrc"))
    const { engines } = await packageJson()
    const manifest = { name: "unsuitable", version: "1.0.0", engines: { ...engines, node: "^1.0.0" } }
    await writeFile(join(project, "package.json"), JSON.stringify(manifest))
    const lock = { ...manifest, lockfileVersion: 3, requires: true, packages: { "": manifest } }
    await writeFile(join(project, "package-lock.json"), JSON.stringify(lock))
    const env = { ...process.env, PATH: [dirname(process.execPath), USERS_PATH].join(delimiter) }
    const failure = await failureOf(run("npm", ["ci"], { cwd: project, env }))
    expect(failure.stderr)
      .to.match(/EBADENGINE/)
      .and.to.include("./airdrop npm ci fetches Node 24")
    expect(existsSync(join(project, "node_modules"))).to.equal(false)
  })
})

describe("npm's usual commands", () => {
  it("call the launcher with a verb or a tool that it knows", async () => {
    const { scripts } = await packageJson()
    const known = new Set([...Object.keys(VERBS), "hardhat"])
    for (const name of ["test", "check", "demo", "build"]) {
      const [command, verb = ""] = (scripts[name] ?? "").split(" ")
      expect(command, name).to.equal("./airdrop")
      expect(known.has(verb), `${name}: ${verb}`).to.equal(true)
    }
  })
})
