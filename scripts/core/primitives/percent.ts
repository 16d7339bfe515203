import { formatAmount } from "./amount.ts"

/** Writes a part of a whole in percent, cut after `digits` decimals: "33.3%". A whole of zero gives "0%". */
export function percent(part: bigint, whole: bigint, digits = 1): string {
  return whole === 0n ? "0%" : `${formatAmount((part * 10n ** BigInt(digits + 2)) / whole, digits)}%`
}

/** Writes a fraction from 0 to 1 in percent, rounded to `digits` decimals. */
export function fractionPercent(fraction: number, digits = 1): string {
  return `${(100 * fraction).toFixed(digits)}%`
}
