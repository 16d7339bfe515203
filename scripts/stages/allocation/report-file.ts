import { join } from "node:path"
import type { Allocation } from "../../core/allocation/allocation.ts"
import { reportOf } from "../../core/report/allocation-page.ts"
import type { LoadedInputs } from "../../core/allocation/read-inputs.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"

/** Writes report.html into a program's folder. */
export async function writeReport(
  folder: string,
  allocation: Allocation,
  inputs: LoadedInputs,
): Promise<void> {
  await writeFileAtomic(join(folder, "report.html"), reportText(allocation, inputs))
}

/** Returns the text of report.html, which follows from the inputs alone. */
export function reportText(allocation: Allocation, { program, people, hashes }: LoadedInputs): string {
  return reportOf(allocation, {
    description: program.description,
    kindOf: (account) => people.accountAt(account)?.kind ?? "not classified",
    inputs: hashes,
    unconfirmed: program.unconfirmed,
  })
}
