import { extname, join } from "node:path"
import { inspect } from "node:util"
import { packageVersion } from "./io/project/version.ts"
import { setNoticeSink } from "./io/rpc/notices.ts"
import { createOutput, endWithReader, printError, printLine } from "./io/terminal/output.ts"
import { errorJson, reportOf, unanswered } from "./cli/error-report.ts"
import { COMMAND } from "./cli/invocation.ts"
import { availableVerbs, runVerb } from "./cli/verbs.ts"

// Hardhat looks for its settings where the user is; these are the project's own, wherever that may be.
process.env["HARDHAT_CONFIG"] ??= join(
  import.meta.dirname,
  "..",
  `hardhat.config${extname(import.meta.filename)}`,
)

const output = createOutput(process.argv.includes("--json"))

async function main([name = "--help", ...args]: readonly string[]): Promise<void> {
  const [asked] = args
  if (name === "help" && asked !== undefined) {
    await main([asked, "--help"])
    return
  }
  if (name === "--help" || name === "-h" || name === "help") {
    for (const line of usage()) printLine(line)
    return
  }
  if (name === "--version" || name === "-V" || name === "-v") {
    printLine(packageVersion())
    return
  }
  setNoticeSink((text) => {
    output.warn(text)
  })
  await runVerb(name, args, () => output)
}

function usage(): readonly string[] {
  return [
    "airdrop: on-chain Merkle airdrops",
    "",
    `Usage: ${COMMAND} VERB [...]    (VERB --help for its options)`,
    "",
    ...Object.entries(availableVerbs()).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`),
  ]
}

/**
 * The one place where errors are printed: a line for each fault and a hint, on standard error. With `--json` standard
 * output gets the error as an object, unless the verb has printed its result there.
 * @returns the exit status
 */
function report(error: unknown): number {
  const found = reportOf(error, process.argv[2] ?? "VERB")
  if (found === undefined) return 0
  found.lines.forEach((line, i) => {
    printError(i === 0 ? `airdrop: ${line}` : line)
  })
  if (found.hint !== undefined) printError(`  ${found.hint}`)
  if (!output.hasResult()) output.json(errorJson(found))
  debug(error)
  return found.exit
}

/** Prints an error whole, with its stack and causes, where the user asked for that. */
function debug(error: unknown): void {
  if (process.env["AIRDROP_DEBUG"] === undefined) return
  for (const line of inspect(error).split("\n")) printError(line)
}

// Some prompts wait for ever when their input has ended. The process then has nothing left to do before the verb ends.
process.once("beforeExit", () => {
  if (!hasEnded) process.exit(report(unanswered()))
})

endWithReader()

let hasEnded = false
try {
  await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = report(error)
}
hasEnded = true
