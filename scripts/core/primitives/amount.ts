import { AirdropError } from "./error.ts"
import { quote } from "./text.ts"

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

/**
 * An amount for the eye: cut after two decimals, and one below a hundredth after its first three digits. What is
 * exact stands in allocation.json.
 */
export function cutAmount(amount: bigint, decimals: number): string {
  const digits = amount.toString().length
  const kept = amount > 0n && digits <= decimals - 2 ? decimals - digits + 3 : 2
  return decimals <= kept
    ? humanAmount(amount, decimals)
    : humanAmount(amount / 10n ** BigInt(decimals - kept), kept)
}

/** A count with its thousands grouped, as amounts have them. */
export function groupedCount(count: number): string {
  return humanAmount(BigInt(count), 0)
}
