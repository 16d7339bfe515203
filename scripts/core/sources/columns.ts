import { z } from "zod"
import type { Column } from "../files/table.ts"

const column = z.union([z.string().min(1), z.int().min(1).max(1000)])

/**
 * Creates the setting of a table's columns: by their own names unless others are given. A CSV file without a header
 * has all of them by position, from 1.
 */
export function columnsField<Name extends string>(
  ...names: readonly Name[]
): z.ZodType<Readonly<Record<Name, Column>>> {
  const shape = Object.fromEntries(names.map((name) => [name, column.default(name)]))
  return z
    .strictObject(shape)
    .prefault({})
    .refine((columns) => new Set(Object.values(columns).map((one) => typeof one)).size <= 1, {
      error: `must give all of ${names.join(", ")} by position, or none`,
    }) as unknown as z.ZodType<Readonly<Record<Name, Column>>>
}

/** Columns that may be in a file and are not read. */
export const ignoreField: z.ZodType<readonly Column[]> = z.array(column).default([])
