/** A file of rows that a source reads, CSV or JSON. Rows are handed over as they are read, so that no file is held whole. */
export interface Table {
  /** Beside program.json. */
  readonly file: string
  /** The columns whose fields {@link Table.row} gets, in this order. */
  readonly columns: readonly string[]
  /** Columns that may be there and are not read. */
  readonly ignore: readonly string[]
  /** Takes a row. Throws AirdropError for a fault; the reader adds file and line. */
  readonly row: (fields: readonly string[], line: number) => void
}
