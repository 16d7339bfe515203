import { createRequire } from "node:module"
import { extname, join } from "node:path"
import { CommanderError } from "commander"
import { AirdropError } from "./core/primitives/error.ts"
import { fileFault } from "./io/disk/system-error.ts"
import { createOutput, type Output } from "./io/terminal/output.ts"
import { runVerb, VERBS } from "./cli/verbs.ts"

// Hardhat looks for its settings where the user is; these are the project's own, wherever that may be.
process.env["HARDHAT_CONFIG"] ??= join(
  import.meta.dirname,
  "..",
  `hardhat.config${extname(import.meta.filename)}`,
)

async function main([name = "--help", ...args]: readonly string[]): Promise<void> {
  if (name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(usage())
    return
  }
  if (name === "--version" || name === "-V") {
    process.stdout.write(`${version()}\n`)
    return
  }
  let output: Output | undefined
  await runVerb(name, args, () => (output ??= createOutput(args.includes("--json"))))
}

function usage(): string {
  const rows = Object.entries(VERBS).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}\n`)
  return `airdrop: on-chain Merkle airdrops weighted by stake\n\nUsage: ./airdrop VERB [...]    (VERB --help for its options)\n\n${rows.join("")}`
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
    process.stderr.write(`airdrop: ${error.message.replace(/^error: /, "")}\n`)
    return 2
  }
  if (error instanceof AirdropError) {
    process.stderr.write(`airdrop: ${error.message}\n`)
    if (error.hint !== undefined) process.stderr.write(`  ${error.hint}\n`)
    if (process.env["AIRDROP_DEBUG"] !== undefined) console.error(error)
    return error.exit
  }
  const fault = fileFault(error)
  if (fault !== undefined) return report(fault)
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    `airdrop: unexpected: ${message.split("\n")[0] ?? ""}\n  AIRDROP_DEBUG=1 shows where\n`,
  )
  if (process.env["AIRDROP_DEBUG"] !== undefined) console.error(error)
  return 1
}

function unanswered(): AirdropError {
  return new AirdropError("the question was not answered", { exit: 1 })
}

// Some prompts wait for ever when their input has ended: there is nothing left to do then, and the verb has not ended.
process.once("beforeExit", () => {
  if (!hasEnded) process.exit(report(unanswered()))
})

// Whoever reads only the first lines, such as `head`, closes the pipe: that is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error
  process.exit()
})

let hasEnded = false
try {
  await main(process.argv.slice(2))
} catch (error) {
  process.exitCode = report(error)
}
hasEnded = true
