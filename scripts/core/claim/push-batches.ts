/** Cuts the unclaimed leaves into runs, one transaction each. */
import type { LeafRange } from "../merkle/range-proof.ts"
import { deepLeafCount } from "../merkle/position.ts"

/**
 * The longest stretch of claimed leaves that a run includes. A claimed leaf within a run costs about 1,500 gas for
 * its calldata and hashing. A new run costs about 35,000 gas for its transaction and proof.
 */
export const GAP = 24

/**
 * Returns the runs that hold every unclaimed leaf, in index order. Each stays on one level of the tree, begins and
 * ends with an unclaimed leaf, and holds at most `size`. Other cuts fall on multiples of `size`. With a divisor or
 * multiple of 256 each bitmap word is then written as few times as possible.
 * @param claimed one flag a leaf, not zero if it is claimed
 * @param within only the leaves of this run; all of them if omitted
 */
export function planBatches(
  claimed: Uint8Array,
  size: number,
  within: LeafRange = { start: 0, count: claimed.length },
): readonly LeafRange[] {
  const deep = deepLeafCount(claimed.length)
  const end = within.start + within.count
  const batches: LeafRange[] = []
  let start = nextUnclaimed(claimed, within.start)
  while (start < end) {
    const aligned = start - (start % size) + size
    const limit = Math.min(aligned, start < deep ? deep : end, end)
    let last = start
    let next = nextUnclaimed(claimed, start + 1)
    while (next < limit && next - last <= GAP) {
      last = next
      next = nextUnclaimed(claimed, next + 1)
    }
    batches.push({ start, count: last + 1 - start })
    start = next
  }
  return batches
}

/** Counts the unclaimed leaves. */
export function countUnclaimed(claimed: Uint8Array): number {
  let count = 0
  for (const flag of claimed) if (flag === 0) count++
  return count
}

function nextUnclaimed(claimed: Uint8Array, from: number): number {
  const next = claimed.indexOf(0, from)
  return next < 0 ? claimed.length : next
}
