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

/** The time is in that of a million Keccaks on the same machine in the same run. */
const LIMITS = { keccakMillions: 15, megabytes: 700 } as const

interface AllocateOptions {
  readonly participants: number
  readonly rules?: true
  readonly limits?: true
  readonly record?: true
}

interface AllocateFigures extends AllocateRun {
  readonly participants: number
  readonly seconds: number
  /** The same time in that of a million Keccaks on one thread. */
  readonly keccakMillions: number
  readonly machine: string
}

/**
 * Measures `allocate` as a user runs it, files included. It reads a points file of a million accounts in random
 * order, shares the pool, and writes allocation.csv, allocation.json, unpaid.csv and report.html. `--rules` adds a
 * minimum and a cap. Their effects are reported separately, so the pool is shared three times.
 */
export function define(command: Command, out: () => Output): void {
  command
    .option("--participants <count>", "how many", wholeNumber, 1_000_000)
    .option("--rules", "with a minimum and a cap in force")
    .option("--limits", "fail above the limits of time and memory")
    .option("--record", "keep the figures in bench/allocate.json and .txt")
    .action(async ({ participants, rules, limits, record }: AllocateOptions) => {
      const output = out()
      const folder = await mkdtemp(join(tmpdir(), "airdrop-bench-"))
      try {
        await makeProgram(folder, participants, rules === true)
        const where = machine()
        const { steps, ...rest } = await measureApart<AllocateRun>("allocate/run.ts", [folder])
        const seconds = Object.values(steps).reduce((sum, step) => sum + step, 0)
        const keccakMillions = (seconds * keccaksPerSecond()) / 1e6
        const figures = { participants, steps, seconds, keccakMillions, ...rest, machine: where }
        const table = tableOf(figures)
        if (record === true) await keepFigures("allocate", figures, table)
        printText(output, table)
        output.json(figures)
        const isAbove = keccakMillions > LIMITS.keccakMillions || rest.megabytes > LIMITS.megabytes
        if (limits === true && isAbove)
          throw new AirdropError(
            `more than the time of ${LIMITS.keccakMillions} million Keccaks, or ${LIMITS.megabytes} MB`,
            { code: "mismatch" },
          )
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
}

function tableOf({
  participants,
  steps,
  seconds,
  keccakMillions,
  cpuSeconds,
  megabytes,
  machine: where,
}: AllocateFigures): string {
  return [
    `${participants.toLocaleString("en")} participants`,
    ...Object.entries(steps).map(([name, step]) => `${name.padEnd(12)}${step.toFixed(2)} s`),
    `in all      ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor time)`,
    `            ${keccakMillions.toFixed(1)} times a million Keccaks on one thread`,
    `memory      ${megabytes.toFixed(0)} MB`,
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
