import { readCsv, type ReadFile } from "./read-csv.ts"
import { readJsonTable } from "./read-json-table.ts"
import type { TableShape } from "../../core/files/table-rows.ts"

/**
 * Reads a table in the format of its name: .json and .jsonl are JSON, everything else is CSV. A .gz suffix is
 * unpacked.
 * @param chainId of the chain whose prefix addresses may have
 * @throws AirdropError with one `file:line: ...` for each fault
 */
export async function readTable(path: string, table: TableShape, chainId?: number): Promise<ReadFile> {
  return /\.jsonl?(\.gz)?$/.test(path)
    ? await readJsonTable(path, table, chainId)
    : await readCsv(path, table, chainId)
}
