import { withoutChainPrefix } from "../ethereum/chain-address.ts"
import { AirdropError } from "../primitives/error.ts"
import { plural } from "../primitives/plural.ts"
import { quote } from "../primitives/text.ts"
import type { Table } from "./table.ts"
import type { Faults } from "./faults.ts"
import { headerFaults, lineEndFault, separatorFault } from "./csv-header.ts"

/** The columns and the receiver of a table's rows, with no file name. */
export type TableShape = Omit<Table, "file">

/** A field of blanks, or of another program's separators. */
const BLANK = /^[ \t\u00a0;|]*$/

/** Receives the rows of a CSV file. */
export interface CsvRows {
  readonly take: (fields: readonly string[], line: number) => void
  readonly hasHeader: () => boolean
  readonly rows: () => number
  /** Returns the number of rows with nothing but separators and blanks. */
  readonly emptyRows: () => number
}

/** Creates a function that hands a row to the table. An AirdropError of the table becomes a fault of the line. */
export function rowTaker(
  { row }: TableShape,
  faults: Faults,
  chainId: number | undefined,
): (fields: readonly string[], line: number) => void {
  return (fields, line) => {
    try {
      const isPlain = chainId === undefined || !fields.some((text) => text.includes(":"))
      row(isPlain ? fields : fields.map((text) => withoutChainPrefix(text, chainId)), line)
    } catch (error) {
      if (!(error instanceof AirdropError)) throw error
      faults.add(line, error.message)
    }
  }
}

/**
 * Creates the receiver of rows. It checks the header, then hands the wanted fields of each row to the table in the
 * table's order.
 */
export function csvRows(table: TableShape, faults: Faults, chainId: number | undefined): CsvRows {
  const { columns, ignore } = table
  const take = rowTaker(table, faults, chainId)
  const positions = columns.filter((column) => typeof column === "number")
  let places: readonly number[] | undefined
  let width = 0
  let isUnreadable = false
  let [rows, emptyRows] = [0, 0]
  const begin = (fields: readonly string[], line: number): void => {
    width = fields.length
    places =
      positions.length > 0
        ? positions.map((position) => position - 1)
        : columns.map((column) => fields.indexOf(String(column)))
    const fault = lineEndFault(fields) ?? separatorFault(fields)
    const found = fault === undefined ? headerFaults(fields, columns, ignore) : [fault]
    for (const text of found) faults.add(Math.max(line, 1), text)
    isUnreadable = fault !== undefined || places.some((place) => place < 0 || place >= width)
  }
  const takeRow = (fields: readonly string[], line: number): void => {
    if (isUnreadable || places === undefined) return
    if (fields.length !== width) {
      const end = lineEndFault(fields)
      faults.add(
        line,
        end ?? `${plural(fields.length, "field")} instead of ${width}: ${quote(fields.join(","))}`,
      )
      return
    }
    rows++
    take(
      places.map((place) => fields[place] ?? ""),
      line,
    )
  }
  return {
    take: (fields, line) => {
      if (fields.every((field) => BLANK.test(field))) {
        emptyRows++
        return
      }
      const isFirst = places === undefined
      if (isFirst) begin(fields, line)
      if (!isFirst || positions.length > 0) takeRow(fields, line)
    },
    hasHeader: () => places !== undefined,
    rows: () => rows,
    emptyRows: () => emptyRows,
  }
}
