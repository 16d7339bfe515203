import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Command } from "commander"
import { AirdropError } from "../scripts/core/primitives/error.ts"
import { writeChunksAtomic } from "../scripts/io/disk/write-chunks.ts"
import { wholeNumber } from "../scripts/io/terminal/options.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import type { AllocateRun } from "./allocate/run.ts"
import { keepFigures, machine, measureApart } from "./support.ts"
import { keccaksPerSecond } from "./yardstick.ts"

/**
 * The time of a plain allocation is in that of a million Keccaks on the same machine in the same run. That of one with
 * rules is in that of the plain one.
 */
const LIMITS = { keccakMillions: 15, megabytes: 700, rulesTimes: 5, rulesMegabytes: 1600 } as const

interface AllocateOptions {
  readonly participants: number
  readonly rules?: true
  readonly limits?: true
  readonly record?: true
}

interface Measured extends AllocateRun {
  readonly seconds: number
}

interface AllocateFigures extends Measured {
  readonly participants: number
  /** The same time in that of a million Keccaks on one thread. */
  readonly keccakMillions: number
  readonly withRules?: Measured & {
    /** Its time divided by that of the plain allocation. */
    readonly times: number
  }
  readonly machine: string
}

/**
 * Measures `allocate` as a user runs it, files included. It reads a points file of a million accounts in random
 * order, shares the pool, and writes allocation.csv, allocation.json, unpaid.csv and report.html. `--rules` measures a
 * second program beside it: a stake history with registrations, a list of recipients, a minimum and a cap. It has three
 * files of a million rows instead of one, and the effect of each rule is reported, so the pool is shared four times.
 */
export function define(command: Command, out: () => Output): void {
  command
    .option("--participants <count>", "how many", wholeNumber, 1_000_000)
    .option("--rules", "also a stake history with registrations, recipients, a minimum and a cap")
    .option("--limits", "fail above the limits of time and memory")
    .option("--record", "keep the figures in bench/allocate.json and .txt")
    .action(async ({ participants, rules, limits, record }: AllocateOptions) => {
      const output = out()
      const where = machine()
      const plain = await measure(participants, false)
      const keccakMillions = (plain.seconds * keccaksPerSecond()) / 1e6
      const ruled = rules === true ? await measure(participants, true) : undefined
      const figures: AllocateFigures = {
        participants,
        ...plain,
        keccakMillions,
        ...(ruled === undefined ? {} : { withRules: { ...ruled, times: ruled.seconds / plain.seconds } }),
        machine: where,
      }
      const table = tableOf(figures)
      if (record === true) await keepFigures("allocate", figures, table)
      printText(output, table)
      output.json(figures)
      const faults = faultsOf(figures)
      if (limits === true && faults.length > 0)
        throw new AirdropError(`beyond the limits: ${faults.join("; ")}`, { code: "mismatch" })
    })
}

async function measure(participants: number, rules: boolean): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), "airdrop-bench-"))
  try {
    await makeProgram(folder, participants, rules)
    const run = await measureApart<AllocateRun>("allocate/run.ts", [folder])
    return { ...run, seconds: Object.values(run.steps).reduce((sum, step) => sum + step, 0) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function faultsOf({ keccakMillions, megabytes, withRules }: AllocateFigures): readonly string[] {
  const figures: readonly (readonly [what: string, figure: number, limit: number])[] = [
    ["the time of a million Keccaks, times", keccakMillions, LIMITS.keccakMillions],
    ["MB", megabytes, LIMITS.megabytes],
    ["with rules, times the plain one", withRules?.times ?? 0, LIMITS.rulesTimes],
    ["with rules, MB", withRules?.megabytes ?? 0, LIMITS.rulesMegabytes],
  ]
  return figures
    .filter(([, figure, limit]) => figure > limit)
    .map(([what, figure, limit]) => `${what}: ${figure.toFixed(1)}, the limit ${limit}`)
}

function tableOf({
  participants,
  keccakMillions,
  withRules,
  machine: where,
  ...plain
}: AllocateFigures): string {
  const rows = (run: Measured): readonly string[] => [
    ...Object.entries(run.steps).map(([name, step]) => `${name.padEnd(12)}${step.toFixed(2)} s`),
    `in all      ${run.seconds.toFixed(2)} s (${run.cpuSeconds.toFixed(2)} s of processor time)`,
    `memory      ${run.megabytes.toFixed(0)} MB`,
  ]
  return [
    `${participants.toLocaleString("en")} participants, points`,
    ...rows(plain),
    `            ${keccakMillions.toFixed(1)} times a million Keccaks on one thread`,
    ...(withRules === undefined
      ? []
      : [
          "\nthe same with a stake history, registrations, recipients, minimum and cap",
          ...rows(withRules),
          `            ${withRules.times.toFixed(1)} times the plain one`,
        ]),
    `\n${where}`,
  ].join("\n")
}

/** Writes a program: plain points, or a stake history with registrations, a list of recipients, a minimum and a cap. */
async function makeProgram(folder: string, count: number, rules: boolean): Promise<void> {
  const program = {
    format: "merkle-airdrop/program@1",
    name: "bench",
    chainId: 42161,
    token: { address: `0x${"70".repeat(20)}`, symbol: "TOK", decimals: 9 },
    tranches: { automatic: String(count * 100) },
    ...(rules ? HISTORY : { source: { kind: "points", file: "points.csv", decimals: 3 } }),
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(program))
  if (!rules) {
    await writeChunksAtomic(join(folder, "points.csv"), pointsFile(count))
    return
  }
  await writeChunksAtomic(join(folder, "stakes.csv"), stakesFile(count))
  await writeChunksAtomic(join(folder, "registrations.csv"), registrationsFile(count))
  await writeChunksAtomic(join(folder, "recipients.csv"), recipientsFile(count))
}

const HISTORY = {
  source: {
    kind: "stake-history",
    file: "stakes.csv",
    symbol: "OXEN",
    decimals: 3,
    start: "2024-01-01T00:00:00Z",
    close: "2025-01-01T00:00:00Z",
    registrations: { file: "registrations.csv" },
  },
  eligibility: { file: "recipients.csv" },
  rules: { minimum: "1", cap: "190" },
}

function* pointsFile(count: number): Generator<string> {
  yield "account,points\n"
  for (const { account, points } of rowsOf(count)) yield `${account},${points}\n`
}

function* stakesFile(count: number): Generator<string> {
  yield "account,stake,from,to\n"
  for (const { account, points, month } of rowsOf(count))
    yield `${account},${points},2024-${month}-01T00:00:00Z,${month === "12" ? "" : "2024-12-15T12:00:00Z"}\n`
}

function* registrationsFile(count: number): Generator<string> {
  yield "account,registered\n"
  for (const { account, month } of rowsOf(count)) yield `${account},2024-${month}-20T08:30:00Z\n`
}

/** Yields all accounts but every twentieth. */
function* recipientsFile(count: number): Generator<string> {
  yield "account\n"
  let line = 0
  for (const { account } of rowsOf(count)) if (++line % 20 > 0) yield `${account}\n`
}

interface Row {
  readonly account: string
  readonly points: string
  /** Of two digits. */
  readonly month: string
}

/** Yields evenly spread accounts, each once, in no order, and the same in every run. */
function* rowsOf(count: number): Generator<Row> {
  const modulus = (1n << 160n) - 47n
  let account = 0n
  for (let i = 0; i < count; i++) {
    account = (account + 0x9e3779b97f4a7c15f39cc0605cedc8341082276bn) % modulus
    yield {
      account: `0x${account.toString(16).padStart(40, "0")}`,
      points: `${1 + ((i * 7919) % 100_000)}.${String(i % 1000).padStart(3, "0")}`,
      month: String(1 + (i % 12)).padStart(2, "0"),
    }
  }
}
