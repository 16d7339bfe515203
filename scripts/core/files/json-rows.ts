/** Takes the rows of a table in JSON. */
import type { Faults } from "./faults.ts"
import { locateJson, parseStrictly } from "../primitives/strict-json.ts"
import { quote } from "../primitives/text.ts"
import { jsonElements } from "./json-elements.ts"
import { rowTaker, type TableShape } from "./table-rows.ts"

/** A row that was parsed, and where it is in the file. */
interface Row {
  readonly value: unknown
  readonly line: number
  readonly text: () => string
}

/**
 * Reads a table in JSON: an array of objects, an object of a text for each account, or in a file whose name has .jsonl
 * one object a line. Keys are the names of columns and values are texts.
 * @param name of the file, which tells the two forms apart
 * @param chainId of the chain whose prefix addresses may have
 * @returns the number of rows
 */
export function takeJsonTable(
  text: string,
  name: string,
  table: TableShape,
  faults: Faults,
  chainId?: number,
): number {
  const take = rowTaker(table, faults, chainId)
  let rows = 0
  const takeFields = (fields: readonly string[], line: number): void => {
    rows++
    take(fields, line)
  }
  if (text.trim() === "") {
    faults.add(undefined, `is empty: it must hold objects with the keys ${table.columns.join(",")}`)
  } else if (/\.jsonl(\.gz)?$/.test(name)) {
    for (const row of rowsOfLines(text, faults)) takeRow(row, table, faults, takeFields)
  } else {
    takeWhole(text, table, faults, takeFields)
  }
  return rows
}

/** Adds a fault and returns false if a table gives columns by position, which JSON does not have. */
export function hasKeys({ columns }: TableShape, faults: Faults): boolean {
  if (!columns.some((column) => typeof column === "number")) return true
  faults.add(undefined, "columns by position are for CSV: name the keys")
  return false
}

function* rowsOfLines(text: string, faults: Faults): Generator<Row> {
  for (const [i, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue
    const parsed = parseStrictly(line)
    if (parsed.fault === undefined) yield { value: parsed.value, line: i + 1, text: () => line }
    else faults.add(i + 1, `a row must be one object on one line, and this ${parsed.fault.text}`)
  }
}

type TakeFields = (fields: readonly string[], line: number) => void

function takeWhole(text: string, table: TableShape, faults: Faults, take: TakeFields): void {
  const parsed = parseStrictly(text)
  if (parsed.fault !== undefined) {
    faults.add(parsed.fault.line, parsed.fault.text)
    return
  }
  const { value } = parsed
  const { columns } = table
  if (Array.isArray(value)) {
    const elements = jsonElements(text)
    for (const [i, one] of value.entries()) {
      const { line = 1, start = 0, end = 0 } = elements[i] ?? {}
      takeRow({ value: one, line, text: () => text.slice(start, end) }, table, faults, take)
    }
  } else if (
    typeof value === "object" &&
    value !== null &&
    columns.some((column) => Object.hasOwn(value, column))
  ) {
    faults.add(1, "is a single row: put it into an array")
  } else if (typeof value === "object" && value !== null && columns.length === 2) {
    for (const { key = "", line } of jsonElements(text)) {
      const one = (value as Readonly<Record<string, unknown>>)[key]
      if (typeof one === "string") take([key, one], line)
      else faults.add(line, valueFault(key, one))
    }
  } else {
    faults.add(1, `must be an array of objects with the keys ${columns.join(",")}`)
  }
}

/**
 * Checks a row strictly: the wanted keys with texts, and no others but those to be ignored, which may hold any single
 * value.
 */
function takeRow(row: Row, { columns, ignore }: TableShape, faults: Faults, take: TakeFields): void {
  const { value, line, text } = row
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    faults.add(line, `a row must be an object with the keys ${columns.join(",")}`)
    return
  }
  const fields = value as Readonly<Record<string, unknown>>
  const keys = `a row must have the keys ${columns.join(",")}`
  const wrong = Object.entries(fields).flatMap(([key, one]) => {
    const isColumn = columns.includes(key)
    if (!isColumn && !ignore.includes(key))
      return [[key, `key ${quote(key)} is not expected: ${keys}`] as const]
    if (typeof one === "string" || (!isColumn && (typeof one !== "object" || one === null))) return []
    return [[key, valueFault(key, one)] as const]
  })
  const missing = columns.filter((column) => !Object.hasOwn(fields, column))
  if (wrong.length === 0 && missing.length === 0) {
    take(
      columns.map((column) => String(fields[column])),
      line,
    )
    return
  }
  const located = wrong.length === 0 ? undefined : locateJson(text())
  for (const [key, fault] of wrong) faults.add(line - 1 + (located?.lineOf([key]) ?? 1), fault)
  for (const column of missing) faults.add(line, `no key ${quote(String(column))}: ${keys}`)
}

function valueFault(key: string, value: unknown): string {
  if (typeof value === "number")
    return `${quote(key)} is a number: write it in quotes, as numbers lose digits`
  if (typeof value === "object" && value !== null) return `${quote(key)} is nested: a row is flat`
  return `${quote(key)} is ${String(value)}: it must be a text in quotes`
}
