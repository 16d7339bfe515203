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
}

/**
 * Reads all inputs of a program: snapshot, list of recipients, and the files of its source.
 * @throws AirdropError with one line for each fault
 */
export async function loadInputs({ folder, program, hashes }: LoadedProgram): Promise<LoadedInputs> {
  const read = new Map(Object.entries(hashes))
  const snapshot = program.snapshot === undefined ? undefined : await loadSnapshot(folder, program, read)
  const people = snapshot === undefined ? UNMERGED : peopleOf(snapshot.accounts)
  const listed =
    program.eligibility === undefined ? undefined : await loadListed(folder, program.eligibility.file, read)
  const run = sourceOf(program).open({ program, snapshot, people })
  for (const table of run.tables)
    read.set(table.file, (await readTable(join(folder, table.file), table)).sha256)
  const valuation = run.finish()
  if (snapshot !== undefined) requireAccounts(snapshot, [...(listed ?? []), ...accountsOf(run, valuation)])
  return {
    program,
    snapshot,
    people,
    listed,
    valuation,
    hashes: Object.fromEntries([...read].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

async function loadListed(
  folder: string,
  file: string,
  read: Map<string, string>,
): Promise<NonNullable<AllocationInputs["listed"]>> {
  const { accounts, sha256 } = await readRecipients(join(folder, file))
  read.set(file, sha256)
  return new Set(accounts)
}

async function loadSnapshot(folder: string, program: Program, read: Map<string, string>): Promise<Snapshot> {
  const { snapshot, sha256 } = await readProgramSnapshot(folder, program)
  read.set("snapshot.json", sha256)
  return snapshot
}
