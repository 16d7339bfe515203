import { join } from "node:path"
import type { Program } from "../../core/program/program.ts"
import { requireProgramSnapshot } from "../../core/sources/program-snapshot.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readSnapshotFile, type SnapshotFile } from "./snapshot-file.ts"

/**
 * Reads the snapshot of a program.
 * @throws AirdropError if it is of another chain, contract or block than the program's, or of an unknown implementation
 */
export async function readProgramSnapshot(folder: string, program: Program): Promise<SnapshotFile> {
  const path = join(folder, "snapshot.json")
  const file = await readSnapshotFile(path)
  requireProgramSnapshot(program, file.snapshot, shownPath(path))
  return file
}
