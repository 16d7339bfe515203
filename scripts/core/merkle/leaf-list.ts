/**
 * The list of a tree's leaves, in columns of bytes. A million rows take 52 MB and can be shared with threads, unlike
 * objects. Row i is leaf i; rows ascend by account.
 */
import type { Address } from "../primitives/address.ts"
import { AirdropError, invariant } from "../primitives/error.ts"
import { compareBytes, fromHex, toHex } from "../primitives/bytes.ts"
import { type Tranche } from "./leaf.ts"
import { putNumber } from "../primitives/words.ts"

/** The number of bytes below which plain numbers are exact. */
const SAFE_BYTES = 6

export interface LeafList {
  readonly tranche: Tranche
  readonly count: number
  /** 20 bytes a row. */
  readonly accounts: Uint8Array
  /** 32 bytes a row, big-endian, in base units; for the reserve the cumulative amount. */
  readonly amounts: Uint8Array
}

export interface ListRow {
  readonly account: Address
  /** Base units; for the reserve the cumulative amount. */
  readonly amount: bigint
}

/**
 * Creates an empty list with a number of rows, to be filled with {@link setRow}.
 * @param allocate returns its memory; memory shared by threads is not available everywhere
 */
export function createList(
  tranche: Tranche,
  count: number,
  allocate: (bytes: number) => Uint8Array = (bytes) => new Uint8Array(bytes),
): LeafList {
  return { tranche, count, accounts: allocate(20 * count), amounts: allocate(32 * count) }
}

/**
 * Creates a list of rows that ascend by account.
 * @throws AirdropError that names the first row that is out of order, duplicate or too large
 */
export function listOf(tranche: Tranche, rows: readonly ListRow[]): LeafList {
  const list = createList(tranche, rows.length)
  for (const [i, { account, amount }] of rows.entries()) setRow(list, i, account, amount)
  return list
}

/**
 * Fills a row of a new list. Rows are set in ascending order, each once.
 * @throws AirdropError if the account does not come after that of the row before, or a value is malformed
 */
export function setRow(list: LeafList, row: number, account: string, amount: bigint): void {
  invariant(row < list.count, `row ${row} of a list of ${list.count}`)
  list.accounts.set(fromHex(account, 20), 20 * row)
  putNumber(list.amounts, 32 * row, amount)
  if (row > 0 && compareBytes(list.accounts, 20 * row, list.accounts, 20 * (row - 1), 20) <= 0) {
    throw new AirdropError(`row ${row}: ${account} does not come after ${accountOf(list, row - 1)}`, {
      code: "inconsistent",
      hint: "A list ascends by address, and has each address once.",
    })
  }
}

export function accountOf(list: LeafList, row: number): Address {
  return toHex(list.accounts.subarray(20 * row, 20 * row + 20))
}

/** Returns an amount in base units; for the reserve the cumulative amount. */
export function amountOf(list: LeafList, row: number): bigint {
  const end = 32 * row + 32
  let at = end - 32
  while (at < end - SAFE_BYTES && list.amounts[at] === 0) at++
  // An amount that fits a plain number is read as one. That is several times as fast, and most amounts do.
  if (at < end - SAFE_BYTES) return BigInt(toHex(list.amounts.subarray(at, end)))
  let low = 0
  for (; at < end; at++) low = low * 256 + (list.amounts[at] ?? 0)
  return BigInt(low)
}

/** Returns the sum of all amounts in base units. */
export function totalOf(list: LeafList): bigint {
  let total = 0n
  for (let row = 0; row < list.count; row++) total += amountOf(list, row)
  return total
}

/** Returns the row of an account, or `found: false` and the row at which it would be inserted. */
export function findRow(list: LeafList, account: Address): { readonly row: number; readonly found: boolean } {
  let [low, high] = [0, list.count]
  while (low < high) {
    const middle = (low + high) >> 1
    if (accountOf(list, middle) < account) low = middle + 1
    else high = middle
  }
  return { row: low, found: low < list.count && accountOf(list, low) === account }
}
