/** Finds faults in the first line of a CSV file, in words that say how to mend them. */
import { plural } from "../primitives/plural.ts"
import { quote } from "../primitives/text.ts"
import type { Column } from "./table.ts"

export const LINE_ENDS = "line ends must be LF or CRLF, and here is a CR alone"
const VALUE = /^(0[xX][0-9a-fA-F]{40}|[0-9]+(\.[0-9]+)?)$/

/** Returns the fault of a carriage return in fields, or undefined without one. */
export function lineEndFault(fields: readonly string[]): string | undefined {
  return fields.some((field) => field.includes("\r")) ? LINE_ENDS : undefined
}

/** Returns the fault of a first line with another separator than the comma; undefined if it has none. */
export function separatorFault(fields: readonly string[]): string | undefined {
  const [first = ""] = fields
  if (/^sep=/i.test(first)) {
    return `${quote(fields.join(","))} is an instruction for Excel: remove this line, and separate fields by commas`
  }
  if (fields.length > 1 && !fields.some((field) => field.includes(";"))) return undefined
  for (const [separator, name] of [
    [";", "semicolons"],
    ["\t", "tabs"],
    ["|", "bars"],
  ] as const) {
    if (!first.includes(separator)) continue
    return `the fields are separated by ${name}: save the table with commas between fields and points in numbers`
  }
  return undefined
}

/** Returns the faults of the first line: of the header, or of its fields if columns are given by position. */
export function headerFaults(
  fields: readonly string[],
  columns: readonly Column[],
  ignore: readonly Column[],
): string[] {
  if (columns.some((column) => typeof column === "number")) return positionFaults(fields, columns, ignore)
  const shown = quote(fields.join(","))
  if (fields.some((field) => VALUE.test(field)) && !fields.some((field) => columns.includes(field))) {
    const positions = columns.map((column, i) => `"${column}": ${i + 1}`).join(", ")
    return [
      `the first line ${shown} is no header: add the line ${columns.join(",")} before it, or give positions in program.json, as in "columns": { ${positions} }`,
    ]
  }
  const alike = fields.filter(
    (field) => !columns.includes(field) && columns.some((column) => isAlike(column, field)),
  )
  if (
    alike.length > 0 &&
    fields.every((field) => alike.includes(field) || [...columns, ...ignore].includes(field))
  ) {
    const names = plural(alike.length, "name")
    return [`the header ${shown} has ${names} with other blanks or letter case: write ${columns.join(",")}`]
  }
  return [
    ...columns
      .filter((column) => !fields.includes(String(column)))
      .map((column) => `no column ${quote(String(column))} in the header ${shown}`),
    ...fields
      .filter((field) => !columns.includes(field) && !ignore.includes(field))
      .map((field) => `column ${quote(field)} is not expected: the header must be ${columns.join(",")}`),
    ...fields
      .filter((field, i) => fields.indexOf(field) !== i)
      .map((field) => `column ${quote(field)} comes twice in the header`),
  ]
}

/** Returns true if two names differ in blanks, invisible characters and letter case alone. */
function isAlike(column: Column, field: string): boolean {
  const plain = (name: string): string => name.replace(/[\s\p{Cc}\p{Cf}]/gu, "").toLowerCase()
  return plain(String(column)) === plain(field)
}

/**
 * Returns the faults of a first line without a header. Every field must be a column or an ignored one, so that no
 * shifted file is read.
 */
function positionFaults(
  fields: readonly string[],
  columns: readonly Column[],
  ignore: readonly Column[],
): string[] {
  const known = new Set([...columns, ...ignore])
  const missing = [...known].filter((position) => Number(position) > fields.length)
  const other = fields.flatMap((_, i) => (known.has(i + 1) ? [] : i + 1))
  return [
    ...missing.map((position) => `there is no column ${position} among ${fields.length}`),
    ...other.map(
      (position) => `column ${position} is not expected: give its position in "ignore" to leave it out`,
    ),
  ]
}
