/**
 * Reads untrusted JSON. It uses no schema library, because the claim page reads the published files with it and
 * must stay small. `what` names the field in errors.
 */
import { parseAddress, type Address } from "./address.ts"
import { AirdropError } from "./error.ts"
import { fromHex, type Hex } from "./bytes.ts"
import { MOST_DIGITS } from "./decimal.ts"
import { quote, shortened, visible } from "./text.ts"
import { MAX_UINT256 } from "./words.ts"

/** The most decimals of a token. More would let a file make amounts of any length. */
const MOST_DECIMALS = 36

export type JsonObject = Readonly<Record<string, unknown>>

const WHOLE = /^(0|[1-9][0-9]*)$/

/** Parses JSON. @throws AirdropError if the text is not JSON */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AirdropError(`${what} is not JSON`, { code: "file-format", cause })
  }
}

/** Reads an object. @throws AirdropError if the value is not an object */
export function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(what, "an object", value)
  return { ...value }
}

/** Reads an array. @throws AirdropError if the value is not an array */
export function arrayOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(what, "an array", value)
  return value
}

/** Reads a string. @throws AirdropError if the value is not a string */
export function textOf(value: unknown, what: string): string {
  if (typeof value !== "string") throw wrong(what, "a text", value)
  return value
}

/** Reads a whole number from zero up. @throws AirdropError if it is not one */
export function countOf(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw wrong(what, "a whole number", value)
  return value
}

/** Reads a number of decimals that a program's token may have. @throws AirdropError if it is no such number */
export function decimalsOf(value: unknown, what: string): number {
  const decimals = countOf(value, what)
  if (decimals > MOST_DECIMALS) throw wrong(what, `at most ${MOST_DECIMALS}`, value)
  return decimals
}

/** Reads base units as a decimal string. @throws AirdropError if it is not one */
export function unitsOf(value: unknown, what: string): bigint {
  const text = textOf(value, what)
  const units = text.length <= MOST_DIGITS && WHOLE.test(text) ? BigInt(text) : undefined
  if (units === undefined || units > MAX_UINT256) throw wrong(what, "a whole number of base units", value)
  return units
}

/** Reads 0x and pairs of hex digits of either case, at least one pair. @throws AirdropError if it is not */
export function bytesOf(value: unknown, what: string): Hex {
  const text = textOf(value, what)
  if (!/^0x(?:[0-9a-fA-F]{2})+$/.test(text)) throw wrong(what, "0x and pairs of hex digits", value)
  return text as Hex
}

/** Reads 0x and the digits of exactly `bytes` bytes. @throws AirdropError if the value is something else */
export function hexOf(value: unknown, bytes: number, what: string): Hex {
  const text = textOf(value, what)
  const wanted = `${bytes} bytes as 0x and lower-case digits`
  if (text !== text.toLowerCase()) throw wrong(what, wanted, value)
  try {
    fromHex(text, bytes)
  } catch (cause) {
    throw wrong(what, wanted, value, cause)
  }
  return text as Hex
}

/** Reads a checksummed or lower-case address. @throws AirdropError if it is not one */
export function addressOf(value: unknown, what: string): Address {
  try {
    return parseAddress(textOf(value, what))
  } catch (cause) {
    throw wrong(what, "an address", value, cause)
  }
}

/** Reads hashes of 32 bytes, such as a proof. @throws AirdropError if one is not */
export function hashesOf(value: unknown, what: string): Hex[] {
  return arrayOf(value, what).map((hash, i) => hexOf(hash, 32, `${what}[${i}]`))
}

/** Reads one of the given words. @throws AirdropError if it is another */
export function wordOf<Word extends string>(value: unknown, words: readonly Word[], what: string): Word {
  const word = words.find((one) => one === value)
  if (word === undefined) throw wrong(what, words.map((one) => `"${one}"`).join(" or "), value)
  return word
}

/** Throws AirdropError if the object has a key besides those named. */
export function refuseOtherKeys(object: JsonObject, keys: readonly string[], what: string): void {
  const other = Object.keys(object).find((key) => !keys.includes(key))
  if (other === undefined) return
  throw new AirdropError(`${what}: key ${quote(other)} is not expected`, { code: "file-format" })
}

function wrong(what: string, expected: string, value: unknown, cause?: unknown): AirdropError {
  const shown = value === undefined ? "it is missing" : visible(shortened(JSON.stringify(value), 80))
  return new AirdropError(`${what} is not ${expected}: ${shown}`, { code: "file-format", cause })
}
