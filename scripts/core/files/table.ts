/** The name of a column in the header, or its position from 1 in a file without a header. */
export type Column = string | number

/** A file of rows, CSV or JSON, that a source reads. */
export interface Table {
  /** The name of the file beside program.json. */
  readonly file: string
  /** The columns whose fields {@link Table.row} receives, in this order. All are names or all are positions. */
  readonly columns: readonly Column[]
  /** Columns that may be present and are not read. */
  readonly ignore: readonly Column[]
  /** Receives a row. Throws AirdropError for a fault; the reader adds file and line. */
  readonly row: (fields: readonly string[], line: number) => void
}
