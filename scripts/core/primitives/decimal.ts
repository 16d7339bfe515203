import { quote } from "./text.ts"
import { AirdropError } from "./error.ts"

/** An exact decimal number, not negative: digits / 10^scale. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

/** Of the quantities and values of an allocation: a token's or a file's own decimals, and those of the factors. */
export const MOST_VALUE_DECIMALS = 72

const PLAIN = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/

/**
 * Reads a plain decimal such as "1.25" exactly.
 * @param maxScale the most digits after the point
 * @throws AirdropError that quotes the text
 */
export function parseDecimal(text: string, maxScale = 18): Decimal {
  const [, whole, fraction = ""] = PLAIN.exec(text) ?? []
  if (whole === undefined) throw new AirdropError(`${quote(text)} is not a plain decimal number such as 1.25`)
  if (fraction.length > maxScale) {
    throw new AirdropError(`${quote(text)} has ${fraction.length} decimals, at most ${maxScale} are allowed`)
  }
  return { digits: BigInt(whole + fraction), scale: fraction.length }
}

/** The digits of a decimal at a scale that is not below its own: 1.5 at scale 3 is 1500. */
export function atScale({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale)
}

/** Writes a decimal in its shortest form: 1.50 is "1.5". */
export function decimalText({ digits, scale }: Decimal): string {
  if (scale === 0) return digits.toString()
  const text = digits.toString().padStart(scale + 1, "0")
  return `${text.slice(0, -scale)}.${text.slice(-scale)}`.replace(/\.?0+$/, "")
}
