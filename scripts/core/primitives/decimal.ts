import { AirdropError } from "./error.ts"
import { quote } from "./text.ts"

/** An exact decimal number from zero up: digits / 10^scale. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

/**
 * The most decimals of quantities and values in an allocation: those of a token or file, plus those of the
 * factors.
 */
export const MOST_VALUE_DECIMALS = 72

/** The most digits of a number: as many as 2^256, the bound of every number in a contract. */
export const MOST_DIGITS = 78
const PLAIN = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/

/**
 * Reads a plain decimal such as "1.25" exactly. Signs, exponents, separators, hex, leading zeros and blanks are
 * refused, because each of them has caused wrong payments elsewhere. Trailing zeros after the point are accepted
 * and change nothing.
 * @param maxScale the most decimals, trailing zeros not counted
 * @param limit names the owner of that limit in the error
 * @throws AirdropError that quotes the text
 */
export function parseDecimal(text: string, maxScale = 18, limit = "at most"): Decimal {
  const [, whole, written = ""] = PLAIN.exec(text) ?? []
  if (whole === undefined) {
    throw new AirdropError(`${quote(text)} is not a plain decimal number such as 1234.5`, {
      code: "invalid-amount",
    })
  }
  const fraction = written.length > maxScale ? written.replace(/0+$/, "").padEnd(maxScale, "0") : written
  if (fraction.length > maxScale) {
    throw new AirdropError(`${quote(text)} has ${fraction.length} decimals, ${limit} ${maxScale}`, {
      code: "invalid-amount",
    })
  }
  if (whole.length > MOST_DIGITS) {
    throw new AirdropError(
      `${quote(text)} has ${whole.length} digits before the point, more than any amount`,
      { code: "invalid-amount" },
    )
  }
  return { digits: BigInt(whole + fraction), scale: fraction.length }
}

/** Returns the digits of a decimal at a scale that is at least its own: 1.5 at scale 3 is 1500. */
export function atScale({ digits, scale }: Decimal, wanted: number): bigint {
  return digits * 10n ** BigInt(wanted - scale)
}

/** Writes a decimal in its shortest form: 1.50 is "1.5". */
export function decimalText({ digits, scale }: Decimal): string {
  if (scale === 0) return digits.toString()
  const text = digits.toString().padStart(scale + 1, "0")
  return `${text.slice(0, -scale)}.${text.slice(-scale)}`.replace(/\.?0+$/, "")
}
