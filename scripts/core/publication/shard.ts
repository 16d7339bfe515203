/**
 * A shard: a small file that proves every row of a part of the list, and that no other address in that part is on
 * the list. It holds the rows of one address prefix, one neighbour on either side, and the siblings outside these.
 * The reader recomputes the nodes inside.
 */
import { compareAddresses, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { equalBytes, fromHex, type Hex, toHex } from "../primitives/bytes.ts"
import {
  addressOf,
  arrayOf,
  countOf,
  hashesOf,
  hexOf,
  objectOf,
  textOf,
  unitsOf,
  wordOf,
} from "../primitives/json-reader.ts"
import { automaticLeaf, type Tranche, reserveLeaf } from "../merkle/leaf.ts"
import { accountOf, amountOf, type LeafList, type ListRow } from "../merkle/leaf-list.ts"
import { foldRange, leafProof, rangeProof, splitIntoRanges } from "../merkle/range-proof.ts"
import type { ShardRows } from "./shard-layout.ts"
import type { MerkleTree } from "../merkle/tree.ts"

export const SHARD_FORMAT = "merkle-airdrop/shard@1"

export interface Shard {
  readonly tranche: Tranche
  readonly root: Hex
  readonly leafCount: number
  /** The first digits of the addresses in this shard, with no 0x. */
  readonly prefix: string
  /** One range, or two if the rows are on both levels of the tree. */
  readonly ranges: readonly ShardRange[]
}

/** A contiguous range of leaves on one level, with one range proof as range.ts defines it. */
export interface ShardRange {
  readonly start: number
  readonly entries: readonly ListRow[]
  readonly proof: readonly Hex[]
}

/** The proven fact about an address. */
export type Lookup =
  | { readonly found: true; readonly index: number; readonly amount: bigint; readonly proof: readonly Hex[] }
  | {
      readonly found: false
      /** The rows before and after the address's position; undefined at an end of the list. */
      readonly below: ListRow | undefined
      readonly above: ListRow | undefined
    }

/** Creates the shard of some rows of a list. */
export function makeShard(list: LeafList, tree: MerkleTree, { prefix, from, to }: ShardRows): Shard {
  const start = Math.max(0, from - 1)
  const count = Math.min(list.count, to + 1) - start
  const ranges = splitIntoRanges(list.count, list.count, { start, count }).map((range) => ({
    start: range.start,
    entries: Array.from({ length: range.count }, (_, i) => ({
      account: accountOf(list, range.start + i),
      amount: amountOf(list, range.start + i),
    })),
    proof: rangeProof(tree, range.start, range.count).map(toHex),
  }))
  return { tranche: list.tranche, root: toHex(tree.root), leafCount: list.count, prefix, ranges }
}

/** Yields the text of a shard's file: a line for each row and each sibling. */
export function formatShard({ tranche, root, leafCount, prefix, ranges }: Shard): string {
  const head = { format: SHARD_FORMAT, tranche, root, leafCount, prefix }
  const texts = ranges.map(({ start, entries, proof }) => {
    const rows = entries.map(({ account, amount }) => `["${account}","${amount}"]`)
    const siblings = proof.map((hash) => `"${hash}"`)
    return `{"start":${start},"entries":[\n${rows.join(",\n")}\n],"proof":[\n${siblings.join(",\n")}\n]}`
  })
  return `${JSON.stringify(head).slice(0, -1)},"ranges":[${texts.join(",")}]}\n`
}

/**
 * Reads a shard's file from an untrusted source. {@link lookUp} then checks it.
 * @throws AirdropError that names file and field
 */
export function parseShard(json: unknown, file: string): Shard {
  const shard = objectOf(json, file)
  wordOf(shard["format"], [SHARD_FORMAT], `${file}: format`)
  return {
    tranche: wordOf(shard["tranche"], ["automatic", "reserve"], `${file}: tranche`),
    root: hexOf(shard["root"], 32, `${file}: root`),
    leafCount: countOf(shard["leafCount"], `${file}: leafCount`),
    prefix: textOf(shard["prefix"], `${file}: prefix`),
    ranges: arrayOf(shard["ranges"], `${file}: ranges`).map((value, i) => {
      const range = objectOf(value, `${file}: ranges[${i}]`)
      return {
        start: countOf(range["start"], `${file}: ranges[${i}].start`),
        entries: arrayOf(range["entries"], `${file}: ranges[${i}].entries`).map((entry) => {
          const [account, amount] = arrayOf(entry, `${file}: an entry`)
          return {
            account: addressOf(account, `${file}: an account`),
            amount: unitsOf(amount, `${file}: the amount of ${String(account)}`),
          }
        }),
        proof: hashesOf(range["proof"], `${file}: ranges[${i}].proof`),
      }
    }),
  }
}

/**
 * Checks that the trusted root proves every row of a shard. Also checks that rows follow each other without a gap
 * and cover the shard's prefix.
 * @param trusted the values of the contract or of the manifest
 * @throws AirdropError `mismatch` that names the fault
 */
export function checkShard(shard: Shard, trusted: Pick<Shard, "tranche" | "root" | "leafCount">): void {
  const { tranche, root, leafCount, prefix, ranges } = shard
  const fail = (problem: string): AirdropError =>
    new AirdropError(`shard ${prefix}: ${problem}`, { code: "mismatch" })
  if (tranche !== trusted.tranche || root !== trusted.root || leafCount !== trusted.leafCount) {
    throw fail(`it is of the ${tranche} tree ${root}, not of ${trusted.root}`)
  }
  let next = ranges[0]?.start
  let previous: Address | undefined
  for (const range of ranges) {
    if (range.start !== next || range.entries.length === 0) throw fail("its ranges do not follow each other")
    next += range.entries.length
    if (next > leafCount) throw fail(`it has a leaf ${next - 1} of ${leafCount}`)
    for (const { account } of range.entries) {
      if (previous !== undefined && account <= previous)
        throw fail(`${account} does not come after ${previous}`)
      previous = account
    }
    const folded = foldRange(leafCount, range.start, leavesOf(tranche, range), range.proof.map(fromHexHash))
    if (folded === undefined || !equalBytes(folded, fromHex(root, 32))) {
      throw fail(`the rows from ${range.start} do not lead to the root ${root}`)
    }
  }
  const first = ranges[0]?.entries[0]?.account
  if (first === undefined || next === undefined || previous === undefined) throw fail("it has no rows")
  const reachesDown = ranges[0]?.start === 0 || first.slice(2) < prefix
  const reachesUp = next === leafCount || previous.slice(2, 2 + prefix.length) > prefix
  if (!reachesDown || !reachesUp) throw fail("it does not hold all rows of its prefix")
}

/**
 * Checks a shard and looks an address up in it. Returns its claim with a proof, or the two neighbouring rows that
 * show that the address is not on the list. For the automatic tranche the absence is proven, because leaves contain
 * their index. Reserve leaves do not, so there it relies on the published list being complete.
 * @param trusted as for {@link checkShard}
 * @throws AirdropError `mismatch` if the shard is invalid or is not the one of the address
 */
export function lookUp(
  shard: Shard,
  trusted: Pick<Shard, "tranche" | "root" | "leafCount">,
  account: Address,
): Lookup {
  checkShard(shard, trusted)
  if (!account.startsWith(shard.prefix, 2)) {
    throw new AirdropError(`shard ${shard.prefix} does not answer for ${account}`, { code: "mismatch" })
  }
  let [below, above]: (ListRow | undefined)[] = []
  for (const range of shard.ranges) {
    for (const [i, row] of range.entries.entries()) {
      const order = compareAddresses(row.account, account)
      if (order === 0) {
        const index = range.start + i
        const hashes = range.proof.map(fromHexHash)
        const proof = leafProof(shard.leafCount, range.start, leavesOf(shard.tranche, range), hashes, index)
        return { found: true, index, amount: row.amount, proof: proof.map(toHex) }
      }
      if (order < 0) below = row
      else above ??= row
    }
  }
  return { found: false, below, above }
}

function leavesOf(tranche: Tranche, { start, entries }: ShardRange): Uint8Array[] {
  return entries.map(({ account, amount }, i) =>
    tranche === "automatic" ? automaticLeaf(start + i, account, amount) : reserveLeaf(account, amount),
  )
}

function fromHexHash(hash: Hex): Uint8Array {
  return fromHex(hash, 32)
}
