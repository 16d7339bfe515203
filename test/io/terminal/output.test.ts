import { expect } from "chai"
import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { printText, type Output } from "../../../scripts/io/terminal/output.ts"

const run = promisify(execFile)
const MODULE = join(PROJECT_ROOT, "scripts/io/terminal/output.ts")
const PROGRAM = `import { createOutput } from ${JSON.stringify(MODULE)}
const out = createOutput(false)
out.line("ok     a  b", "good")
out.line("  WRONG  a\\u{1b}[32m", "bad")
out.line("neither")`

/** Prints three lines on a terminal of their own. */
async function onTerminal(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const command = [process.execPath, "--input-type=module", "--eval", PROGRAM]
  const spawn = `import pty, sys; sys.exit(pty.spawn(sys.argv[1:]))`
  const { stdout } = await run("python3", ["-c", spawn, ...command], {
    env: { PATH: process.env["PATH"], NODE_NO_WARNINGS: "1", TERM: "xterm", ...environment },
  })
  return stdout.trimEnd().split("\r\n")
}

describe("The output of a verb", () => {
  it("prints a text of several lines line by line, without an empty line at its end", () => {
    const lines: string[] = []
    printText({ line: (line = "") => lines.push(line) } as unknown as Output, "name  gas\n\nclaim  70,257\n")
    expect(lines).to.deep.equal(["name  gas", "", "claim  70,257"])
  })

  it("colours the first word of a verdict on a terminal, and nothing that the text brings", async () => {
    expect(await onTerminal({})).to.deep.equal([
      "\u001b[32mok\u001b[39m     a  b",
      "  \u001b[31mWRONG\u001b[39m  a\\u{1b}[32m",
      "neither",
    ])
  })

  it("has no colour where NO_COLOR is set, and none in a pipe", async () => {
    const plain = ["ok     a  b", "  WRONG  a\\u{1b}[32m", "neither"]
    expect(await onTerminal({ NO_COLOR: "1" })).to.deep.equal(plain)
    const command = ["--input-type=module", "--eval", PROGRAM]
    const { stdout } = await run(process.execPath, command, { env: { TERM: "xterm", NODE_NO_WARNINGS: "1" } })
    expect(stdout.trimEnd().split("\n")).to.deep.equal(plain)
  })
})
