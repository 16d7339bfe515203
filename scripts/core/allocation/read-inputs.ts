import { peopleOf, UNMERGED } from "../session/people.ts"
import { requireAccounts, type Snapshot } from "../session/snapshot.ts"
import type { Program } from "../program/program.ts"
import { recipientsTable } from "../sources/recipients-table.ts"
import { accountsOf, sourceOf } from "../sources/source-of.ts"
import type { Table } from "../files/table.ts"
import type { AllocationInputs } from "./allocate.ts"

/** Everything an allocation is computed from, and the hash of each file it was read from. */
export interface LoadedInputs extends AllocationInputs {
  /** SHA-256 in hex by file name, in the order of the names. */
  readonly hashes: Readonly<Record<string, string>>
  /** One line for each kind of row that the tables' readers skipped. */
  readonly warnings: readonly string[]
}

/** Reads the files of a program, from its folder or from the folder of a page. */
export interface InputFiles {
  /** Reads snapshot.json, and compares it with the program. */
  readonly snapshot: (program: Program) => Promise<{ readonly snapshot: Snapshot; readonly sha256: string }>
  /** Hands the rows of a table over. */
  readonly table: (
    table: Table,
    chainId: number,
  ) => Promise<{ readonly sha256: string; readonly warnings: readonly string[] }>
}

/**
 * Reads all inputs of a program: snapshot, list of recipients, and the files of its source.
 * @param hashes of the files that were read before, by name
 * @throws AirdropError with one line for each fault
 */
export async function readInputs(
  program: Program,
  hashes: Readonly<Record<string, string>>,
  files: InputFiles,
): Promise<LoadedInputs> {
  const read = new Map(Object.entries(hashes))
  const warnings: string[] = []
  const readTable = async (table: Table): Promise<void> => {
    const { sha256, warnings: found } = await files.table(table, program.chainId)
    read.set(table.file, sha256)
    warnings.push(...found)
  }
  let snapshot: Snapshot | undefined
  if (program.snapshot !== undefined) {
    const file = await files.snapshot(program)
    snapshot = file.snapshot
    read.set("snapshot.json", file.sha256)
  }
  const people = snapshot === undefined ? UNMERGED : peopleOf(snapshot.accounts)
  const listed = recipientsTable()
  const { eligibility } = program
  if (eligibility !== undefined) await readTable({ ...listed.table, file: eligibility.file })
  const run = sourceOf(program).open({ program, snapshot, people })
  for (const table of run.tables) await readTable(table)
  const valuation = run.finish()
  if (snapshot !== undefined) requireAccounts(snapshot, [...listed.accounts, ...accountsOf(run, valuation)])
  return {
    program,
    snapshot,
    people,
    listed: eligibility === undefined ? undefined : new Set(listed.accounts),
    valuation,
    warnings,
    hashes: Object.fromEntries([...read].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}
