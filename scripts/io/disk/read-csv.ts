import { createHash } from "node:crypto"
import { pipeline } from "node:stream/promises"
import { CsvError, parse } from "csv-parse"
import { quote } from "../../core/primitives/text.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Table } from "../../core/primitives/table.ts"
import { faultsOf, type Faults } from "./faults.ts"
import { lastRow } from "./csv-position.ts"
import { missingFile, shownPath } from "./paths.ts"
import { NotUtf8, textChunks } from "./text-chunks.ts"

/** What reading a file tells about it, besides its rows. */
export interface ReadFile {
  /** SHA-256 of the file as it stands on disk, in hex. */
  readonly sha256: string
  readonly rows: number
}

const LINE_ENDS = "line ends must be LF or CRLF, and here is a CR alone"

const CSV_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "the quote that opens here is never closed",
  CSV_INVALID_CLOSING_QUOTE: "the quote that opens here is not closed before a comma or a line end",
  INVALID_OPENING_QUOTE: "a quote stands inside a field that does not begin with one",
}

/**
 * Reads a CSV file as a stream: a header that names the columns, then rows of exactly as many fields. A byte-order
 * mark, Windows line ends, quoted fields, empty lines and a .gz suffix cannot be misread and are accepted;
 * everything else that is not plain is a fault. All faults are gathered up to a bound and thrown together.
 * @throws AirdropError with one `file:line: ...` for each fault
 */
export async function readCsv(path: string, table: Omit<Table, "file">): Promise<ReadFile> {
  const faults = faultsOf(shownPath(path))
  const hash = createHash("sha256")
  const reader = rowReader(table, faults)
  const last = lastRow()
  let [counted, returns] = [0, 0]
  const parser = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ["\r\n", "\n"],
    // Rows are taken here and none is passed on: a third of the time of reading them from the stream.
    on_record: (fields: string[], { lines, bytes }) => {
      // The parser takes a carriage return inside a field for a line of its own.
      if (lines > counted + 1) returns += fields.join().split("\r").length - 1
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
  return { sha256: hash.digest("hex"), rows: reader.rows() }
}

interface RowReader {
  readonly take: (fields: readonly string[], line: number) => void
  readonly hasHeader: () => boolean
  readonly rows: () => number
}

/** Checks the header, then hands the wanted fields of each row to the table in the table's order. */
function rowReader({ columns, ignore, row }: Omit<Table, "file">, faults: Faults): RowReader {
  let header: readonly string[] | undefined
  let places: readonly number[] = []
  let isInOrder = false
  let rows = 0
  const takeHeader = (fields: readonly string[], line: number): void => {
    header = fields
    places = columns.map((column) => fields.indexOf(column))
    isInOrder = fields.length === columns.length && places.every((place, i) => place === i)
    if (fields.some((field) => field.includes("\r"))) faults.add(1, LINE_ENDS)
    else for (const text of headerFaults(fields, columns, ignore)) faults.add(line, text)
  }
  return {
    take: (fields, line) => {
      if (header === undefined) {
        takeHeader(fields, line)
      } else if (fields.length !== header.length) {
        const shown = quote(fields.join(","))
        if (shown.includes("\\r")) faults.add(line, LINE_ENDS)
        else faults.add(line, `${fields.length} fields instead of ${header.length}: ${shown}`)
      } else if (!places.includes(-1)) {
        rows++
        try {
          row(isInOrder ? fields : places.map((place) => fields[place] ?? ""), line)
        } catch (error) {
          if (!(error instanceof AirdropError)) throw error
          faults.add(line, error.message)
        }
      }
    },
    hasHeader: () => header !== undefined,
    rows: () => rows,
  }
}

function headerFaults(
  header: readonly string[],
  columns: readonly string[],
  ignore: readonly string[],
): string[] {
  const shown = quote(header.join(","))
  return [
    ...columns
      .filter((column) => !header.includes(column))
      .map((column) => `no column ${quote(column)} in the header ${shown}`),
    ...header
      .filter((column) => !columns.includes(column) && !ignore.includes(column))
      .map((column) => `column ${quote(column)} is not expected: the header must be ${columns.join(",")}`),
    ...header
      .filter((column, i) => header.indexOf(column) !== i)
      .map((column) => `column ${quote(column)} comes twice in the header`),
  ]
}
