import { Command, CommanderError } from "commander"
import { AirdropError } from "../../scripts/core/primitives/error.ts"
import { captureVerb, type VerbModule } from "../../scripts/cli/verbs.ts"
import { setNoticeSink } from "../../scripts/io/rpc/notices.ts"
import type { Output } from "../../scripts/io/terminal/output.ts"

/** The end of a verb that ran in this process. */
export interface VerbRun {
  /** 0, 1 or 2 as the command line would exit; undefined if it threw what it must not throw. */
  readonly status: 0 | 1 | 2 | undefined
  readonly lines: readonly string[]
  readonly json: unknown
  readonly error: unknown
}

/**
 * Runs a verb as the command line does, but in this process and without printing: for tests that run hundreds.
 * @param args what follows the verb; `--json` as on the command line
 */
export async function runVerb(verb: VerbModule, args: readonly string[]): Promise<VerbRun> {
  const lines: string[] = []
  let json: unknown
  const output: Output = {
    wantsJson: args.includes("--json"),
    interactive: false,
    line: (text = "") => lines.push(text),
    warn: (text) => lines.push(text),
    progress: () => undefined,
    json: (value) => {
      json = value
    },
  }
  const command = new Command("verb")
    .option("--json")
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
  verb.define(command, () => output, captureVerb)
  const sinkBefore = setNoticeSink((text) => {
    output.warn(text)
  })
  const before = process.exitCode
  process.exitCode = undefined
  try {
    await command.parseAsync([...args], { from: "user" })
    return { status: exitCode() === 1 ? 1 : 0, lines, json, error: undefined }
  } catch (error) {
    return { status: statusOf(error), lines, json, error }
  } finally {
    process.exitCode = before
    setNoticeSink(sinkBefore)
  }
}

/** Returns the exit code that a verb has set. A function, because the compiler narrows by assignments. */
function exitCode(): typeof process.exitCode {
  return process.exitCode
}

function statusOf(error: unknown): VerbRun["status"] {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  return error instanceof AirdropError ? error.exit : undefined
}
