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

const STEPS: readonly Step[] = [
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
]

/** `check`: types, lint, format and dead code; nothing may remain. */
export function define(command: Command, out: () => Output): void {
  command.option("--fix", "mend what can be mended").action(async (options: { fix?: true }) => {
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
        output.warn(text.trimEnd())
      }
    }
    output.json({ failed })
    if (failed.length > 0) throw new AirdropError(`check failed: ${failed.join(", ")}`, { exit: 1 })
  })
}
