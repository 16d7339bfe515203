import { join } from "node:path"
import type { Address } from "../../core/primitives/address.ts"
import { UNMERGED } from "../../core/session/people.ts"
import { readTable } from "../../io/disk/read-table.ts"
import type { LoadedProgram } from "./load-program.ts"
import { readRecipients } from "./recipients.ts"
import { invariant } from "../../core/primitives/error.ts"
import type { Program } from "../../core/program/program.ts"
import type { Source, SourceRun } from "../../core/sources/source.ts"
import { SOURCES } from "../../core/sources/sources.ts"
import { forEach } from "../../core/primitives/sequence.ts"
import type { Valuation } from "../../core/sources/valuation.ts"

/**
 * Returns every account in a program's own files, which are its list and its source's tables. A snapshot must
 * contain the kind of each account.
 * @throws AirdropError with one line for each fault
 */
export async function namedAccounts({ folder, program }: LoadedProgram): Promise<readonly Address[]> {
  const { eligibility } = program
  const listed =
    eligibility === undefined
      ? []
      : (await readRecipients(join(folder, eligibility.file), program.chainId)).accounts
  const source = sourceOf(program)
  if (source.readsChain) return listed
  const run = source.open({ program, snapshot: undefined, people: UNMERGED })
  for (const table of run.tables) await readTable(join(folder, table.file), table, program.chainId)
  return [...new Set([...listed, ...accountsOf(run, run.finish())])]
}
export function sourceOf({ source: { kind } }: Program): Source {
  const source = SOURCES.get(kind)
  invariant(source !== undefined, "a program that was read has a known source")
  return source
}
export function accountsOf({ others }: SourceRun, { contributions }: Valuation): readonly Address[] {
  const accounts = new Set(others?.())
  forEach(contributions, ({ account }) => accounts.add(account))
  return [...accounts]
}
