/** A process that runs test files with mocha, one after another, as its parent asks for them. */
import fc from "fast-check"
import Mocha from "mocha"
import { join } from "node:path"
import { format } from "node:util"
import { PROJECT_ROOT } from "../../io/project/processes.ts"
import type { FileRequest, FileResult } from "./file-result.ts"

const { Base } = Mocha.reporters
Base.useColors = false

/** Random cases are the same in every ordinary run, so that a run fails for a change and not by chance. */
const { AIRDROP_SEED: seed = process.env["AIRDROP_DEEP"] === undefined ? "1" : undefined } = process.env
if (seed !== undefined) fc.configureGlobal({ seed: Number(seed) })

process.on("message", (request: FileRequest) => {
  void run(request).then((result) => process.send?.(result))
})
process.on("disconnect", () => process.exit())
process.on("unhandledRejection", (reason) => {
  throw reason // mocha makes an exception a failure of the running test
})

async function run({ file, timeout }: FileRequest): Promise<FileResult> {
  const started = performance.now()
  const mocha = new Mocha({ timeout, forbidOnly: true, forbidPending: true })
  mocha.addFile(join(PROJECT_ROOT, file))
  try {
    await mocha.loadFilesAsync()
  } catch (error) {
    const milliseconds = performance.now() - started
    return { file, passed: [], failed: 1, details: `  ${format(error)}`, milliseconds }
  }
  const passed: string[] = []
  let failures: Mocha.Test[] = []
  /** Collects results instead of printing them. */
  class Collector extends Base {
    constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
      super(runner, options)
      failures = this.failures
      runner.on("pass", (test) => passed.push(test.fullTitle()))
    }
  }
  mocha.reporter(Collector)
  await new Promise((resolve) => mocha.run(resolve))
  mocha.dispose() // takes away its listeners on the process
  return {
    file,
    passed,
    failed: failures.length,
    details: failures.length === 0 ? "" : listing(failures),
    milliseconds: performance.now() - started,
  }
}

/** Writes the failures as mocha prints them, with the difference between the expected and the actual value. */
function listing(failures: Mocha.Test[]): string {
  const lines: string[] = []
  const print = Base.consoleLog
  Base.consoleLog = (...values: unknown[]) => {
    lines.push(format(...values))
  }
  Base.list(failures)
  Base.consoleLog = print
  return lines.join("\n").replace(/^\n+/, "").trimEnd()
}
