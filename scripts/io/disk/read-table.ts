import type { Table } from "../../core/primitives/table.ts"
import { readCsv, type ReadFile } from "./read-csv.ts"
import { readJsonTable } from "./read-json-table.ts"

/**
 * Reads a table as what its name says: .json and .jsonl are JSON, everything else is CSV; .gz after it is unpacked.
 * @throws AirdropError with one `file:line: ...` for each fault
 */
export async function readTable(path: string, table: Omit<Table, "file">): Promise<ReadFile> {
  return /\.jsonl?(\.gz)?$/.test(path) ? await readJsonTable(path, table) : await readCsv(path, table)
}
