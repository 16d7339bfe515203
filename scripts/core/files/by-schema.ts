import type { z } from "zod"
import type { AirdropError } from "../primitives/error.ts"
import { faultsOf } from "./faults.ts"
import { issueText } from "../primitives/fields.ts"
import type { ParsedJson } from "./parsed-json.ts"

/**
 * Checks a JSON file against a schema.
 * @param file its name for error lines
 * @param nameOf returns the name of a field; its keys if undefined
 * @throws AirdropError with `file:line: field: fault` for each fault
 */
export function readBySchema<Value>(
  schema: z.ZodType<Value>,
  json: ParsedJson,
  file: string,
  hint?: string,
  nameOf?: (path: readonly PropertyKey[]) => string,
): Value {
  const result = schema.safeParse(json.value)
  if (result.success) return result.data
  throw schemaError(result.error, json, file, hint, nameOf)
}

/** Returns the error with `file:line: field: fault` for each fault that a schema found in a JSON file. */
export function schemaError(
  { issues }: z.ZodError,
  { lineOf, value }: ParsedJson,
  file: string,
  hint?: string,
  nameOf?: (path: readonly PropertyKey[]) => string,
): AirdropError {
  const faults = faultsOf(file)
  for (const issue of issues) faults.add(lineOf(issue.path), issueText(issue, value, nameOf))
  return faults.error(hint)
}
