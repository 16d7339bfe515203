/** Numbers and times as the reader's language writes them. Amounts stay exact: they are never made floats. */
import { formatAmount } from "../../../scripts/core/primitives/amount.ts"

/** Base units as a grouped decimal without trailing zeros, in the digits and separators of the language. */
export function amountText(language: string, amount: bigint, decimals: number): string {
  const plain = formatAmount(amount, decimals)
  // ECMA-402 takes decimal strings of any length as they are; TypeScript's type says so only for literals.
  return new Intl.NumberFormat(language, { maximumFractionDigits: decimals }).format(plain as `${number}`)
}

/** A plain decimal from a file, grouped, in the digits and separators of the language; other text stays. */
export function numberText(language: string, plain: string): string {
  if (!/^[0-9]+(?:\.[0-9]+)?$/.test(plain)) return plain
  return new Intl.NumberFormat(language, { maximumFractionDigits: 18 }).format(plain as `${number}`)
}

export function countText(language: string, count: number | bigint): string {
  return new Intl.NumberFormat(language).format(count)
}

/** A share between 0 and 1 with four significant digits. */
export function percentText(language: string, part: bigint, whole: bigint): string {
  return shareText(language, whole === 0n ? 0 : Number((part * 10n ** 12n) / whole) / 1e12)
}

/** As {@link percentText} for a share between 0 and 1. */
export function shareText(language: string, share: number): string {
  return new Intl.NumberFormat(language, { style: "percent", maximumSignificantDigits: 4 }).format(share)
}

/** A time in Unix seconds, by date and minute in the reader's own zone. */
export function timeText(language: string, seconds: bigint | number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(
    Number(seconds) * 1000,
  )
}

export function dateText(language: string, seconds: bigint | number): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(Number(seconds) * 1000)
}

/** An address in groups of four, for comparing by eye. */
export function groupedAddress(address: string): readonly string[] {
  return address.slice(2).match(/.{4}/g) ?? []
}

/** The first and last characters, where the whole stands elsewhere. */
export function shortAddress(address: string): string {
  return `${address.slice(0, 8)}…${address.slice(-6)}`
}
