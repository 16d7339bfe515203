import type { Command } from "commander"
import { ensureCompiled } from "../io/project/artifacts.ts"
import { AirdropError } from "../core/primitives/error.ts"
import type { Output } from "../io/terminal/output.ts"
import { runTool } from "../io/project/processes.ts"

interface Step {
  readonly name: string
  readonly tool: string
  readonly args: readonly string[]
  readonly fix?: readonly string[]
}

/** In the order they run. */
export const STEPS: readonly Step[] = [
  { name: "types", tool: "typescript:tsc", args: ["-p", "."] },
  { name: "types of the page", tool: "typescript:tsc", args: ["-p", "web"] },
  { name: "lint", tool: "eslint", args: ["--max-warnings=0", "."], fix: ["--fix"] },
  { name: "lint of contracts", tool: "solhint", args: ["--max-warnings", "0", "contracts/**/*.sol"] },
  { name: "format", tool: "prettier", args: ["--log-level=warn", "--check", "."], fix: ["--write"] },
  {
    name: "imports between rooms",
    tool: "dependency-cruiser:depcruise",
    args: ["--config", ".dependency-cruiser.js", "scripts", "web/src", "bench", "deploy", "test"],
  },
  { name: "dead code", tool: "knip", args: ["--no-progress"] },
  {
    // An export of the library that the program itself does not use has the tag @public.
    name: "code that only tests use",
    tool: "knip",
    args: ["--no-progress", "--production", "--include", "exports,types"],
  },
]

/** `check`: runs compiler, linters, formatter, the rule of imports and the search for dead code. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--fix", "correct lint and format where a tool can do so")
    .action(async (options: { fix?: true }) => {
      const output = out()
      await ensureCompiled()
      const failed: string[] = []
      for (const step of STEPS) {
        const started = performance.now()
        const args = options.fix === true && step.fix !== undefined ? [...step.args, ...step.fix] : step.args
        const { status, text } = await runTool(step.tool, args)
        const seconds = ((performance.now() - started) / 1000).toFixed(1)
        output.line(`${status === 0 ? "ok    " : "FAILED"}  ${step.name} (${seconds} s)`)
        if (status !== 0) {
          failed.push(step.name)
          for (const line of text.trimEnd().split("\n")) output.warn(line)
        }
      }
      output.json({ failed })
      if (failed.length > 0)
        throw new AirdropError(`check failed: ${failed.join(", ")}`, { code: "mismatch" })
    })
}
