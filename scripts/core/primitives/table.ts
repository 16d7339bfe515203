/** The name of a column in the header, or its position from 1 in a file without a header. */
export type Column = string | number

/** A file of rows that a source reads, CSV or JSON. */
export interface Table {
  /** Beside program.json. */
  readonly file: string
  /** The columns whose fields {@link Table.row} gets, in this order. All are names or all are positions. */
  readonly columns: readonly Column[]
  /** Columns that may be there and are not read. */
  readonly ignore: readonly Column[]
  /** Takes a row. Throws AirdropError for a fault; the reader adds file and line. */
  readonly row: (fields: readonly string[], line: number) => void
}
