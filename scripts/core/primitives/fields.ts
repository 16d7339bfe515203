import { z } from "zod"
import { parseAddress, type Address } from "./address.ts"
import { parseAmount } from "./amount.ts"
import { quote } from "./text.ts"
import { parseDecimal, type Decimal } from "./decimal.ts"
import type { Hex } from "./bytes.ts"
import { AirdropError } from "./error.ts"
import { parseStrictly } from "./strict-json.ts"

/** Zod types of the fields that JSON files share: strict text in, the types used inside out. */

const KINDS: Readonly<Record<string, string>> = {
  string: "a text in quotes",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
}

// Zod's own words name its types; a field that is not there is missing, and zod would say it received "undefined".
z.config({
  customError: (issue) =>
    issue.code !== "invalid_type"
      ? undefined
      : issue.input === undefined
        ? "is missing"
        : `must be ${KINDS[issue.expected] ?? issue.expected}`,
})

/**
 * Writes the fault that a schema found as `field: fault`, with the value that has it.
 * @param root the value that was checked
 * @param nameOf how a field is named; by its keys if undefined
 */
export function issueText(
  { path, message }: z.core.$ZodIssue,
  root: unknown,
  nameOf: (path: readonly PropertyKey[]) => string = (keys) => keys.map(String).join("."),
): string {
  const fault = withValue(message, valueAt(root, path))
  return path.length === 0 ? fault : `${nameOf(path)}: ${fault}`
}

function withValue(message: string, value: unknown): string {
  if (value === undefined) return message
  const isNested = typeof value === "object" && value !== null
  const shown = isNested ? (Array.isArray(value) ? "a list" : "an object") : quotedValue(value)
  if (message.includes(shown)) return message
  if (/^(is|has|does|cannot|comes) /.test(message)) return isNested ? message : `${shown} ${message}`
  return isNested && !message.startsWith("must be ") ? message : `${message}, not ${shown}`
}

function quotedValue(value: unknown): string {
  return typeof value === "string" ? quote(value) : String(value)
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

/** Creates a zod type from a function that reads text or throws AirdropError. */
function textField<Value>(read: (text: string) => Value): z.ZodType<Value> {
  return z.string().transform((text, context) => {
    try {
      return read(text)
    } catch (error) {
      if (!(error instanceof AirdropError)) throw error
      context.addIssue({ code: "custom", message: error.message })
      return z.NEVER
    }
  })
}

export const addressField: z.ZodType<Address> = textField(parseAddress)

/** Creates the field of an amount: a decimal string of the token, read as base units. */
export function amountField(decimals: number): z.ZodType<bigint> {
  return textField((text) => parseAmount(text, decimals))
}

export const decimalField: z.ZodType<Decimal> = textField((text) => parseDecimal(text))

/** A whole number in decimal digits, kept as text, because numbers of a contract exceed those of JSON. */
export const wholeField = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,77})$/, "is not a whole number in decimal digits")

/** A whole number in decimal digits, as a bigint. */
export const bigintField = wholeField.transform((text) => BigInt(text))

/** A hash of 32 bytes: 0x and 64 lower-case digits. */
export const hash32Field = z
  .string()
  .regex(/^0x[0-9a-f]{64}$/, "is not 0x and 64 lower-case hex digits")
  .transform((text) => text as Hex)

/** Bytes: 0x and pairs of digits of either case. */
export const hexField = z
  .string()
  .regex(/^0x(?:[0-9a-fA-F]{2})*$/, "is not 0x and pairs of hex digits")
  .transform((text) => text as Hex)

/** The SHA-256 of a file: 64 lower-case digits without 0x. */
export const sha256Field = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in hex")

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** A time such as "2025-11-21T00:00:00Z", always UTC, from 1970 on. */
export const timeField: z.ZodType<Date> = textField(parseTime)

/**
 * Reads a time in UTC, to the second.
 * @throws AirdropError that quotes the text
 */
export function parseTime(text: string): Date {
  const time = new Date(text)
  // A day or an hour that there is not becomes another one: 29 February, or 24:00. Other numbers make no time.
  const isSame =
    time.getUTCDate() === Number(text.slice(8, 10)) && time.getUTCHours() === Number(text.slice(11, 13))
  if (!UTC.test(text) || Number.isNaN(time.getTime()) || !isSame) {
    throw new AirdropError(`${quote(text)} is not a time in UTC such as 2025-11-21T00:00:00Z`, {
      code: "invalid-value",
    })
  }
  if (time.getTime() < 0)
    throw new AirdropError(`${quote(text)} is before 1970, where times of a chain begin`, {
      code: "invalid-value",
    })
  return time
}

/** The name of a file beside program.json, with no folder in it. */
export const fileField: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "must be the name of a file beside program.json")

/**
 * Reads one line of a JSON Lines file.
 * @throws AirdropError `file-format` that names the field and quotes its value
 */
export function parseJsonLine<Fields>(schema: z.ZodType<Fields>, text: string): Fields {
  const parsed = parseStrictly(text)
  if (parsed.fault !== undefined) throw new AirdropError(parsed.fault.text, { code: "file-format" })
  const result = schema.safeParse(parsed.value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const fault = issue === undefined ? "has another form than is expected" : issueText(issue, parsed.value)
  throw new AirdropError(fault, { code: "file-format" })
}
