import { readFile } from "node:fs/promises"
import { parseBatch, type ReadBatch } from "../../scripts/stages/multisig/batch-file.ts"

/** Reads a batch that a verb has written. */
export async function readBatch(path: string): Promise<ReadBatch> {
  return parseBatch(await readFile(path, "utf8"), path)
}
