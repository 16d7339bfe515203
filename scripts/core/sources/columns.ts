import { z } from "zod"

const column = z.string().min(1)

/** Settings that say which columns of a CSV file are read: by their own names unless others are given. */
export function columnsField<Name extends string>(
  ...names: readonly Name[]
): z.ZodType<Readonly<Record<Name, string>>> {
  const shape = Object.fromEntries(names.map((name) => [name, column.default(name)]))
  return z.strictObject(shape).prefault({}) as unknown as z.ZodType<Readonly<Record<Name, string>>>
}

/** Columns that may be in a file and are not read. */
export const ignoreField: z.ZodType<readonly string[]> = z.array(column).default([])
