/**
 * `bench tree`: building a tree and all its proofs, compared with OpenZeppelin's library, in one run on one machine.
 * Each side runs in a process of its own, so that the memory of one is not counted for the other. Both are timed
 * from rows of text and numbers, which are created before the clock starts.
 */
import type { Command } from "commander"
import { AirdropError, invariant } from "../scripts/core/primitives/error.ts"
import { defaultThreads } from "../scripts/stages/publication/tree-threads.ts"
import { wholeNumber } from "../scripts/io/terminal/options.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import { keepFigures, machine, measureApart, recordOf } from "./support.ts"
import type { LibraryFigures } from "./tree/library.ts"
import type { OwnFigures } from "./tree/own.ts"

interface TreeOptions {
  readonly leaves: number
  readonly libraryLeaves?: number
  readonly threads?: number
  readonly record?: boolean
}

/** The object that `--json` prints. */
export interface TreeFigures {
  readonly leaves: number
  readonly threads: number
  readonly root: string
  /** From rows to the root. */
  readonly seconds: number
  readonly rssMB: number
  readonly proofsSeconds: number
  /** The number of leaves that the library built, for its figures. */
  readonly libraryLeaves: number
  readonly librarySeconds: number
  readonly libraryRssMB: number
  /** The library's time for a leaf, divided by ours. */
  readonly ratio: number
  /** The library's time for a proof, divided by ours. */
  readonly proofsRatio: number
  readonly machine: string
}

/**
 * The most leaves for the library. Beyond, it runs out of memory or patience. Its time for a leaf grows with the
 * list.
 */
const MOST_FOR_LIBRARY = 1_000_000
/** The number of the library's proofs that are timed. All of a million take it four minutes. */
const LIBRARY_PROOFS = 10_000
const RUNS = 3
/** The limits of a run of a million leaves. */
const LIMITS = { ratio: 70, proofsRatio: 70, rssMB: 400 } as const

/** Defines the command: it measures, prints a table, writes the record with --record, and fails below the limits. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--leaves <number>", "how many leaves", wholeNumber, 1_000_000)
    .option(
      "--library-leaves <number>",
      "how many of them the library builds, at most a million",
      wholeNumber,
    )
    .option("--threads <number>", "how many threads build ours", wholeNumber)
    .option(
      "--record",
      "keep the figures in bench/tree.json and .txt, with another number of leaves in tree-NUMBER",
    )
    .action(async (options: TreeOptions) => {
      const figures = await benchTree(options, out())
      const table = tableOf(figures)
      if (options.record === true) await keepFigures(recordOf("tree", options.leaves), figures, table)
      printText(out(), table)
      out().json(figures)
      refuseSlow(figures)
    })
}

async function benchTree({ leaves, libraryLeaves, threads }: TreeOptions, out: Output): Promise<TreeFigures> {
  const theirs = Math.min(libraryLeaves ?? leaves, leaves, MOST_FOR_LIBRARY)
  const used = threads ?? defaultThreads(leaves)
  const where = machine()
  out.progress("measured", 0, 3)
  const own = await measureOwn(leaves, used)
  out.progress("measured", 1, 3)
  const same = theirs === leaves ? own : await measure<OwnFigures>("own.ts", theirs, used)
  out.progress("measured", 2, 3)
  const library = await measure<LibraryFigures>("library.ts", theirs, Math.min(theirs, LIBRARY_PROOFS))
  out.progress("measured", 3, 3)
  invariant(same.root === library.root, `the roots differ: ours ${same.root}, the library's ${library.root}`)
  const seconds = own.listSeconds + own.treeSeconds
  return {
    leaves,
    threads: used,
    root: own.root,
    seconds,
    rssMB: own.rssMB,
    proofsSeconds: own.proofsSeconds,
    libraryLeaves: theirs,
    librarySeconds: library.seconds,
    libraryRssMB: library.rssMB,
    ratio: library.seconds / theirs / (seconds / leaves),
    proofsRatio: library.proofMicroseconds / ((own.proofsSeconds / leaves) * 1e6),
    machine: where,
  }
}

/**
 * Measures our tree and returns the median of three runs, because a short run depends on the machine's other load.
 */
async function measureOwn(leaves: number, threads: number): Promise<OwnFigures> {
  const runs: OwnFigures[] = []
  for (let i = 0; i < RUNS; i++) runs.push(await measure<OwnFigures>("own.ts", leaves, threads))
  runs.sort((a, b) => a.listSeconds + a.treeSeconds - (b.listSeconds + b.treeSeconds))
  const middle = runs[RUNS >> 1]
  invariant(middle !== undefined, "nothing was measured")
  return middle
}

async function measure<Figures>(script: string, ...args: readonly number[]): Promise<Figures> {
  return await measureApart(`tree/${script}`, args, ["--max-old-space-size=6144"])
}

function tableOf(figures: TreeFigures): string {
  const { leaves, libraryLeaves, ratio, proofsRatio } = figures
  const seconds = (value: number): string => `${value.toFixed(2)} s`
  const megabytes = (value: number): string => `${Math.round(value).toLocaleString("en")} MB`
  const count = (value: number): string => value.toLocaleString("en")
  const proofs = figures.proofsSeconds
  const libraryProofs = proofsRatio * (proofs / leaves) * libraryLeaves
  const rows = [
    ["", "this project", "@openzeppelin/merkle-tree"],
    ["leaves", count(leaves), count(libraryLeaves)],
    ["rows to root", seconds(figures.seconds), seconds(figures.librarySeconds)],
    ["memory at most", megabytes(figures.rssMB), megabytes(figures.libraryRssMB)],
    ["all proofs", seconds(proofs), `${seconds(libraryProofs)} (from a sample)`],
    ["a leaf, ratio", `${ratio.toFixed(1)} times as fast`, ""],
    ["a proof, ratio", `${proofsRatio.toFixed(1)} times as fast`, ""],
  ]
  const lines = rows.map(([name = "", ours = "", theirs = ""]) =>
    `${name.padEnd(16)}${ours.padStart(22)}  ${theirs}`.trimEnd(),
  )
  return [...lines, `\n${figures.threads} threads; ${figures.machine}`].join("\n")
}

function refuseSlow(figures: TreeFigures): void {
  if (figures.leaves !== 1_000_000) return
  const faults = [
    ...(figures.ratio < LIMITS.ratio ? [`a leaf only ${figures.ratio.toFixed(1)} times as fast`] : []),
    ...(figures.proofsRatio < LIMITS.proofsRatio
      ? [`a proof only ${figures.proofsRatio.toFixed(1)} times`]
      : []),
    ...(figures.rssMB > LIMITS.rssMB ? [`${Math.round(figures.rssMB)} MB of memory`] : []),
  ]
  if (faults.length > 0)
    throw new AirdropError(`below what is promised: ${faults.join(", ")}`, { code: "mismatch" })
}
