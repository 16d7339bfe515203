import { expect } from "chai"
import { execFile } from "node:child_process"
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { promisify } from "node:util"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

const run = promisify(execFile)

/** The files that the tools and the verb itself read. The contract is compiled already. */
const PROJECT = [
  ...["scripts", "web", "bench", "deploy", "test", "types", "contracts", "artifacts", ".cache/built"],
  ...["package.json", "package-lock.json", "tsconfig.json", "knip.json"],
  ...[".dependency-cruiser.js", "eslint.config.js", "hardhat.config.ts", "hardhat.networks.ts"],
]

/** Files with one fault each, by path. */
const PLANTED = {
  "scripts/core/merkle/reads-disk.ts": `import { shownPath } from "../../io/disk/paths.ts"\nexport const path = shownPath\n`,
  "scripts/core/merkle/reads-claim.ts": `import type { Claim } from "../claim/planted.ts"\nexport type Planted = Claim\n`,
  "scripts/core/claim/planted.ts": `export interface Claim {\n  readonly index: number\n}\n`,
  "scripts/io/disk/first.ts": `import type { Second } from "./second.ts"\nexport interface First {\n  readonly next?: Second\n}\n`,
  "scripts/io/disk/second.ts": `import type { First } from "./first.ts"\nexport interface Second {\n  readonly next?: First\n}\n`,
  "scripts/stages/claim/tests.ts": `import { runVerb } from "../../../test/support/run-verb.ts"\nexport const verb = runVerb\n`,
  "web/src/reads-disk.ts": `import { shownPath } from "../../scripts/io/disk/paths.ts"\nexport const path = shownPath\n`,
  "bench/runs-verb.ts": `import { VERBS } from "../scripts/cli/verbs.ts"\nexport const verbs = VERBS\n`,
  "scripts/core/unlisted/room.ts": `import { invariant } from "../primitives/error.ts"\nexport const check = invariant\n`,
} as const

interface CheckRun {
  readonly status: number
  readonly json: { readonly steps: readonly string[]; readonly failed: readonly string[] }
  readonly text: string
}

describe("`check`", function () {
  this.timeout(240_000)
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-check-"))
    const filter = (source: string): boolean => basename(source) !== "node_modules"
    for (const path of PROJECT)
      await cp(join(PROJECT_ROOT, path), join(folder, path), { recursive: true, filter })
    await symlink(join(PROJECT_ROOT, "node_modules"), join(folder, "node_modules"))
  })
  after(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs the verb with some steps over the copy, as a process of its own. */
  async function check(...steps: readonly string[]): Promise<CheckRun> {
    const cli = join(folder, "scripts", "cli.ts")
    const args = ["--disable-warning=ExperimentalWarning", cli, "check", ...steps, "--json"]
    const env = { ...process.env, HARDHAT_CONFIG: undefined }
    const done = await run(process.execPath, args, { cwd: folder, env }).catch(
      (error: unknown) =>
        error as { readonly code: number; readonly stdout: string; readonly stderr: string },
    )
    const status = "code" in done ? done.code : 0
    return { status, json: JSON.parse(done.stdout) as CheckRun["json"], text: done.stderr }
  }

  // CI runs all steps before the tests.
  it("passes over the project as it is, and names an unknown step", async () => {
    expect(await check("imports")).to.deep.include({ status: 0, json: { steps: ["imports"], failed: [] } })
    expect(await check("import")).to.have.nested.property("json.error.hint", "Did you mean imports?")
  })

  it("refuses an unused export, in the core too, and one that only a test uses", async () => {
    const tree = join(folder, "scripts", "core", "merkle", "tree.ts")
    const ledger = join(folder, "scripts", "core", "reserve", "ledger.ts")
    await writeFile(tree, "\nexport function usedNowhere(): void {}\n", { flag: "a" })
    await writeFile(ledger, "\nexport function usedByATest(): void {}\n", { flag: "a" })
    await writeFile(
      join(folder, "test", "core", "planted.test.ts"),
      `import { usedByATest } from "../../scripts/core/reserve/ledger.ts"\nit("runs", usedByATest)\n`,
    )
    const unused = await check("dead-code")
    expect(unused).to.deep.include({ status: 1, json: { steps: ["dead-code"], failed: ["dead-code"] } })
    expect(unused.text).to.include("usedNowhere").and.to.not.include("usedByATest")
    const both = await check("imports", "test-only")
    expect(both).to.deep.include({
      status: 1,
      json: { steps: ["imports", "test-only"], failed: ["test-only"] },
    })
    expect(both.text).to.include("usedByATest")
  })

  it("refuses planted imports and circles, types included", async () => {
    for (const [path, text] of Object.entries(PLANTED)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const refused = await check("imports")
    expect(refused).to.deep.include({ status: 1, json: { steps: ["imports"], failed: ["imports"] } })
    for (const line of [
      "core-imports-the-floors-below: scripts/core/merkle/reads-disk.ts",
      "core-merkle-imports-the-rooms-to-its-left: scripts/core/merkle/reads-claim.ts",
      "no-circles: scripts/io/disk/",
      "nothing-imports-tests: scripts/stages/claim/tests.ts",
      "web-imports-what-is-listed: web/src/reads-disk.ts",
      "bench-imports-what-is-listed: bench/runs-verb.ts",
      "every-file-of-core-lies-in-a-listed-room: scripts/core/unlisted/room.ts",
    ])
      expect(refused.text).to.include(line)
  })

  it("refuses files that are read or written past io/disk, and texts printed past io/terminal", async () => {
    const path = join(folder, "scripts", "stages", "claim", "planted.ts")
    const planted = [
      `import { openSync, readFileSync } from "node:fs"`,
      `import { open, writeFile } from "node:fs/promises"`,
      `export const done = [openSync("a"), readFileSync("b"), open("c"), writeFile("d", "e")]`,
      `console.log(done)`,
    ]
    await writeFile(path, `${planted.join("\n")}\n`)
    const eslint = join(PROJECT_ROOT, "node_modules", "eslint", "bin", "eslint.js")
    const lint = await run(process.execPath, [eslint, path], { cwd: folder }).catch(
      (error: unknown) => error as { readonly stdout: string },
    )
    const named = [...lint.stdout.matchAll(/'(\w+)' import from .* is restricted|no-(console)/g)]
    expect(named.map(([, imported, rule]) => imported ?? rule)).to.have.members([
      ...["openSync", "readFileSync", "open", "writeFile", "console"],
    ])
  })
})
