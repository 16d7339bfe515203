import { createRequire } from "node:module"
import { extname, join } from "node:path"
import { inspect } from "node:util"
import { CommanderError } from "commander"
import { AirdropError } from "./core/primitives/error.ts"
import { fileFault } from "./io/disk/system-error.ts"
import { setRemarks } from "./io/rpc/remarks.ts"
import { createOutput, endWithReader, printError, printLine, type Output } from "./io/terminal/output.ts"
import { runVerb, VERBS } from "./cli/verbs.ts"

// Hardhat looks for its settings where the user is; these are the project's own, wherever that may be.
process.env["HARDHAT_CONFIG"] ??= join(
  import.meta.dirname,
  "..",
  `hardhat.config${extname(import.meta.filename)}`,
)

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
    printLine(version())
    return
  }
  let output: Output | undefined
  const out = (): Output => (output ??= createOutput(args.includes("--json")))
  setRemarks((text) => {
    out().warn(text)
  })
  await runVerb(name, args, out)
}

function usage(): readonly string[] {
  return [
    "airdrop: on-chain Merkle airdrops weighted by stake",
    "",
    "Usage: ./airdrop VERB [...]    (VERB --help for its options)",
    "",
    ...Object.entries(VERBS).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`),
  ]
}

/** Found by the package's own name, as a clone and an installed package have this file in different places. */
function version(): string {
  const manifest = createRequire(import.meta.url)("merkle-airdrop/package.json") as { version: string }
  return manifest.version
}

/** The one place where errors are printed: a line, a hint if there is one, and never a stack unless asked. */
function report(error: unknown): number {
  if (error instanceof Error && error.name === "AbortError" && error.message.startsWith("Aborted with Ctrl"))
    return report(unanswered())
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0
    // Commander itself adds one line feed, before its suggestion.
    const lines = error.message.replace(/^error: /, "").split(/\n(?=\(Did you mean [^\n]*$)/)
    for (const line of [`airdrop: ${lines[0] ?? ""}`, ...lines.slice(1)]) printError(line)
    if (error.code === "commander.missingArgument")
      printError(`  ./airdrop ${process.argv[2] ?? "VERB"} --help says what it takes.`)
    return 2
  }
  if (error instanceof AirdropError) {
    error.lines.forEach((line, i) => {
      printError(i === 0 ? `airdrop: ${line}` : line)
    })
    if (error.hint !== undefined) printError(`  ${error.hint}`)
    debug(error)
    return error.exit
  }
  const fault = fileFault(error)
  if (fault !== undefined) return report(fault)
  const message = error instanceof Error ? error.message : String(error)
  printError(`airdrop: unexpected: ${message.split("\n")[0] ?? ""}`)
  printError("  AIRDROP_DEBUG=1 shows where")
  debug(error)
  return 1
}

/** Prints an error whole, with its stack and causes, where the user asked for that. */
function debug(error: unknown): void {
  if (process.env["AIRDROP_DEBUG"] === undefined) return
  for (const line of inspect(error).split("\n")) printError(line)
}

function unanswered(): AirdropError {
  return new AirdropError("the question was not answered", { code: "unanswered" })
}

// Some prompts wait for ever when their input has ended: there is nothing left to do then, and the verb has not ended.
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
