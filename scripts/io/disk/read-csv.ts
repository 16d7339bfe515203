import { createHash } from "node:crypto"
import { pipeline } from "node:stream/promises"
import { CsvError, parse } from "csv-parse"
import { faultsOf } from "../../core/files/faults.ts"
import { csvReader } from "../../core/files/csv-reader.ts"
import type { TableShape } from "../../core/files/table-rows.ts"
import { missingFile, shownPath } from "./paths.ts"
import { NotUtf8, textChunks } from "./text-chunks.ts"

/** The facts about a file besides its rows. */
export interface ReadFile {
  /** SHA-256 of the file as it is on disk, in hex. */
  readonly sha256: string
  readonly rows: number
  /** The skipped rows, one line for each reason. */
  readonly warnings: readonly string[]
}

/**
 * Reads a CSV file as a stream, as scripts/core/files/csv-reader.ts says. A byte-order mark and a .gz suffix are
 * accepted. All faults are gathered up to a bound and thrown together.
 * @param chainId of the chain whose prefix addresses may have
 * @throws AirdropError with one `file:line: ...` for each fault
 */
export async function readCsv(path: string, table: TableShape, chainId?: number): Promise<ReadFile> {
  const file = shownPath(path)
  const hash = createHash("sha256")
  const reader = csvReader(file, table, faultsOf(file), chainId)
  const parser = parse(reader.options).resume()
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of textChunks(path, hash)) {
      reader.add(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(chunks, parser)
  } catch (error) {
    if (error instanceof NotUtf8) reader.notText(error.message)
    else if (error instanceof CsvError) reader.broken(error.code, error.message, parser.info.bytes)
    else throw missingFile(path, error)
  }
  return { ...reader.end(), sha256: hash.digest("hex") }
}
