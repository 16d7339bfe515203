import { join } from "node:path"
import type { AllocationInputs } from "../../core/allocation/allocate.ts"
import { peopleOf, UNMERGED } from "../../core/session/people.ts"
import type { Program } from "../../core/program/program.ts"
import { requireAccounts, type Snapshot } from "../../core/session/snapshot.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readTable } from "../../io/disk/read-table.ts"
import { readRecipients } from "../program/recipients.ts"
import { readProgramSnapshot } from "../snapshot/program-snapshot.ts"
import { accountsOf, sourceOf } from "../program/named-accounts.ts"

/** Everything an allocation is computed from, and the hash of each file it was read from. */
export interface LoadedInputs extends AllocationInputs {
  /** SHA-256 in hex by file name, in the order of the names. */
  readonly hashes: Readonly<Record<string, string>>
  /** One line for each kind of row that the tables' readers skipped. */
  readonly warnings: readonly string[]
}

/**
 * Reads all inputs of a program: snapshot, list of recipients, and the files of its source.
 * @throws AirdropError with one line for each fault
 */
export async function loadInputs({ folder, program, hashes }: LoadedProgram): Promise<LoadedInputs> {
  const read = new Map(Object.entries(hashes))
  const warnings: string[] = []
  const snapshot = program.snapshot === undefined ? undefined : await loadSnapshot(folder, program, read)
  const people = snapshot === undefined ? UNMERGED : peopleOf(snapshot.accounts)
  const listed = await loadListed(folder, program, read, warnings)
  const run = sourceOf(program).open({ program, snapshot, people })
  for (const table of run.tables) {
    const { sha256, warnings: found } = await readTable(join(folder, table.file), table, program.chainId)
    read.set(table.file, sha256)
    warnings.push(...found)
  }
  const valuation = run.finish()
  if (snapshot !== undefined) requireAccounts(snapshot, [...(listed ?? []), ...accountsOf(run, valuation)])
  return {
    program,
    snapshot,
    people,
    listed,
    valuation,
    warnings,
    hashes: Object.fromEntries([...read].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

async function loadListed(
  folder: string,
  { eligibility, chainId }: Program,
  read: Map<string, string>,
  warnings: string[],
): Promise<AllocationInputs["listed"]> {
  if (eligibility === undefined) return undefined
  const { accounts, sha256, warnings: found } = await readRecipients(join(folder, eligibility.file), chainId)
  read.set(eligibility.file, sha256)
  warnings.push(...found)
  return new Set(accounts)
}

async function loadSnapshot(folder: string, program: Program, read: Map<string, string>): Promise<Snapshot> {
  const { snapshot, sha256 } = await readProgramSnapshot(folder, program)
  read.set("snapshot.json", sha256)
  return snapshot
}
