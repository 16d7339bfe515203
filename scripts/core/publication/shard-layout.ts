/**
 * Cuts a list into shards. A shard is named by the first digits of its addresses, so a look-up needs no index. The
 * number of digits is the same for all shards. The few prefixes with too many rows are listed and have one digit
 * more.
 */
import type { Address } from "../primitives/address.ts"
import { quote } from "../primitives/text.ts"
import { AirdropError } from "../primitives/error.ts"
import { arrayOf, countOf, objectOf, textOf } from "../primitives/json-reader.ts"
import { accountOf, type LeafList } from "../merkle/leaf-list.ts"

/** The layout by which a reader finds the shard of an address. */
export interface ShardLayout {
  /** The number of digits in a shard's name, at least. */
  readonly prefixLength: number
  /** The prefixes that are cut further, in ascending order. */
  readonly splitPrefixes: readonly string[]
}

/** The rows whose account begins with the prefix; possibly none. */
export interface ShardRows {
  readonly prefix: string
  /** First row, inclusive. */
  readonly from: number
  /** Last row, exclusive. */
  readonly to: number
}

/** The most rows of a shard. With 75 bytes a row and 3 KB of siblings it is then about 32 KB. */
const MOST_ROWS = 384
const USUAL_ROWS = 256
const DIGITS = "0123456789abcdef"
const PREFIX = /^[0-9a-f]+$/
/** The most digits of `prefixLength`. A list that needed more would have a million million rows. */
const MOST_DIGITS = 8
/** The digits of an address. A prefix that is cut further has fewer. */
const ADDRESS_DIGITS = 40

/** Returns the number of digits in a shard's name for a list of so many rows with evenly spread addresses. */
export function prefixLengthOf(count: number): number {
  let prefixLength = 1
  while (count / 16 ** prefixLength > USUAL_ROWS) prefixLength++
  return prefixLength
}

/** Cuts a list into shards, in ascending order of their prefixes. */
export function planShards(list: LeafList): { readonly layout: ShardLayout; readonly shards: ShardRows[] } {
  const prefixLength = prefixLengthOf(list.count)
  const splitPrefixes: string[] = []
  const shards: ShardRows[] = []
  const visit = (prefix: string, from: number, to: number): void => {
    const isTooLarge = to - from > MOST_ROWS
    if (prefix.length >= prefixLength && !isTooLarge) {
      shards.push({ prefix, from, to })
      return
    }
    if (prefix.length >= prefixLength) splitPrefixes.push(prefix)
    let start = from
    for (const digit of DIGITS) {
      const end = endOfPrefix(list, `0x${prefix}${digit}`, start, to)
      visit(prefix + digit, start, end)
      start = end
    }
  }
  visit("", 0, list.count)
  return { layout: { prefixLength, splitPrefixes }, shards }
}

/**
 * Reads a layout from an untrusted source. {@link shardPrefix} relies on these checks.
 * @throws AirdropError that names the field
 */
export function parseLayout(json: unknown, what: string): ShardLayout {
  const layout = objectOf(json, what)
  const prefixLength = countOf(layout["prefixLength"], `${what}.prefixLength`)
  if (prefixLength < 1 || prefixLength > MOST_DIGITS) {
    throw new AirdropError(`${what}.prefixLength is ${prefixLength}, not from 1 to ${MOST_DIGITS}`, {
      code: "invalid-value",
    })
  }
  const splitPrefixes = arrayOf(layout["splitPrefixes"], `${what}.splitPrefixes`).map((one) =>
    textOf(one, `${what}.splitPrefixes`),
  )
  const known = new Set<string>()
  let previous = ""
  for (const prefix of splitPrefixes) {
    const fail = (problem: string): AirdropError =>
      new AirdropError(`${what}.splitPrefixes: ${quote(prefix)} ${problem}`, { code: "invalid-value" })
    if (!PREFIX.test(prefix) || prefix.length < prefixLength || prefix.length >= ADDRESS_DIGITS) {
      throw fail(`is not ${prefixLength} to ${ADDRESS_DIGITS - 1} digits of an address`)
    }
    if (prefix <= previous) throw fail(`does not come after ${quote(previous)}`)
    if (prefix.length > prefixLength && !known.has(prefix.slice(0, -1))) {
      throw fail(`is there, but not ${quote(prefix.slice(0, -1))}`)
    }
    known.add(prefix)
    previous = prefix
  }
  return { prefixLength, splitPrefixes }
}

/** Returns the prefix of the shard for an address, on the list or not. */
export function shardPrefix({ prefixLength, splitPrefixes }: ShardLayout, address: Address): string {
  let length = prefixLength
  while (splitPrefixes.includes(address.slice(2, 2 + length))) length++
  return address.slice(2, 2 + length)
}

/** Returns the path of a shard in the published folder. */
export function shardPath(prefix: string): string {
  return `shards/${prefix}.json`
}

/** Returns the first row at or after `from` whose account comes after all that begin with the prefix. */
function endOfPrefix(list: LeafList, prefix: string, from: number, to: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >> 1
    if (accountOf(list, middle).slice(0, prefix.length) <= prefix) low = middle + 1
    else high = middle
  }
  return low
}
