import type { z } from "zod"
import type { AirdropError } from "../../core/primitives/error.ts"
import { issueText } from "../../core/primitives/fields.ts"
import { faultsOf } from "./faults.ts"
import { shownPath } from "./paths.ts"
import type { ParsedJson } from "./read-json.ts"

/**
 * Checks a JSON file against a schema.
 * @param path of the file, for error lines
 * @param nameOf returns the name of a field; its keys if undefined
 * @throws AirdropError with `file:line: field: fault` for each fault
 */
export function readBySchema<Value>(
  schema: z.ZodType<Value>,
  json: ParsedJson,
  path: string,
  hint?: string,
  nameOf?: (path: readonly PropertyKey[]) => string,
): Value {
  const result = schema.safeParse(json.value)
  if (result.success) return result.data
  throw schemaError(result.error, json, path, hint, nameOf)
}

/** Returns the error with `file:line: field: fault` for each fault that a schema found in a JSON file. */
export function schemaError(
  { issues }: z.ZodError,
  { lineOf, value }: ParsedJson,
  path: string,
  hint?: string,
  nameOf?: (path: readonly PropertyKey[]) => string,
): AirdropError {
  const faults = faultsOf(shownPath(path))
  for (const issue of issues) faults.add(lineOf(issue.path), issueText(issue, value, nameOf))
  return faults.error(hint)
}
