/** Writes numbers and times as the reader's language does. Amounts stay exact: they never become floats. */
import { formatAmount } from "../../../scripts/core/primitives/amount.ts"

/** Writes base units as a grouped decimal, with no trailing zeros, in the language's digits and separators. */
export function amountText(language: string, amount: bigint, decimals: number): string {
  const plain = formatAmount(amount, decimals)
  // ECMA-402 takes decimal strings of any length as they are; TypeScript's type says so only for literals.
  return new Intl.NumberFormat(language, { maximumFractionDigits: decimals }).format(plain as `${number}`)
}

/**
 * Writes a plain decimal from a file, grouped, in the language's digits and separators. Returns other text
 * unchanged.
 */
export function numberText(language: string, plain: string): string {
  if (!/^[0-9]+(?:\.[0-9]+)?$/.test(plain)) return plain
  return new Intl.NumberFormat(language, { maximumFractionDigits: 18 }).format(plain as `${number}`)
}

export function countText(language: string, count: number | bigint): string {
  return new Intl.NumberFormat(language).format(count)
}

/** Writes part / whole as a percentage with four significant digits. */
export function percentText(language: string, part: bigint, whole: bigint): string {
  return shareText(language, whole === 0n ? 0 : Number((part * 10n ** 12n) / whole) / 1e12)
}

/** Writes a share between 0 and 1 like {@link percentText}. */
export function shareText(language: string, share: number): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumSignificantDigits: 4 }).format(share)
}

/** Writes a time in Unix seconds as date and minute in the reader's time zone. */
export function timeText(language: string, seconds: bigint | number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(
    Number(seconds) * 1000,
  )
}

export function dateText(language: string, seconds: bigint | number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(Number(seconds) * 1000)
}

/** Splits an address into groups of four characters, for comparing by eye. */
export function groupedAddress(address: string): readonly string[] {
  return address.slice(2).match(/.{4}/g) ?? []
}

/** Returns the first and last characters of an address. The whole address must be shown elsewhere. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 8)}…${address.slice(-6)}`
}
