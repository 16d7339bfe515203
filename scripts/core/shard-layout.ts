/**
 * How a list is cut into shards. A shard is named by the first digits of its addresses, so that who looks one up
 * needs no index: the number of digits is the same for all, and the few prefixes that would hold too many rows are
 * listed and go one digit deeper.
 */
import type { Address } from "./address.ts"
import { accountOf, type LeafList } from "./list.ts"

/** What a reader has to know to find the shard of an address. */
export interface ShardLayout {
  /** How many digits name a shard, at least. */
  readonly digits: number
  /** The prefixes that are cut further, in ascending order. */
  readonly split: readonly string[]
}

/** The rows of one shard: those whose account begins with the prefix. There may be none. */
export interface ShardRows {
  readonly prefix: string
  /** First row, inclusive. */
  readonly from: number
  /** Last row, exclusive. */
  readonly to: number
}

/** With 75 bytes a row and 3 KB of siblings, a shard of so many rows is about 32 KB. */
const MOST_ROWS = 384
const USUAL_ROWS = 256
const DIGITS = "0123456789abcdef"

/** Cuts a list into shards, in ascending order of their prefixes. */
export function planShards(list: LeafList): { readonly layout: ShardLayout; readonly shards: ShardRows[] } {
  let digits = 1
  while (list.count / 16 ** digits > USUAL_ROWS) digits++
  const split: string[] = []
  const shards: ShardRows[] = []
  const visit = (prefix: string, from: number, to: number): void => {
    const isTooLarge = to - from > MOST_ROWS
    if (prefix.length >= digits && !isTooLarge) {
      shards.push({ prefix, from, to })
      return
    }
    if (prefix.length >= digits) split.push(prefix)
    let start = from
    for (const digit of DIGITS) {
      const end = endOfPrefix(list, `0x${prefix}${digit}`, start, to)
      visit(prefix + digit, start, end)
      start = end
    }
  }
  visit("", 0, list.count)
  return { layout: { digits, split }, shards }
}

/** The prefix that names the shard of an address, whether the address is on the list or not. */
export function shardPrefix({ digits, split }: ShardLayout, address: Address): string {
  let length = digits
  while (split.includes(address.slice(2, 2 + length))) length++
  return address.slice(2, 2 + length)
}

/** The path of a shard in the published folder. */
export function shardPath(prefix: string): string {
  return `shards/${prefix}.json`
}

/** The first row at or after `from` whose account comes after all that begin with the prefix. */
function endOfPrefix(list: LeafList, prefix: string, from: number, to: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >> 1
    if (accountOf(list, middle).slice(0, prefix.length) <= prefix) low = middle + 1
    else high = middle
  }
  return low
}
