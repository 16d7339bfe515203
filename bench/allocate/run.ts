/**
 * Allocates a folder and prints the time and memory it took. Runs as a process of its own, so that nothing else is
 * in its memory.
 */
import { allocate } from "../../scripts/core/allocation/allocate.ts"
import { unpaidCollector } from "../../scripts/core/allocation/unpaid-reports.ts"
import { writeAllocation, writeUnpaid } from "../../scripts/stages/allocation/allocation-files.ts"
import { loadInputs } from "../../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { writeReport } from "../../scripts/stages/allocation/report-file.ts"

export interface AllocateRun {
  /** Seconds by step. */
  readonly steps: Readonly<Record<string, number>>
  readonly cpuSeconds: number
  /** The peak memory, in millions of bytes. */
  readonly megabytes: number
}

const [folder = ""] = process.argv.slice(2)
const steps: Record<string, number> = {}

async function timed<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
  const started = performance.now()
  const result = await work()
  steps[name] = (performance.now() - started) / 1000
  return result
}

const inputs = await timed("read", async () => await loadInputs(await loadProgram(folder)))
const unpaid = unpaidCollector()
const allocation = await timed("allocate", () => allocate(inputs, { onUnpaid: unpaid.add }))
await timed("write", async () => {
  await writeAllocation(folder, allocation, inputs.hashes)
  await writeUnpaid(folder, unpaid.reports)
})
await timed("report", async () => {
  await writeReport(folder, allocation, inputs)
})
const { user, system } = process.cpuUsage()
const run: AllocateRun = {
  steps,
  cpuSeconds: (user + system) / 1e6,
  megabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
}
process.stdout.write(JSON.stringify(run))
