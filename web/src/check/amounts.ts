import { allocate } from "../../../scripts/core/allocation/allocate.ts"
import { allocationCsv, allocationJson } from "../../../scripts/core/allocation/allocation-json.ts"
import type { Allocation } from "../../../scripts/core/allocation/allocation.ts"
import type { LoadedInputs } from "../../../scripts/core/allocation/read-inputs.ts"
import { createFindings } from "../../../scripts/core/files/findings.ts"
import { gather } from "../../../scripts/core/files/gather.ts"
import { requireText } from "./compare.ts"
import type { CheckContext } from "./lines.ts"
import type { PageInputs } from "./page-files.ts"
import { recordOf } from "./text-hash.ts"

const encoder = new TextEncoder()

/**
 * Computes every amount again from the rules, and compares allocation.csv and allocation.json with it.
 * @returns undefined if the inputs lead to no allocation
 */
export async function checkAmounts(
  { end }: CheckContext,
  files: PageInputs,
  inputs: LoadedInputs,
): Promise<Allocation | undefined> {
  const findings = createFindings()
  const allocation = await findings.trying("program.json", () => allocate(inputs))
  if (allocation !== undefined) {
    const csv = Array.from(allocationCsv(allocation)).join("")
    const record = { inputs: inputs.hashes, entries: recordOf(encoder.encode(csv)).sha256 }
    const json = gather(allocationJson(allocation, record))
    await findings.trying("allocation.csv", async () => {
      requireText(await files.read("allocation.csv"), [csv])
    })
    await findings.trying("allocation.json", async () => {
      requireText(await files.read("allocation.json"), json)
    })
  }
  const all = findings.all()
  end({
    name: "amounts",
    verdict: all.length === 0 ? "good" : "bad",
    count: allocation?.entries.length ?? 0,
    amount: allocation?.allocated ?? 0n,
    findings: all,
  })
  return allocation
}
