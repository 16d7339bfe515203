import { execFile, spawn } from "node:child_process"
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { delimiter, dirname, join } from "node:path"
import { promisify } from "node:util"
import { expect } from "chai"
import { executeProposal, SAMPLE_STAGE, setStage } from "../../scripts/dev/demo/stage.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { buildPage } from "../../scripts/stages/page/build-page.ts"
import { VERBS } from "../../scripts/cli/verbs.ts"

const TSC = join(PROJECT_ROOT, "node_modules", "typescript", "bin", "tsc")
const LIBRARY = join(PROJECT_ROOT, "test", "fixtures", "library-user")

/** npm and what it starts run under the Node that runs this. */
const ENVIRONMENT = { ...process.env, PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter) }
const start = promisify(execFile)

describe("the npm package", function () {
  this.timeout(900_000)
  let folder: string
  let tarball: string

  const run = async (program: string, ...args: string[]): Promise<string> => {
    const options = { cwd: folder, env: ENVIRONMENT, maxBuffer: 1 << 26 }
    try {
      return (await start(program, args, options)).stdout
    } catch (error) {
      // The compiler writes its faults to standard output, which the error of execFile does not show.
      if (error instanceof Error && "stdout" in error) error.message += String(error.stdout)
      throw error
    }
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-pack-"))
    const packed = await start("npm", ["pack", "--json", "--pack-destination", folder], {
      cwd: PROJECT_ROOT,
      env: ENVIRONMENT,
      maxBuffer: 1 << 26,
    })
    tarball = tarballOf(packed.stdout)
    for (const file of ["package.json", "tsconfig.json"]) await cp(join(LIBRARY, file), join(folder, file))
    // Named so that the repository's own settings leave it alone: there the package cannot be resolved.
    await cp(join(LIBRARY, "user.ts.txt"), join(folder, "user.ts"))
    await run(
      "npm",
      "install",
      "--no-audit",
      "--no-fund",
      "--prefer-offline",
      "--omit=dev",
      join(folder, tarball),
    )
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  it("holds the code, its types, the contract and the documents, and nothing of the tests", async () => {
    const listed = await run("tar", "-tzf", tarball)
    for (const file of ["LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md", "dist/contract.d.ts"]) {
      expect(listed).to.include(`package/${file}\n`)
    }
    expect(listed).to.match(/package\/dist\/scripts\/core\/merkle\/tree\.d\.ts\n/)
    expect(listed).to.include("package/contracts/interfaces/IMerkleAirdrop.sol\n")
    expect(listed).to.not.match(/package\/(test|bench|node_modules|programs)\//)
    expect(listed, "sources of TypeScript, which Node does not run from a package").to.not.match(
      /dist\/.*(?<!\.d)\.ts\n/,
    )
  })

  it("has a bill of materials: all that is installed with it and all that is in the page, and nothing else", async () => {
    const text = await readFile(
      join(folder, "node_modules", "merkle-airdrop", "dist", "sbom.cdx.json"),
      "utf8",
    )
    const bill = JSON.parse(text) as Bill
    const { dependencies, devDependencies } = JSON.parse(
      await readFile(join(PROJECT_ROOT, "package.json"), "utf8"),
    ) as { dependencies: Record<string, string>; devDependencies: Record<string, string> }
    const names = new Set(bill.components.map(({ name }) => name))
    const listed = bill.components.map(({ name, version }) => `${name}@${version}`)
    const bundled = await importedByPage(Object.keys(devDependencies))
    expect(bundled).to.include("preact")
    expect([...(await installedIn(folder))].filter((name) => !names.has(name))).to.deep.equal([])
    for (const name of bundled) expect(listed).to.include(`${name}@${devDependencies[name] ?? ""}`)
    for (const [name, version] of Object.entries(dependencies))
      expect(listed).to.include(`${name}@${version}`)
    for (const tool of ["mocha", "eslint", "typescript", "vite"]) expect(names).to.not.include(tool)
    expect(bill.components.filter(({ hashes }) => hashes?.[0]?.alg !== "SHA-512")).to.deep.equal([])
    expect(bill.metadata.component.name).to.equal("merkle-airdrop")
    expect(text, "what differs from run to run").to.not.match(/"(?:timestamp|serialNumber)"/)
  })

  it("is used as a library: typed allocation, tree, proofs, verification, ABI and bytecode", async () => {
    await run(process.execPath, TSC, "-p", ".")
    const printed = JSON.parse(await run(process.execPath, "user.js")) as Record<string, unknown>
    expect(printed).to.deep.equal({
      paid: "1000",
      proved: true,
      refused: true,
      functions: true,
      created: true,
    })
  })

  it("has a root export that loads no part of Hardhat and no compiler", async () => {
    const code = `
      import { registerHooks } from "node:module"
      const loaded = []
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
      const { buildTree, automaticLeaf, verifyProof, chainOf } = await import("merkle-airdrop")
      const leaf = automaticLeaf(0, "0x${"00".repeat(19)}a1", 5n)
      const { root } = buildTree([leaf])
      const proved = verifyProof(root, leaf, [])
      const packages = loaded.filter((url) => url.includes("/node_modules/")).map((url) => url.split("/node_modules/").at(-1).replace(/^(@[^/]+\\/[^/]+|[^/]+).*/, "$1"))
      console.log(JSON.stringify({ proved, chain: chainOf(8453).name, packages: [...new Set(packages)] }))`
    const printed = JSON.parse(await run(process.execPath, "--input-type=module", "-e", code)) as {
      readonly packages: readonly string[]
    }
    expect(printed).to.include({ proved: true, chain: "Base" })
    expect(printed.packages).to.include("merkle-airdrop")
    expect(printed.packages.filter((name) => /hardhat|solc|nomicfoundation/.test(name))).to.deep.equal([])
  })

  it("runs as a command by npx, with every verb that needs no repository", async () => {
    const help = await run("npx", "--no-install", "merkle-airdrop", "--help")
    expect(help).to.include("Usage: npx merkle-airdrop VERB")
    for (const [name, { repositoryOnly }] of Object.entries(VERBS)) {
      expect(new RegExp(`^  ${name} +`, "m").test(help), `${name} is listed`).to.equal(
        repositoryOnly !== true,
      )
      if (repositoryOnly === true) continue
      const usage = await run("npx", "--no-install", "merkle-airdrop", name, "--help")
      expect(usage, name).to.include(`Usage: npx merkle-airdrop ${name}`)
    }
  })

  it("allocates, builds and verifies a program outside the repository, with the same bytes as the repository", async () => {
    const program = join(folder, "sample")
    await mkdir(program)
    for (const file of ["program.json", "recipients.csv", "snapshot.json"]) {
      await cp(join(PROJECT_ROOT, "programs", "sample", file), join(program, file))
    }
    for (const verb of ["allocate", "build", "verify"]) {
      await run("npx", "--no-install", "merkle-airdrop", verb, program)
    }
    const published = join(PROJECT_ROOT, "proofs", "sample")
    expect(await readFile(join(program, "proofs", "manifest.json"), "utf8")).to.equal(
      await readFile(join(published, "manifest.json"), "utf8"),
    )
    expect((await readdir(join(program, "proofs"))).sort()).to.deep.equal((await readdir(published)).sort())
  })

  it("builds and serves the claim page that a clone builds", async () => {
    const program = join(folder, "sample")
    const printed = JSON.parse(
      await run("npx", "--no-install", "merkle-airdrop", "page", program, "--json"),
    ) as Record<string, unknown>
    const cloned = join(folder, "cloned")
    const publication = join(PROJECT_ROOT, "proofs", "sample")
    const terms = { title: "Sample", rpcUrls: [], deployment: undefined, network: undefined, publication }
    const { files } = await buildPage(cloned, terms)
    expect(printed["folder"]).to.equal(join(program, "page"))
    const scripts = files.map(({ name }) => name).filter((name) => name !== "index.html")
    for (const name of scripts)
      expect(await readFile(join(program, "page", name)), name).to.deep.equal(
        await readFile(join(cloned, name)),
      )
    const cli = join(folder, "node_modules", "merkle-airdrop", "dist", "scripts", "cli.js")
    const child = spawn(process.execPath, [cli, "page", program, "--serve", "--port", "0"], { cwd: folder })
    try {
      const url = await servedAt(child.stdout)
      expect(await (await fetch(url)).text()).to.equal(
        await readFile(join(program, "page", "index.html"), "utf8"),
      )
    } finally {
      child.kill("SIGTERM")
    }
  })

  it("proposes and verifies a deployment without Hardhat, and inspects it once Hardhat is installed", async () => {
    const program = join(folder, "program")
    const stage = await setStage({ ...SAMPLE_STAGE, folder: program })
    const verb = async (...args: string[]): Promise<string> =>
      await run("npx", "--no-install", "merkle-airdrop", ...args)
    try {
      await verb("snapshot", program, "--rpc", stage.url)
      await verb("allocate", program)
      await verb("build", program)
      const proposed: unknown = JSON.parse(
        await verb("propose", program, "deploy", "--batch", "--rpc", stage.url, "--json"),
      )
      const { files } = proposed as { files: { batch: string } }
      expect(await installedIn(folder)).to.not.include("hardhat")
      const inspect = ["inspect", files.batch, "--program", program, "--rpc", stage.url]
      const { code, stderr } = await verb(...inspect).then(
        () => ({ code: 0, stderr: "" }),
        (error: unknown) => error as { readonly code: number; readonly stderr: string },
      )
      expect(code).to.equal(1)
      expect(stderr).to.include("Hardhat is needed to simulate on a copy of the chain, and is not installed")
      const [, command = ""] = /npm (install .*)/.exec(stderr) ?? []
      await run("npm", ...command.trim().split(" "), "--no-audit", "--no-fund", "--prefer-offline")
      await verb(...inspect)
      await executeProposal(stage, proposed)
      await run("npm", "uninstall", "--no-audit", "--no-fund", ...Object.keys(await optionalPackages()))
      const verified = await verb("verify", program, "--rpc", stage.url)
      expect(verified).to.match(/^ok +chain/m)
      expect(verified).to.not.include("WRONG")
    } finally {
      await stage.close()
    }
  })

  it("says that a verb needs the repository where it does", async () => {
    const failed = await run("npx", "--no-install", "merkle-airdrop", "test").catch(
      (error: unknown) => error as { code: number; stderr: string },
    )
    expect(failed).to.include({ code: 2 })
    expect((failed as { stderr: string }).stderr).to.match(/test works in a clone of the repository only/)
  })
})

interface Bill {
  readonly metadata: { readonly component: { readonly name: string } }
  readonly components: readonly {
    readonly name: string
    readonly version: string
    readonly hashes?: readonly { readonly alg: string }[]
  }[]
}

/** Returns the packages that the package can do without, with their versions. */
async function optionalPackages(): Promise<Readonly<Record<string, string>>> {
  const manifest = JSON.parse(await readFile(join(PROJECT_ROOT, "package.json"), "utf8")) as {
    peerDependencies: Record<string, string>
  }
  return manifest.peerDependencies
}

/** Returns the names of the packages that npm has installed in a folder, without the package under test itself. */
async function installedIn(folder: string): Promise<ReadonlySet<string>> {
  const lock = JSON.parse(await readFile(join(folder, "node_modules", ".package-lock.json"), "utf8")) as {
    packages: Record<string, unknown>
  }
  const names = Object.keys(lock.packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + 13))
  return new Set(names.filter((name) => name !== "merkle-airdrop"))
}

/** Returns which of these packages the sources of the claim page import. */
async function importedByPage(packages: readonly string[]): Promise<readonly string[]> {
  const root = join(PROJECT_ROOT, "web", "src")
  const files = (await readdir(root, { recursive: true })).filter((file) => /\.tsx?$/.test(file))
  const texts = await Promise.all(files.map(async (file) => await readFile(join(root, file), "utf8")))
  const imported = texts.flatMap((text) =>
    [...text.matchAll(/from "([^".][^"]*)"/g)].map(([, name = ""]) => name),
  )
  return packages.filter((name) => imported.some((one) => one === name || one.startsWith(`${name}/`)))
}

/** Returns the URL that a verb prints. */
async function servedAt(output: AsyncIterable<Buffer>): Promise<string> {
  let text = ""
  for await (const chunk of output) {
    text += chunk.toString()
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(text)
    if (url !== null) return url[0]
  }
  throw new Error(`served nowhere: ${text}`)
}

function tarballOf(output: string): string {
  const [{ filename }] = JSON.parse(output.slice(output.indexOf("[\n"))) as [{ filename: string }]
  return filename
}
