/**
 * `bench mutation`: counts the small mistakes in the contract that its Solidity tests notice. Writes
 * bench/mutation.json. Fails if a mutant survives that bench/mutation/equivalents.ts does not explain, or if one
 * times out. An interrupted run continues.
 */
import type { Command } from "commander"
import { rm } from "node:fs/promises"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { AirdropError } from "../scripts/core/primitives/error.ts"
import { writeFileAtomic } from "../scripts/io/disk/atomic-write.ts"
import type { Output } from "../scripts/io/terminal/output.ts"
import { whyEquivalent } from "./mutation/equivalents.ts"
import { openJournal, type Journal, type Verdict } from "./mutation/journal.ts"
import { mutantsOf, type Mutant } from "./mutation/operators.ts"
import { openProject, openRunner, type Runner } from "./mutation/runner.ts"
import { machine } from "./support.ts"
import { compile, readImported, ROOT, syntaxTree } from "./solc.ts"

export interface MutationResult {
  readonly operator: string
  readonly within: string
  readonly line: number
  readonly before: string
  readonly after: string
  /**
   * "invalid": refused by the compiler, not counted. "equivalent": survived, with an argument that it is no mistake.
   */
  readonly verdict: Verdict | "equivalent"
  readonly why?: string
}

export interface MutationFigures {
  readonly mutants: number
  readonly killed: number
  readonly equivalent: number
  readonly survived: number
  /** Mutants whose tests did not end in time: neither killed nor survived. */
  readonly timedOut: number
  readonly invalid: number
  /** The killed mutants in percent of those that are not equivalent; a time-out is not a kill. */
  readonly score: number
  readonly machine: string
  readonly results: readonly MutationResult[]
}

const SOURCE = "contracts/MerkleAirdrop.sol"
/** Settings that compile fastest. The code behaves the same. */
const SETTINGS = { evmVersion: "cancun", optimizer: { enabled: true, runs: 1 } }

/**
 * Tests every mutant of the contract, several at once.
 * @param lines only mutants of these lines, first and last; all if undefined
 * @param progress called after each
 */
export async function benchMutation(
  lines: readonly [number, number] | undefined,
  progress: (label: string, done: number, total: number) => void,
): Promise<MutationFigures> {
  const source = readImported(SOURCE)
  const mutants = mutantsOf(source, syntaxTree(SOURCE, source)).filter(
    ({ line }) => lines === undefined || (line >= lines[0] && line <= lines[1]),
  )
  const journal = await openJournal()
  const project = await openProject()
  const results = new Map<Mutant, MutationResult>()
  const queue = [...mutants]
  const work = async (): Promise<void> => {
    const runner = await openRunner(project)
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      results.set(mutant, await judge(mutant, journal, runner))
      progress("mutants", results.size, mutants.length)
    }
    await runner.close()
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  await rm(project.folder, { recursive: true })
  return figuresOf(mutants.flatMap((mutant) => results.get(mutant) ?? []))
}

/** Defines the command: it tests all mutants, writes the record, and fails if one survives unexplained. */
export function define(command: Command, out: () => Output): void {
  command.option("--lines <first-last>", "only mutants of these lines of the contract; nothing is recorded")
  command.action(async (options: { lines?: string }) => {
    const output = out()
    const figures = await benchMutation(parseLines(options.lines), (label, done, total) => {
      output.progress(label, done, total)
    })
    if (options.lines === undefined) {
      await writeFileAtomic(join(ROOT, "bench", "mutation.json"), `${JSON.stringify(figures, null, 2)}\n`)
    }
    for (const line of reportOf(figures)) output.line(line)
    output.json(figures)
    if (figures.survived + figures.timedOut > 0) {
      const faults = `${figures.survived} mutants survive unexplained, ${figures.timedOut} timed out`
      throw new AirdropError(faults, {
        code: "mismatch",
        hint: "A second run tries those that timed out again.",
      })
    }
  })
}

function parseLines(text: string | undefined): readonly [number, number] | undefined {
  if (text === undefined) return undefined
  const found = /^(\d+)-(\d+)$/.exec(text)
  if (!found)
    throw new AirdropError(`"${text}" is not a range of lines`, {
      code: "usage",
      hint: "Write it as 120-180.",
    })
  return [Number(found[1]), Number(found[2])]
}

/** Returns the verdict on a mutant: from the journal, or by compiling it and running the tests. */
async function judge(mutant: Mutant, journal: Journal, runner: Runner): Promise<MutationResult> {
  const { operator, within, line, before, after } = mutant
  const verdict = journal.known(mutant) ?? (await journal.note(mutant, await tried(mutant, runner)))
  const why = whyEquivalent(mutant)
  const known = { operator, within, line, before, after }
  return verdict === "survived" && why !== undefined
    ? { ...known, verdict: "equivalent", why }
    : { ...known, verdict }
}

async function tried(mutant: Mutant, runner: Runner): Promise<Verdict> {
  let code
  try {
    code = built(mutant.source)
  } catch (error) {
    // A missing file says nothing about the mutant, for example while packages are being installed.
    if (error instanceof AirdropError && !error.message.includes("not found")) return "invalid"
    throw error
  }
  return await runner.judge(code)
}

function built(source: string) {
  return compile({ [SOURCE]: source }, SETTINGS).contract(SOURCE, "MerkleAirdrop")
}

function figuresOf(results: readonly MutationResult[]): MutationFigures {
  const count = (verdict: MutationResult["verdict"]): number =>
    results.filter((result) => result.verdict === verdict).length
  const [killed, equivalent, survived] = [count("killed"), count("equivalent"), count("survived")]
  const timedOut = count("timed out")
  const counted = killed + survived + timedOut
  return {
    mutants: counted + equivalent,
    killed,
    equivalent,
    survived,
    timedOut,
    invalid: count("invalid"),
    score: Math.floor((10_000 * killed) / Math.max(1, counted)) / 100,
    machine: machine(),
    results,
  }
}

const COLUMNS = ["mutants", "killed", "equivalent", "survived", "timedOut"] as const

function reportOf(figures: MutationFigures): string[] {
  const operators = [...new Set(figures.results.map((r) => r.operator))].sort()
  const rowOf = (name: string, cells: readonly string[]): string =>
    name.padEnd(20) + cells.map((cell) => cell.padStart(12)).join("")
  const rows = operators.map((operator) => {
    const own = figuresOf(figures.results.filter((r) => r.operator === operator))
    return rowOf(
      operator,
      COLUMNS.map((column) => own[column].toString()),
    )
  })
  const left = figures.results.filter(({ verdict }) => verdict !== "killed" && verdict !== "invalid")
  const { killed, survived, timedOut, score, equivalent, invalid } = figures
  return [
    rowOf("", ["mutants", "killed", "equivalent", "survived", "timed out"]),
    ...rows,
    "",
    ...left.map(
      (r) =>
        `${r.verdict}, ${r.within}, line ${r.line}: ${r.before.trim()}  ->  ${r.after.trim()}${r.why === undefined ? "" : `\n  ${r.why}`}`,
    ),
    "",
    `score: ${killed} of ${killed + survived + timedOut} killed, ${score} %; ${timedOut} timed out; ${equivalent} equivalent; ${invalid} refused by the compiler`,
  ]
}
