/**
 * Reads JSON that somebody else may have written. By hand and not with a schema library, because the claim page
 * reads the published files with this and must stay small. `what` names the place in error lines.
 */
import { parseAddress, type Address } from "./address.ts"
import { AirdropError } from "./error.ts"
import { fromHex, type Hex } from "./bytes.ts"

/** A file that claims more would have amounts written out at any length. */
const MOST_DECIMALS = 36
/** No contract holds a larger number: 2^256 has as many. */
const MOST_DIGITS = 78

export type JsonObject = Readonly<Record<string, unknown>>

const WHOLE = /^(0|[1-9][0-9]*)$/

/** @throws AirdropError if the text is not JSON */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AirdropError(`${what} is not JSON`, { cause })
  }
}

/** @throws AirdropError if the value is not an object */
export function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(what, "an object")
  return { ...value }
}

/** @throws AirdropError if the value is not an array */
export function arrayOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(what, "an array")
  return value
}

/** @throws AirdropError if the value is not a string */
export function textOf(value: unknown, what: string): string {
  if (typeof value !== "string") throw wrong(what, "a text")
  return value
}

/** A whole number from zero up. @throws AirdropError if it is not one */
export function countOf(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0)
    throw wrong(what, "a whole number")
  return value
}

/** As many decimals as a program's token may have. @throws AirdropError if it is no such number */
export function decimalsOf(value: unknown, what: string): number {
  const decimals = countOf(value, what)
  if (decimals > MOST_DECIMALS) throw wrong(what, `at most ${MOST_DECIMALS}`)
  return decimals
}

/** Base units as a decimal string. @throws AirdropError if it is not one */
export function unitsOf(value: unknown, what: string): bigint {
  const text = textOf(value, what)
  if (text.length > MOST_DIGITS || !WHOLE.test(text)) throw wrong(what, "a whole number of base units")
  return BigInt(text)
}

/** 0x and digits, of so many bytes. @throws AirdropError if it is not */
export function hexOf(value: unknown, bytes: number, what: string): Hex {
  const text = textOf(value, what)
  const wanted = `${bytes} bytes as 0x and lower-case digits`
  if (text !== text.toLowerCase()) throw wrong(what, wanted)
  try {
    fromHex(text, bytes)
  } catch (cause) {
    throw wrong(what, wanted, cause)
  }
  return text as Hex
}

/** A checksummed or lower-case address. @throws AirdropError if it is not one */
export function addressOf(value: unknown, what: string): Address {
  try {
    return parseAddress(textOf(value, what))
  } catch (cause) {
    throw wrong(what, "an address", cause)
  }
}

/** Hashes of 32 bytes, such as a proof. @throws AirdropError if one is not */
export function hashesOf(value: unknown, what: string): Hex[] {
  return arrayOf(value, what).map((hash, i) => hexOf(hash, 32, `${what}[${i}]`))
}

/** One of a few words. @throws AirdropError if it is another */
export function wordOf<Word extends string>(value: unknown, words: readonly Word[], what: string): Word {
  const word = words.find((one) => one === value)
  if (word === undefined) throw wrong(what, words.map((one) => `"${one}"`).join(" or "))
  return word
}

function wrong(what: string, expected: string, cause?: unknown): AirdropError {
  return new AirdropError(`${what} is not ${expected}`, { cause })
}
