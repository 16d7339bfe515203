import { createHash } from "node:crypto"
import { pipeline } from "node:stream/promises"
import { CsvError, parse } from "csv-parse"
import { plural } from "../../core/primitives/plural.ts"
import { quote } from "../../core/primitives/text.ts"
import { LINE_ENDS } from "./csv-header.ts"
import { lastRow } from "./csv-position.ts"
import { faultsOf } from "./faults.ts"
import { missingFile, shownPath } from "./paths.ts"
import { csvRows, type TableShape } from "./table-rows.ts"
import { NotUtf8, textChunks } from "./text-chunks.ts"

/** The facts about a file besides its rows. */
export interface ReadFile {
  /** SHA-256 of the file as it is on disk, in hex. */
  readonly sha256: string
  readonly rows: number
  /** The skipped rows, one line for each reason. */
  readonly warnings: readonly string[]
}

const CSV_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "the quote that opens here is never closed",
  CSV_INVALID_CLOSING_QUOTE: "the quote that opens here is not closed before a comma or a line end",
  INVALID_OPENING_QUOTE: "a quote stands inside a field that does not begin with one",
}

/**
 * Reads a CSV file as a stream: a header that names the columns, then rows of exactly as many fields. It accepts a
 * byte-order mark, Windows line ends, quoted fields, empty lines, rows of separators and blanks alone, and a .gz
 * suffix, because none of them can be misread. Everything else that is not plain is a fault. All faults are gathered
 * up to a bound and thrown together.
 * @param chainId of the chain whose prefix addresses may have
 * @throws AirdropError with one `file:line: ...` for each fault
 */
export async function readCsv(path: string, table: TableShape, chainId?: number): Promise<ReadFile> {
  const faults = faultsOf(shownPath(path))
  const hash = createHash("sha256")
  const reader = csvRows(table, faults, chainId)
  const last = lastRow()
  let [counted, returns] = [0, 0]
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ["\r\n", "\n"],
    // Rows are taken here and none is passed on, which takes a third of the time of reading them from the stream.
    on_record: (fields: string[], { lines, bytes }) => {
      // The parser counts a carriage return inside a field as a line.
      if (lines > counted + 1) {
        const text = fields.join()
        returns += text.split("\r").length - 1
        if (reader.hasHeader() && /\r(?!\n)/.test(text)) faults.add(lines - returns, LINE_ENDS)
      }
      counted = lines
      last.ended(lines - returns, bytes)
      reader.take(fields, lines - returns)
      return null
    },
  }).resume()
  const chunks = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of textChunks(path, hash)) {
      last.add(chunk)
      yield chunk
    }
  }
  let isBroken = false
  try {
    await pipeline(chunks, parser)
  } catch (error) {
    isBroken = true
    if (error instanceof NotUtf8) faults.add(last.lastLine(), error.message)
    else if (error instanceof CsvError) {
      const fault = `is not CSV: ${CSV_FAULTS[error.code] ?? quote(error.message)}`
      faults.add(last.lineOfField(parser.info.bytes), last.hasLoneReturn() ? LINE_ENDS : fault)
    } else throw missingFile(path, error)
  }
  if (!reader.hasHeader() && !isBroken)
    faults.add(undefined, `is empty: its first line must be ${table.columns.join(",")}`)
  faults.throwIfAny()
  const empty = reader.emptyRows()
  return {
    sha256: hash.digest("hex"),
    rows: reader.rows(),
    warnings: empty === 0 ? [] : [`${shownPath(path)}: ${plural(empty, "row")} without any value left out`],
  }
}
