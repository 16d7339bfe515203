import { expect } from "chai"
import { execFile } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const run = promisify(execFile)

const MIXED = `import assert from "node:assert"
describe("a suite", () => {
  it("passes", () => { console.log("a printed line") })
  it("compares", () => { assert.deepStrictEqual({ amount: 1 }, { amount: 2 }) })
  it("is rejected", async () => {
    void Promise.reject(new Error("not awaited"))
    await new Promise((resolve) => setTimeout(resolve, 50))
  })
  it("is skipped", function () { this.skip() })
})
describe("another suite", () => {
  before(() => { throw new Error("thrown by a hook") })
  it("is not reached", () => undefined)
})
`

describe("`test`", function () {
  this.timeout(60_000)
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-tests-"))
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  /** Writes test files and runs `test` over their folder. */
  async function test(
    files: Readonly<Record<string, string>>,
    options: readonly string[] = [],
    environment: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    const cli = [join(PROJECT_ROOT, "scripts", "cli.ts"), "test", folder, ...options]
    return await run(process.execPath, ["--disable-warning=ExperimentalWarning", ...cli], {
      env: { ...process.env, ...environment },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: unknown) => error as Ended,
    )
  }

  it("names each file with its count, lists passed tests and ends with the sum", async () => {
    const { code, stdout } = await test({
      "a.test.ts": `it("adds", () => undefined); it("subtracts", () => undefined)`,
      "b.test.ts": `it("multiplies", () => undefined)`,
    })
    expect(stdout).to.match(/^Running 2 TypeScript test files in \d process(es)?\n/)
    expect(stdout).to.match(/a\.test\.ts {2}2 passed/)
    expect(stdout).to.include("✔ multiplies")
    expect(stdout).to.match(/\n3 passed, 0 failed\n$/)
    expect(code).to.equal(0)
  })

  it("counts assertions, rejections, hooks and skipped tests as failures, and prints each at the end", async () => {
    const { code, stdout } = await test({ "mixed.test.ts": MIXED })
    expect(code).to.equal(1)
    expect(stdout).to.match(/\n1 passed, 4 failed\n$/)
    expect(stdout).to.include("a printed line")
    const details = stdout.slice(stdout.indexOf("mixed.test.ts: 4 failed"))
    for (const part of ["compares", "not awaited", "Pending test forbidden", "thrown by a hook"])
      expect(details).to.include(part)
  })

  it("counts a file that ends its process, and one that cannot be loaded, and runs the others", async () => {
    const { code, stdout } = await test({
      "ends.test.ts": `it("ends the process", () => { process.exit(0) })`,
      "loads.test.ts": `import "./missing.ts"`,
      "passes.test.ts": `it("passes", () => undefined)`,
    })
    expect(code).to.equal(1)
    expect(stdout).to.include("the process that ran this file ended with status 0")
    expect(stdout).to.include("ERR_MODULE_NOT_FOUND")
    expect(stdout).to.match(/\n1 passed, 2 failed\n$/)
  })

  it("hands the seed to the tests", async () => {
    const file = { "seed.test.ts": `it("seed " + process.env["AIRDROP_SEED"], () => undefined)` }
    expect((await test(file, ["--seed", "77"])).stdout).to.include("✔ seed 77")
  })

  it("refuses a seed that is no number, a missing path and a folder without tests", async () => {
    const file = { "a.test.ts": `it("passes", () => undefined)` }
    const refused = [
      await test(file, ["--seed", "abc"]),
      await test(file, [], { AIRDROP_SEED: "abc" }),
      await test(file, [join(folder, "missing")]),
      await test(file, [join(PROJECT_ROOT, "contracts")]),
    ]
    for (const { code, stdout } of refused) expect([code, stdout]).to.deep.equal([2, ""])
  })
})
