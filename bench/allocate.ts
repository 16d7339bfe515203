import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Command } from "commander"
import { allocate } from "../scripts/core/allocate.ts"
import { AirdropError } from "../scripts/core/error.ts"
import { writeAllocation } from "../scripts/files/allocation.ts"
import { loadInputs } from "../scripts/files/inputs.ts"
import { loadProgram } from "../scripts/files/program.ts"
import { writeChunksAtomic } from "../scripts/files/write-chunks.ts"
import type { Output } from "../scripts/output.ts"

const SECONDS = 5
const MEGABYTES = 600

/**
 * Measures `allocate` as a user runs it, files included: a points file of a million accounts in random order is
 * read, the pool is shared with a minimum and a cap in force, and allocation.csv and allocation.json are written.
 */
export function define(command: Command, out: () => Output): void {
  command
    .option("--participants <count>", "how many", "1000000")
    .action(async ({ participants }: { participants: string }) => {
      const output = out()
      const count = Number(participants)
      if (!Number.isSafeInteger(count) || count < 1) {
        throw new AirdropError(`"${participants}" is not a number of participants`)
      }
      const folder = await mkdtemp(join(tmpdir(), "airdrop-bench-"))
      try {
        await makeProgram(folder, count)
        const steps = await measure(folder)
        const seconds = Object.values(steps).reduce((sum, step) => sum + step, 0)
        const megabytes = process.resourceUsage().maxRSS / 1024
        for (const [name, step] of Object.entries(steps))
          output.line(`${name.padEnd(12)}${step.toFixed(2)} s`)
        output.line(`in all      ${seconds.toFixed(2)} s (at most ${SECONDS} s for a million)`)
        output.line(`memory      ${megabytes.toFixed(0)} MB (at most ${MEGABYTES} MB for a million)`)
        output.json({ participants: count, steps, seconds, megabytes })
        if (seconds > SECONDS || megabytes > MEGABYTES) {
          throw new AirdropError("the allocation takes more time or memory than it may", { exit: 1 })
        }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
}

async function measure(folder: string): Promise<Readonly<Record<string, number>>> {
  const steps: Record<string, number> = {}
  const timed = async <Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> => {
    const started = performance.now()
    const result = await work()
    steps[name] = (performance.now() - started) / 1000
    return result
  }
  const inputs = await timed("read", async () => await loadInputs(await loadProgram(folder)))
  const allocation = await timed("allocate", () => allocate(inputs))
  await timed("write", async () => {
    await writeAllocation(folder, allocation, inputs.hashes)
  })
  return steps
}

async function makeProgram(folder: string, count: number): Promise<void> {
  const program = {
    format: "merkle-airdrop/program@1",
    name: "bench",
    chainId: 42161,
    token: { address: `0x${"70".repeat(20)}`, symbol: "TOK", decimals: 9 },
    tranches: { automatic: String(count * 100) },
    source: { kind: "points", file: "points.csv", decimals: 3 },
    rules: { minimum: "1", cap: "190" },
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
    yield `0x${account.toString(16).padStart(40, "0")},${(i * 7919) % 100_000}.${String(i % 1000).padStart(3, "0")}\n`
  }
}
