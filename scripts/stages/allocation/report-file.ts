import { join } from "node:path"
import type { Allocation } from "../../core/allocation/allocation.ts"
import { reportOf } from "../../core/report/allocation-page.ts"
import type { LoadedInputs } from "./load-inputs.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"

/** Writes report.html into a program's folder. */
export async function writeReport(
  folder: string,
  allocation: Allocation,
  inputs: LoadedInputs,
): Promise<void> {
  const { program, people, hashes } = inputs
  const report = reportOf(allocation, {
    description: program.description,
    kindOf: (account) => people.accountAt(account)?.kind ?? "not classified",
    inputs: hashes,
    unconfirmed: program.unconfirmed,
  })
  await writeFileAtomic(join(folder, "report.html"), report)
}
