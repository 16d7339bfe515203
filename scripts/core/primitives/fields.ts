import { z } from "zod"
import { parseAddress, type Address } from "./address.ts"
import { parseAmount } from "./amount.ts"
import { quote } from "./text.ts"
import { parseDecimal, type Decimal } from "./decimal.ts"
import { AirdropError } from "./error.ts"

/** Zod types of the fields that JSON files share: strict text in, the types used inside out. */

// A field that is not there is missing; zod would say it received "undefined".
z.config({
  customError: ({ code, input }) =>
    code === "invalid_type" && input === undefined ? "is missing" : undefined,
})

/** Makes a zod type of a function that reads text or throws AirdropError. */
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

/** A decimal string of the token, as base units. */
export function amountField(decimals: number): z.ZodType<bigint> {
  return textField((text) => parseAmount(text, decimals))
}

export const decimalField: z.ZodType<Decimal> = textField((text) => parseDecimal(text))

const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

/** A moment such as "2025-11-21T00:00:00Z", always UTC. */
export const timeField: z.ZodType<Date> = textField(parseTime)

/**
 * Reads a moment in UTC, to the second.
 * @throws AirdropError that quotes the text
 */
export function parseTime(text: string): Date {
  const time = new Date(text)
  if (!UTC.test(text) || Number.isNaN(time.getTime()) || time.toISOString() !== text.replace("Z", ".000Z")) {
    throw new AirdropError(`${quote(text)} is not a time in UTC such as 2025-11-21T00:00:00Z`)
  }
  return time
}

/** The name of a file beside program.json: no folder, no way out. */
export const fileField: z.ZodType<string> = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "must be the name of a file beside program.json")
