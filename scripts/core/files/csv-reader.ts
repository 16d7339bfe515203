/** Takes the rows of a CSV file from csv-parse, whichever of its parsers reads the bytes. */
import type { Faults } from "./faults.ts"
import { plural } from "../primitives/plural.ts"
import { quote } from "../primitives/text.ts"
import { LINE_ENDS } from "./csv-header.ts"
import { lastRow } from "./csv-position.ts"
import { csvRows, type TableShape } from "./table-rows.ts"

const CSV_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "the quote that opens here is never closed",
  CSV_INVALID_CLOSING_QUOTE: "the quote that opens here is not closed before a comma or a line end",
  INVALID_OPENING_QUOTE: "a quote is inside a field that does not begin with one",
}

/** The options of csv-parse that decide what a CSV file is. */
export interface CsvOptions {
  readonly relax_column_count: true
  readonly skip_empty_lines: true
  readonly record_delimiter: string[]
  readonly on_record: (fields: string[], position: { readonly lines: number; readonly bytes: number }) => null
}

export interface CsvReader {
  readonly options: CsvOptions
  /** Adds the next bytes of the file, before the parser gets them. */
  readonly add: (chunk: Uint8Array) => void
  /**
   * Notes that the parser has stopped.
   * @param code of the parser's error
   * @param bytes read up to the end of the last field
   */
  readonly broken: (code: string, message: string, bytes: number) => void
  /** Notes that the bytes after those added are not text. */
  readonly notText: (message: string) => void
  /**
   * Ends the file.
   * @throws AirdropError with one `file:line: ...` for each fault
   */
  readonly end: () => { readonly rows: number; readonly warnings: readonly string[] }
}

/**
 * Reads a CSV file: a header that names the columns, then rows of exactly as many fields. Windows line ends, quoted
 * fields, empty lines and rows of separators and blanks alone are accepted. Everything else that is not plain is a fault.
 * @param file its name for error lines
 * @param chainId of the chain whose prefix addresses may have
 */
export function csvReader(file: string, table: TableShape, faults: Faults, chainId?: number): CsvReader {
  const reader = csvRows(table, faults, chainId)
  const last = lastRow()
  let [counted, returns] = [0, 0]
  let isBroken = false
  return {
    options: {
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n"],
      // Rows are taken here and none is passed on: a third of the time of reading them from the stream.
      on_record: (fields, { lines, bytes }) => {
        // The parser takes a carriage return inside a field for a line of its own.
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
    },
    add: last.add,
    broken: (code, message, bytes) => {
      isBroken = true
      const fault = `is not CSV: ${CSV_FAULTS[code] ?? quote(message)}`
      faults.add(last.lineOfField(bytes), last.hasLoneReturn() ? LINE_ENDS : fault)
    },
    notText: (message) => {
      isBroken = true
      faults.add(last.lastLine(), message)
    },
    end: () => {
      if (!reader.hasHeader() && !isBroken)
        faults.add(undefined, `is empty: its first line must be ${table.columns.join(",")}`)
      faults.throwIfAny()
      const empty = reader.emptyRows()
      return {
        rows: reader.rows(),
        warnings: empty === 0 ? [] : [`${file}: ${plural(empty, "row")} without any value left out`],
      }
    },
  }
}
