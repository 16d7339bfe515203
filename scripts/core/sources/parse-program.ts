import { z } from "zod"
import { schemaError } from "../files/by-schema.ts"
import type { ParsedJson } from "../files/parsed-json.ts"
import type { Program } from "../program/program.ts"
import { programSchema, tokenSchema } from "./program-schema.ts"

/**
 * Reads the content of program.json.
 * @param file its name for error lines
 * @throws AirdropError with `file:line: field: fault` for each fault
 */
export function parseProgram(json: ParsedJson, file: string): Program {
  // Amounts can only be read once the token's decimals are known.
  const token = z.looseObject({ token: tokenSchema }).safeParse(json.value)
  const parsed = programSchema(token.data?.token.decimals ?? 18).safeParse(json.value)
  if (!token.success) throw schemaError(token.error, json, file)
  if (!parsed.success) throw schemaError(parsed.error, json, file)
  return parsed.data
}
