import { join } from "node:path"
import type { Address } from "../../core/primitives/address.ts"
import { UNMERGED } from "../../core/snapshot/people.ts"
import { readTable } from "../../io/disk/read-table.ts"
import type { LoadedProgram } from "./load-program.ts"
import { accountsIn } from "../../core/statements/read-statements.ts"
import { readStatements } from "../statements/statement-files.ts"
import { readRecipients } from "./recipients.ts"
import { accountsOf, sourceOf } from "../../core/sources/source-of.ts"

/**
 * Returns every account in a program's own files, which are its list, its statements and its source's tables. A snapshot must
 * contain the kind of each account.
 * @throws AirdropError with one line for each fault
 */
export async function namedAccounts({ folder, program }: LoadedProgram): Promise<readonly Address[]> {
  const { eligibility } = program
  const listed =
    eligibility === undefined
      ? []
      : (await readRecipients(join(folder, eligibility.file), program.chainId)).accounts
  const named = [...listed, ...accountsIn(await readStatements(folder))]
  const source = sourceOf(program)
  const run = source.open({ program, snapshot: undefined, people: UNMERGED })
  for (const table of run.tables) await readTable(join(folder, table.file), table, program.chainId)
  // Before the snapshot, a source that reads the chain knows only the accounts of its tables.
  const own = source.reads === undefined ? accountsOf(run, run.finish()) : (run.others?.() ?? [])
  return [...new Set([...named, ...own])]
}
