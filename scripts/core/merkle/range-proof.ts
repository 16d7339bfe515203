/**
 * One shared proof for a contiguous run of leaves, as the contract's claimRange takes it. The run is folded pairwise
 * from the bottom up. Only its two ends can lack a sibling, and the parity of their positions decides whether they
 * do. So the proof consists of the missing siblings alone: on each level first the one beside the run's lowest
 * index, then the one beside its highest.
 */
import { AirdropError, invariant } from "../primitives/error.ts"
import { deepLeafCount, isLeft, leafPosition, levelOf, parentOf } from "./position.ts"
import { hashPair } from "./proof.ts"
import type { MerkleTree } from "./tree.ts"

/** A contiguous run of leaves: indexes `start` (inclusive) to `start + count` (exclusive). */
export interface LeafRange {
  readonly start: number
  readonly count: number
}

/**
 * Returns the siblings outside a run of leaves.
 * @throws AirdropError if the run is empty, leaves the tree, or crosses from one level to the other
 */
export function rangeProof(tree: MerkleTree, start: number, count: number): Uint8Array[] {
  let [first, last] = endsOf(tree.leafCount, { start, count })
  const proof: Uint8Array[] = []
  for (; first > 0; first = parentOf(first), last = parentOf(last)) {
    if (isLeft(first)) proof.push(tree.node(first + 1))
    if (!isLeft(last)) proof.push(tree.node(last - 1))
  }
  return proof
}

/**
 * Returns the root that a run of leaf hashes and the siblings outside it lead to.
 * @returns undefined if the proof is longer or shorter than the run's position in the tree requires
 * @throws AirdropError like {@link rangeProof}
 */
export function foldRange(
  leafCount: number,
  start: number,
  leaves: readonly Uint8Array[],
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  return climb(leafCount, start, leaves, proof)?.at(-1)?.nodes[0]
}

/**
 * Returns the proof of one leaf of a run, from the run's own leaves and the siblings outside it.
 * @param index of the leaf in the whole tree
 * @throws AirdropError if the leaf is not of the run or the proof does not fit it
 */
export function leafProof(
  leafCount: number,
  start: number,
  leaves: readonly Uint8Array[],
  proof: readonly Uint8Array[],
  index: number,
): Uint8Array[] {
  const levels = climb(leafCount, start, leaves, proof)
  if (levels === undefined || index < start || index >= start + leaves.length) {
    throw new AirdropError(`leaf ${index} cannot be proven by the range from ${start}`, {
      code: "invalid-value",
    })
  }
  const siblings: Uint8Array[] = []
  let at = index - start
  for (const { nodes, before } of levels.slice(0, -1)) {
    at += before
    const sibling = nodes[at ^ 1]
    invariant(sibling !== undefined, "a level of a range has an odd end")
    siblings.push(sibling)
    at >>= 1
  }
  return siblings
}

/**
 * Cuts a run of leaves into ranges of at most `size` that each stay on one level. Cuts fall on multiples of `size`.
 * With a size that divides 256, or is a multiple of it, each range touches the fewest bitmap words.
 */
export function splitIntoRanges(
  leafCount: number,
  size: number,
  within: LeafRange = { start: 0, count: leafCount },
): LeafRange[] {
  const ranges: LeafRange[] = []
  const deep = deepLeafCount(leafCount)
  const end = within.start + within.count
  for (let start = within.start; start < end;) {
    const cut = Math.min(end, start - (start % size) + size)
    const stop = start < deep && deep < cut ? deep : cut
    ranges.push({ start, count: stop - start })
    start = stop
  }
  return ranges
}

/**
 * Encodes an entry of claimRange: the account in the high 160 bits, the amount in the low 96.
 * @throws AirdropError if the amount does not fit 96 bits
 */
export function packEntry(account: string, amount: bigint): bigint {
  if (amount < 0n || amount >> 96n !== 0n)
    throw new AirdropError(`${amount} does not fit 96 bits`, { code: "invalid-amount" })
  return (BigInt(account) << 96n) | amount
}

interface Level {
  /** The nodes from high positions to low, as indexes ascend, with the siblings outside the run among them. */
  readonly nodes: readonly Uint8Array[]
  /** The number of nodes before the run, 0 or 1. */
  readonly before: 0 | 1
}

/** Computes the levels of a run from its leaves to the root, the last level; undefined if the proof does not fit. */
function climb(
  leafCount: number,
  start: number,
  leaves: readonly Uint8Array[],
  proof: readonly Uint8Array[],
): Level[] | undefined {
  let [first, last] = endsOf(leafCount, { start, count: leaves.length })
  const levels: Level[] = []
  let nodes = leaves
  let used = 0
  for (; first > 0; first = parentOf(first), last = parentOf(last)) {
    const before = isLeft(first) ? 1 : 0
    const after = isLeft(last) ? 0 : 1
    const level = [
      ...proof.slice(used, used + before),
      ...nodes,
      ...proof.slice(used + before, used + before + after),
    ]
    used += before + after
    if (used > proof.length) return undefined
    levels.push({ nodes: level, before })
    nodes = pairsOf(level)
  }
  return used === proof.length ? [...levels, { nodes, before: 0 }] : undefined
}

function pairsOf(level: readonly Uint8Array[]): Uint8Array[] {
  const parents: Uint8Array[] = []
  for (let i = 0; i + 1 < level.length; i += 2) {
    const [a, b] = [level[i], level[i + 1]]
    if (a && b) parents.push(hashPair(a, b))
  }
  return parents
}

/** Returns the positions of a run's lowest and highest index. */
function endsOf(leafCount: number, { start, count }: LeafRange): [first: number, last: number] {
  if (count < 1) throw new AirdropError("a range of no leaves has no proof", { code: "invalid-value" })
  const first = leafPosition(leafCount, start)
  const last = leafPosition(leafCount, start + count - 1)
  if (levelOf(first) !== levelOf(last)) {
    throw new AirdropError(`leaves ${start} to ${start + count - 1} of ${leafCount} are on two levels`, {
      code: "invalid-value",
    })
  }
  return [first, last]
}
