import { cp, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { CommanderError } from "commander"
import { expect } from "chai"
import { errorJson, reportOf } from "../../scripts/cli/error-report.ts"
import { AirdropError } from "../../scripts/core/primitives/error.ts"
import { shownPath } from "../../scripts/io/disk/paths.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { runCli } from "../support/run-cli.ts"
import { inScratch } from "../support/scratch.ts"

const STAKES = join(PROJECT_ROOT, "test", "fixtures", "programs", "stakes")

/** Returns the error object of a run with --json, which is all that standard output may hold. */
async function errorOf(args: readonly string[], exit: number): Promise<unknown> {
  const { status, stdout } = await runCli([...args, "--json"])
  expect(status, stdout).to.equal(exit)
  const printed = JSON.parse(stdout) as { readonly error: unknown }
  expect(Object.keys(printed)).to.deep.equal(["error"])
  return printed.error
}

describe("errors on the command line", () => {
  it("are one object on standard output with --json, and text on standard error", async () => {
    const { status, text, stdout } = await runCli(["status", "nosuch", "--json"])
    expect(status).to.equal(2)
    const { error } = JSON.parse(stdout) as { readonly error: Readonly<Record<string, unknown>> }
    expect(error).to.deep.include({ code: "unknown", exit: 2, message: `there is no program "nosuch"` })
    expect(text).to.include(`airdrop: there is no program "nosuch"\n`)
    expect((await runCli(["status", "nosuch"])).stdout).to.equal("")
  })

  it("name the option and its value, as the faults of files name a field", async () => {
    for (const [args, line] of [
      [
        ["snapshot", "sample", "--block", "abc"],
        '--block: must be a whole number from 0 to 9007199254740991, not "abc"',
      ],
      [
        ["rehearse", "sample", "--at", "2025"],
        '--at: "2025" is not a time in UTC such as 2025-11-21T00:00:00Z',
      ],
    ] as const) {
      const { status, text } = await runCli([...args])
      expect(status).to.equal(2)
      expect(text.split("\n")[0]).to.equal(`airdrop: ${line}`)
    }
  })

  it("name every fault of a file, with its line", async () => {
    await inScratch(async (folder) => {
      await cp(STAKES, folder, { recursive: true })
      const path = join(folder, "recipients.csv")
      const file = shownPath(path)
      await writeFile(path, "account\n0x12\n0x13\n")
      const error = await errorOf(["allocate", folder], 2)
      expect(error).to.deep.include({ code: "file-format", file, line: 2 })
      expect(error).to.have.nested.property("faults.length", 2)
      expect(error).to.deep.nested.include({ "faults[1].file": file, "faults[1].line": 3 })
    })
  })

  it("have the code usage where the command line itself is wrong", async () => {
    for (const args of [
      ["verfy"],
      ["verify"],
      ["verify", "sample", "--nope"],
      ["propose", "sample", "dploy"],
    ])
      expect(await errorOf(args, 2)).to.include({ code: "usage", exit: 2 })
  })

  it("suggest the nearest verb, option, action, bench and program", async () => {
    const cases: readonly (readonly [args: readonly string[], suggestion: string])[] = [
      [["verfy"], "verify"],
      [["help", "clam"], "claim"],
      [["verify", "sampel"], "sample"],
      [["verify", "programs/sampel"], "sample"],
      [["verify", "sample", "--rcp", "URL"], "--rpc"],
      [["propose", "sample", "dploy"], "deploy"],
      [["grants", "sample", "lst"], "list"],
      [["bench", "tre"], "tree"],
    ]
    for (const [args, suggestion] of cases)
      expect(await errorOf(args, 2)).to.include({ hint: `Did you mean ${suggestion}?` })
  })
})

describe("error reports", () => {
  it("leave the result of a verb that found something alone", async () => {
    await inScratch(async (folder) => {
      await cp(STAKES, folder, { recursive: true })
      const { status, stdout } = await runCli(["verify", folder, "--json"])
      expect(status).to.equal(1)
      expect(JSON.parse(stdout)).to.include({ ok: false }).and.to.not.have.property("error")
    })
  })

  it("tell a fault of the program itself from one of its input", () => {
    expect(reportOf(new TypeError("x is undefined\nmore"), "verify")).to.deep.include({
      code: "unexpected",
      exit: 1,
      lines: ["unexpected: x is undefined"],
    })
  })

  it("are absent where help was asked for", () => {
    expect(reportOf(new CommanderError(0, "commander.helpDisplayed", "(outputHelp)"), "verify")).to.equal(
      undefined,
    )
  })

  it("name a file without a line, and no file where a message only contains a colon", () => {
    const json = (message: string): unknown => {
      const report = reportOf(new AirdropError(message, { code: "mismatch" }), "verify")
      return report && errorJson(report)
    }
    const at = { code: "mismatch", exit: 1, hint: undefined }
    expect(json("a b/allocation.csv: is not the one")).to.deep.equal({
      error: { ...at, message: "a b/allocation.csv: is not the one", file: "a b/allocation.csv" },
    })
    expect(json("https://node.example: no answer")).to.deep.equal({
      error: { ...at, message: "https://node.example: no answer" },
    })
  })
})
