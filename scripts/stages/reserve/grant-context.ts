import { existsSync } from "node:fs"
import { join } from "node:path"
import type { GrantContext } from "../../core/reserve/grant-objections.ts"
import { peopleOf, STRANGERS } from "../../core/session/people.ts"
import type { Snapshot } from "../../core/session/snapshot.ts"
import { readEntries } from "../allocation/allocation-files.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readRecipients } from "../program/recipients.ts"
import { readSnapshot } from "../snapshot/snapshot-file.ts"

export interface LoadedContext extends GrantContext {
  readonly snapshot: Snapshot | undefined
}

/**
 * What of a program's files a grant is judged by. What is not there yet is left out: a grant may come before the
 * allocation.
 */
export async function readGrantContext({ folder, program }: LoadedProgram): Promise<LoadedContext> {
  const snapshotFile = join(folder, "snapshot.json")
  const snapshot = existsSync(snapshotFile) ? await readSnapshot(snapshotFile) : undefined
  const allocation = join(folder, "allocation.csv")
  const entries = existsSync(allocation)
    ? (await readEntries(allocation, program.token.decimals)).entries
    : []
  const list = program.eligibility === undefined ? undefined : join(folder, program.eligibility.file)
  const listed = list !== undefined && existsSync(list) ? (await readRecipients(list)).accounts : undefined
  return {
    program,
    snapshot,
    people: snapshot === undefined ? STRANGERS : peopleOf(snapshot.accounts),
    automatic: new Map(entries.map(({ account, amount }) => [account, amount])),
    listed: listed === undefined ? undefined : new Set(listed),
  }
}
