/**
 * Entries of a list as they are recorded on the chain: one byte with the bytes of an amount, then 20 bytes of an account
 * and an amount for each entry. Amounts have no more bytes than the largest of them needs.
 */
import { AirdropError } from "../primitives/error.ts"
import { fromHex, toHex } from "../primitives/bytes.ts"
import { parseAddress } from "../primitives/address.ts"
import { accountOf, amountOf, type LeafList, type ListRow } from "./leaf-list.ts"

/** The most bytes of calldata that are recorded at once. */
export const MOST_RECORDED_BYTES = 20_000

const ACCOUNT_BYTES = 20
const MOST_AMOUNT_BYTES = 32

/** Consecutive entries of a list. */
export interface ListPart {
  /** The index of the first entry. */
  readonly position: number
  readonly count: number
  readonly bytes: Uint8Array
}

/** Packs a whole list into parts of at most so many bytes. */
export function packList(list: LeafList, mostBytes = MOST_RECORDED_BYTES): readonly ListPart[] {
  let largest = 0n
  for (let row = 0; row < list.count; row++) {
    const amount = amountOf(list, row)
    if (amount > largest) largest = amount
  }
  const width = Math.max(1, Math.ceil(largest.toString(16).length / 2))
  const each = ACCOUNT_BYTES + width
  const atOnce = Math.max(1, Math.floor((mostBytes - 1) / each))
  const parts: ListPart[] = []
  for (let position = 0; position < list.count; position += atOnce) {
    const count = Math.min(atOnce, list.count - position)
    const bytes = new Uint8Array(1 + count * each)
    bytes[0] = width
    for (let i = 0; i < count; i++) {
      const row = position + i
      bytes.set(fromHex(accountOf(list, row), ACCOUNT_BYTES), 1 + i * each)
      const amount = amountOf(list, row)
        .toString(16)
        .padStart(2 * width, "0")
      bytes.set(fromHex(`0x${amount}`, width), 1 + i * each + ACCOUNT_BYTES)
    }
    parts.push({ position, count, bytes })
  }
  return parts
}

/** Reads packed entries. @throws AirdropError `file-format` if the bytes are no whole entries */
export function unpackEntries(bytes: Uint8Array): readonly ListRow[] {
  const [width = 0] = bytes
  const each = ACCOUNT_BYTES + width
  if (width < 1 || width > MOST_AMOUNT_BYTES || bytes.length === 1 || (bytes.length - 1) % each !== 0) {
    throw new AirdropError(`${bytes.length} bytes are no whole entries of a list`, { code: "file-format" })
  }
  return Array.from({ length: (bytes.length - 1) / each }, (_, i) => {
    const at = 1 + i * each
    const account = parseAddress(toHex(bytes.subarray(at, at + ACCOUNT_BYTES)))
    return { account, amount: BigInt(toHex(bytes.subarray(at + ACCOUNT_BYTES, at + each))) }
  })
}
