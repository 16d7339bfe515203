import { AirdropError } from "./error.ts"

/** No contract holds a larger number than 2^256, which has as many digits. */
const MOST_DIGITS = 78
const PLAIN_DECIMAL = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/

/**
 * Reads a plain decimal ("1234.5") as base units of a token. No sign, exponent, separator, hex, leading zero
 * or blank is accepted, nor more decimals than the token has: each of those has paid out wrong amounts before.
 * @param limit whose the decimals are, for the error line
 * @throws AirdropError that quotes the text
 */
export function parseAmount(text: string, decimals: number, limit = "the token has"): bigint {
  const [, whole, fraction = ""] = PLAIN_DECIMAL.exec(text) ?? []
  if (whole === undefined) {
    throw new AirdropError(`${quote(text)} is not a plain decimal number such as 1234.5`)
  }
  if (fraction.length > decimals) {
    throw new AirdropError(`${quote(text)} has ${fraction.length} decimals, ${limit} ${decimals}`)
  }
  if (whole.length > MOST_DIGITS) {
    throw new AirdropError(`${quote(text)} has ${whole.length} digits before the point, more than any amount`)
  }
  return BigInt(whole + fraction.padEnd(decimals, "0"))
}

/** Writes base units as a plain decimal with all of the token's decimals: 1500000000n, 9 is "1.500000000". */
export function formatAmount(amount: bigint, decimals: number): string {
  const digits = amount.toString().padStart(decimals + 1, "0")
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** As {@link formatAmount} for reading: thousands grouped, trailing zeros dropped, "1,500.5". */
export function humanAmount(amount: bigint, decimals: number): string {
  const [whole = "", fraction = ""] = formatAmount(amount, decimals).split(".")
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",")
  const trimmed = fraction.replace(/0+$/, "")
  return trimmed === "" ? grouped : `${grouped}.${trimmed}`
}

/** Quotes a value from a file for an error line: bounded, and with what a terminal would act on made visible. */
export function quote(text: string): string {
  return visible(JSON.stringify(shortened(text, 80)))
}

/** Cuts a text to so many characters, and says that it did. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text
}

/** Writes control characters, and those that turn or hide text, as escapes: a file must not speak to a terminal. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
