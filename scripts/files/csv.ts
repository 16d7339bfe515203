import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { createGunzip } from "node:zlib"
import { CsvError, parse } from "csv-parse"
import { quote } from "../core/amount.ts"
import { AirdropError } from "../core/error.ts"
import type { Table } from "../core/sources/source.ts"
import { faultsOf, type Faults } from "./faults.ts"
import { missingFile, shownPath } from "./paths.ts"

/** What reading a file tells about it, besides its rows. */
export interface ReadFile {
  /** SHA-256 of the file as it stands on disk, in hex. */
  readonly sha256: string
  readonly rows: number
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
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ["\r\n", "\n"],
    // Rows are taken here and none is passed on: a third of the time of reading them from the stream.
    on_record: (fields: string[], { lines }) => {
      reader.take(fields, lines)
      return null
    },
  }).resume()
  const source = createReadStream(path, { highWaterMark: 1 << 18 })
  source.on("data", (chunk) => hash.update(chunk))
  try {
    await pipeline(path.endsWith(".gz") ? [source, createGunzip(), parser] : [source, parser])
  } catch (error) {
    if (!(error instanceof CsvError)) throw missingFile(path, error)
    faults.add(parser.info.lines, `is not CSV: ${quote(error.message)}`)
  }
  if (!reader.hasHeader())
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
    for (const text of headerFaults(fields, columns, ignore)) faults.add(line, text)
  }
  return {
    take: (fields, line) => {
      if (header === undefined) {
        takeHeader(fields, line)
      } else if (fields.length !== header.length) {
        const shown = quote(fields.join(","))
        faults.add(line, `${fields.length} fields instead of ${header.length}: ${shown}`)
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
