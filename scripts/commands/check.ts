import type { Command } from "commander"
import { ensureCompiled } from "../io/project/artifacts.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { nameHint } from "../core/primitives/nearest.ts"
import { quote } from "../core/primitives/text.ts"
import type { Output } from "../io/terminal/output.ts"
import { runTool } from "../io/project/processes.ts"

interface Step {
  /** The word that selects it on the command line. */
  readonly id: string
  readonly name: string
  readonly tool: string
  readonly args: readonly string[]
  readonly fix?: readonly string[]
}

/** In the order they run. */
const STEPS: readonly Step[] = [
  { id: "types", name: "types", tool: "typescript:tsc", args: ["-p", "."] },
  { id: "page-types", name: "types of the page", tool: "typescript:tsc", args: ["-p", "web"] },
  { id: "lint", name: "lint", tool: "eslint", args: ["--max-warnings=0", "."], fix: ["--fix"] },
  {
    id: "contracts",
    name: "lint of contracts",
    tool: "solhint",
    args: ["--max-warnings", "0", "contracts/**/*.sol"],
  },
  {
    id: "format",
    name: "format",
    tool: "prettier",
    args: ["--log-level=warn", "--check", "."],
    fix: ["--write"],
  },
  {
    id: "imports",
    name: "imports between rooms",
    tool: "dependency-cruiser:depcruise",
    args: ["--config", ".dependency-cruiser.js", "scripts", "web/src", "bench", "deploy", "test"],
  },
  { id: "dead-code", name: "dead code", tool: "knip", args: ["--no-progress"] },
  {
    // An export of the library that the program itself does not use has the tag @public.
    id: "test-only",
    name: "code that only tests use",
    tool: "knip",
    args: ["--no-progress", "--production", "--include", "exports,types"],
  },
]

/** `check`: runs compiler, linters, formatter, the rule of imports and the search for dead code. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("[steps...]", `only these: ${STEPS.map(({ id }) => id).join(", ")}`, readStep)
    .option("--fix", "correct lint and format where a tool can do so")
    .action(async (steps: readonly Step[], { fix = false }: { fix?: boolean }) => {
      await runCheck(steps.length === 0 ? STEPS : steps, fix, out())
    })
}

/** @throws AirdropError `usage` for an unknown step */
function readStep(id: string, others: readonly Step[] = []): readonly Step[] {
  const step = STEPS.find((known) => known.id === id)
  if (step !== undefined) return [...others, step]
  const ids = STEPS.map((known) => known.id)
  throw new AirdropError(`check has no step ${quote(id)}`, { code: "usage", hint: nameHint(id, ids) })
}

/**
 * Runs steps one after the other, and prints the output of those that fail.
 * @throws AirdropError `mismatch` after all of them, if one has failed
 */
async function runCheck(steps: readonly Step[], fix: boolean, out: Output): Promise<void> {
  await ensureCompiled()
  const failed: Step[] = []
  for (const step of steps) {
    const started = performance.now()
    const { status, text } = await runTool(step.tool, [...step.args, ...((fix ? step.fix : undefined) ?? [])])
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const isGood = status === 0
    out.line(`${isGood ? "ok    " : "FAILED"}  ${step.name} (${seconds} s)`, isGood ? "good" : "bad")
    if (status === 0) continue
    failed.push(step)
    for (const line of text.trimEnd().split("\n")) out.warn(line)
  }
  out.json({ steps: steps.map(({ id }) => id), failed: failed.map(({ id }) => id) })
  if (failed.length > 0)
    throw new AirdropError(`check failed: ${failed.map(({ name }) => name).join(", ")}`, { code: "mismatch" })
}
