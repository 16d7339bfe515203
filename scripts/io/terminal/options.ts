/** Readers of values on the command line. A wrong value fails in one line, before anything is read or asked. */
import { InvalidArgumentError } from "commander"
import { parseAmount } from "../../core/primitives/amount.ts"
import { AirdropError } from "../../core/primitives/error.ts"

/** Turns a reader that throws AirdropError into one for commander, which names the option. */
export function argument<Value>(read: (text: string) => Value): (text: string) => Value {
  return (text) => {
    try {
      return read(text)
    } catch (error) {
      if (!(error instanceof AirdropError)) throw error
      throw new InvalidArgumentError(error.message)
    }
  }
}

/** Creates a reader of whole numbers in plain digits, both ends included. */
export function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = /^(0|[1-9][0-9]*)$/.test(text) ? Number(text) : Number.NaN
    if (number >= least && number <= most) return number
    throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}`)
  }
}

/** Reads a whole number above zero. */
export function wholeNumber(text: string): number {
  const number = /^[1-9][0-9]*$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  throw new InvalidArgumentError("must be a whole number above zero")
}

/** Reads the path of a file or a folder. */
export function filePath(text: string): string {
  if (text.trim() !== "") return text
  throw new InvalidArgumentError("must be a path, not an empty text")
}

/** The number of a block. */
export const blockNumber = between(0, Number.MAX_SAFE_INTEGER)

export const port = between(0, 65_535)

/** Reads a number of seconds, and returns milliseconds. */
export function seconds(text: string): number {
  if (/^[0-9]{1,6}(\.[0-9]{1,3})?$/.test(text)) return Math.round(Number(text) * 1000)
  throw new InvalidArgumentError("must be a number of seconds such as 30 or 0.5")
}

/** Reads a price of gas in gwei, and returns wei. */
export function gwei(text: string): bigint {
  if (/^(0|[1-9][0-9]*)(\.[0-9]{1,9})?$/.test(text) && /[1-9]/.test(text)) return parseAmount(text, 9)
  throw new InvalidArgumentError("must be a number of gwei above zero such as 0.02, with up to 9 decimals")
}
