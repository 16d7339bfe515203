import { CommanderError } from "commander"
import { AirdropError, type ErrorCode } from "../core/primitives/error.ts"
import { fileFault } from "../io/disk/system-error.ts"

/** The end of a run that failed: lines and hint for people, code and exit status for programs. */
export interface ErrorReport {
  /** "unexpected" is a fault of this program, not of its input. */
  readonly code: ErrorCode | "unexpected"
  readonly exit: 1 | 2
  /** One fault a line. */
  readonly lines: readonly string[]
  readonly hint: string | undefined
}

/**
 * Returns the report of an error that a verb threw; undefined if it ends the run well, as `--help` does.
 * @param verb the name of the verb, for hints
 */
export function reportOf(error: unknown, verb: string): ErrorReport | undefined {
  if (error instanceof CommanderError) return error.exitCode === 0 ? undefined : usageReport(error, verb)
  const known = error instanceof AirdropError ? error : isInterrupted(error) ? unanswered() : fileFault(error)
  if (known !== undefined) return known
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: "unexpected",
    exit: 1,
    lines: [`unexpected: ${message.split("\n")[0] ?? ""}`],
    hint: "AIRDROP_DEBUG=1 shows where",
  }
}

/** Returns the error of a question whose input ended. */
export function unanswered(): AirdropError {
  return new AirdropError("the question was not answered", { code: "unanswered" })
}

/** Returns the report of an error of Commander, which adds its suggestion to the message after a line feed. */
function usageReport({ message }: CommanderError, verb: string): ErrorReport {
  const [text = "", suggestion] = message.replace(/^error: /, "").split(/\n\((?=Did you mean [^\n]*\)$)/)
  const line = withValue(text)
  const hint = suggestion?.slice(0, -1) ?? `./airdrop ${verb} --help lists its arguments and options.`
  return { code: "usage", exit: 2, lines: [line], hint }
}

/** Writes a fault of an option's value as the faults of files are written: its name, the fault, and the value. */
function withValue(text: string): string {
  const found = /^option '(--\S+)[^']*' argument '([\s\S]*)' is invalid\. ([\s\S]*)$/.exec(text)
  const [, option, value = "", fault = ""] = found ?? []
  if (option === undefined) return text
  const quoted = JSON.stringify(value)
  return `${option}: ${fault}${fault.includes(quoted) ? "" : `, not ${quoted}`}`
}

function isInterrupted(error: unknown): boolean {
  return (
    error instanceof Error && error.name === "AbortError" && error.message.startsWith("Aborted with Ctrl")
  )
}

/** A fault as programs read it. */
interface FaultJson {
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** Returns the object that `--json` prints for an error: the first fault, and all of them if there are several. */
export function errorJson({ code, exit, lines, hint }: ErrorReport): unknown {
  const faults = lines.map(faultJson)
  return { error: { code, exit, ...faults[0], hint, ...(faults.length > 1 ? { faults } : {}) } }
}

/** Reads the file and line back from an error line, which begins with them if the fault is in a file. */
function faultJson(message: string): FaultJson {
  const found = /^(.+?\.(?:csv|jsonl?|car|html|bin)(?:\.gz)?)(?::(\d+))?: /.exec(message)
  if (found === null) return { message }
  const [, file = "", line] = found
  return { message, file, ...(line === undefined ? {} : { line: Number(line) }) }
}
