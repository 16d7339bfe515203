import { execFile } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import type { Command } from "commander"
import { z } from "zod"
import { AirdropError } from "../scripts/core/error.ts"
import { writeChunksAtomic } from "../scripts/files/write-chunks.ts"
import type { Output } from "../scripts/output.ts"

const SECONDS = 5
const MEGABYTES = 600

const figures = z.object({
  steps: z.record(z.string(), z.number()),
  cpuSeconds: z.number(),
  megabytes: z.number(),
})

/**
 * Measures `allocate` as a user runs it, files included: a points file of a million accounts in random order is
 * read, the pool is shared, and allocation.csv, allocation.json and report.html are written. `--rules` adds a minimum and a cap,
 * which have to be reported apart and so share the pool three times.
 */
export function define(command: Command, out: () => Output): void {
  command
    .option("--participants <count>", "how many", "1000000")
    .option("--rules", "with a minimum and a cap in force")
    .option("--limits", "fail above the limits of time and memory")
    .action(async (options: { participants: string; rules?: true; limits?: true }) => {
      const output = out()
      const count = Number(options.participants)
      if (!Number.isSafeInteger(count) || count < 1) {
        throw new AirdropError(`"${options.participants}" is not a number of participants`)
      }
      const folder = await mkdtemp(join(tmpdir(), "airdrop-bench-"))
      try {
        await makeProgram(folder, count, options.rules === true)
        const script = join(import.meta.dirname, "allocate-run.ts")
        const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, script, folder])
        const { steps, cpuSeconds, megabytes } = figures.parse(JSON.parse(stdout))
        const seconds = Object.values(steps).reduce((sum, step) => sum + step, 0)
        for (const [name, step] of Object.entries(steps)) {
          output.line(`${name.padEnd(12)}${step.toFixed(2)} s`)
        }
        output.line(`in all      ${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s of processor time)`)
        output.line(`memory      ${megabytes.toFixed(0)} MB`)
        output.json({ participants: count, steps, seconds, cpuSeconds, megabytes })
        if (options.limits === true && (seconds > SECONDS || megabytes > MEGABYTES)) {
          throw new AirdropError(`more than ${SECONDS} s or ${MEGABYTES} MB`, { exit: 1 })
        }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
}

async function makeProgram(folder: string, count: number, rules: boolean): Promise<void> {
  const program = {
    format: "merkle-airdrop/program@1",
    name: "bench",
    chainId: 42161,
    token: { address: `0x${"70".repeat(20)}`, symbol: "TOK", decimals: 9 },
    tranches: { automatic: String(count * 100) },
    source: { kind: "points", file: "points.csv", decimals: 3 },
    ...(rules ? { rules: { minimum: "1", cap: "190" } } : {}),
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(program))
  await writeChunksAtomic(join(folder, "points.csv"), pointsFile(count))
}

/** Accounts that are spread evenly, each once, in no order; the same in every run. */
function* pointsFile(count: number): Generator<string> {
  yield "account,points\n"
  const modulus = (1n << 160n) - 47n
  let account = 0n
  for (let i = 0; i < count; i++) {
    account = (account + 0x9e3779b97f4a7c15f39cc0605cedc8341082276bn) % modulus
    const points = `${(i * 7919) % 100_000}.${String(i % 1000).padStart(3, "0")}`
    yield `0x${account.toString(16).padStart(40, "0")},${points}\n`
  }
}
