import { existsSync } from "node:fs"
import { join } from "node:path"
import { peopleOf, UNMERGED } from "../../core/snapshot/people.ts"
import type { StatementContext } from "../../core/statements/judge.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readSnapshot } from "../snapshot/snapshot-file.ts"

export interface LoadedStatementContext extends StatementContext {
  /** The block of the snapshot; undefined if the program has none, or it was not taken yet. */
  readonly block: number | undefined
}

/** Reads what the statements of a program are judged by. They may come before the snapshot. */
export async function readStatementContext({
  folder,
  program,
}: LoadedProgram): Promise<LoadedStatementContext> {
  const path = join(folder, "snapshot.json")
  const snapshot = program.snapshot !== undefined && existsSync(path) ? await readSnapshot(path) : undefined
  return {
    program: program.name,
    chainId: program.chainId,
    people: snapshot === undefined ? UNMERGED : peopleOf(snapshot.accounts),
    block: snapshot?.block.number,
  }
}
