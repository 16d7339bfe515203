/** Cuts the unclaimed leaves into runs, one transaction each. */
import type { LeafRange } from "../merkle/range-proof.ts"
import { deepLeafCount } from "../merkle/position.ts"

/**
 * Claimed leaves within a run cost their calldata and hashing, about 1,500 gas each; a run of its own costs the
 * transaction and its proof, about 35,000. A longer stretch of claimed leaves is therefore left out.
 */
export const GAP = 24

/**
 * Returns the runs that hold every unclaimed leaf, in index order. Each stays on one level of the tree, begins and ends with
 * an unclaimed leaf, and holds at most `size`. Cuts otherwise fall on multiples of `size`, so that with a divisor or
 * multiple of 256 no bitmap word is written more often than it must.
 * @param claimed one flag a leaf, not zero where it is claimed
 * @param within only the leaves of this run; all of them if not given
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
