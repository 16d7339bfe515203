import { atScale, parseDecimal } from "./decimal.ts"

/** The largest amount that one account can be paid, in base units: push batches store an amount in 96 bits. */
export const MOST_PAYABLE = (1n << 96n) - 1n

/**
 * Reads a plain decimal ("1234.5") as base units of a token, as {@link parseDecimal} does.
 * @param limit names the owner of the decimals in the error
 * @throws AirdropError that quotes the text
 */
export function parseAmount(text: string, decimals: number, limit = "the token has"): bigint {
  return atScale(parseDecimal(text, decimals, limit), decimals)
}

/** Writes base units as a plain decimal with all of the token's decimals: 1500000000n, 9 is "1.500000000". */
export function formatAmount(amount: bigint, decimals: number): string {
  const digits = amount.toString().padStart(decimals + 1, "0")
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** Writes an amount like {@link formatAmount} with grouped thousands and no trailing zeros: "1,500.5". */
export function humanAmount(amount: bigint, decimals: number): string {
  const [whole = "", fraction = ""] = formatAmount(amount, decimals).split(".")
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",")
  const trimmed = fraction.replace(/0+$/, "")
  return trimmed === "" ? grouped : `${grouped}.${trimmed}`
}

/**
 * Writes an amount for reading: cut after two decimals, or after the first three digits of an amount below 1.
 * Every figure is off by at most a hundredth of itself. The exact amount is in allocation.json.
 */
export function cutAmount(amount: bigint, decimals: number): string {
  const digits = amount.toString().length
  const kept = amount > 0n && digits <= decimals ? decimals - digits + 3 : 2
  return decimals <= kept
    ? humanAmount(amount, decimals)
    : humanAmount(amount / 10n ** BigInt(decimals - kept), kept)
}

/** Writes a count with its thousands grouped, as amounts have them. */
export function groupedCount(count: number): string {
  return humanAmount(BigInt(count), 0)
}
