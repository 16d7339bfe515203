/**
 * Computes positions in OpenZeppelin's heap layout. The root is at 0, the children of position p at 2p + 1 and 2p +
 * 2, and leaf i of n at 2n - 2 - i: leaves fill the end of the array backwards. Unless n is a power of two, the
 * leaves are on two levels, with the lower indexes on the deeper one.
 */
import { AirdropError } from "../primitives/error.ts"

/** The leaf count of the largest tree supported. Positions are numbers of 31 bits. */
export const MOST_LEAVES = 2 ** 30

/**
 * Returns the position of leaf `index` among `leafCount`. It is its own inverse: also the index of the leaf at a
 * position.
 */
export function leafPosition(leafCount: number, index: number): number {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leafCount) {
    throw new AirdropError(`there is no leaf ${index} in a tree of ${leafCount}`, { code: "invalid-value" })
  }
  return 2 * leafCount - 2 - index
}

/** Returns the position of the parent. */
export function parentOf(position: number): number {
  return (position - 1) >> 1
}

/** Returns the position of the other child of the same parent. */
export function siblingOf(position: number): number {
  return isLeft(position) ? position + 1 : position - 1
}

/** Returns true for a left child. Its position is odd. */
export function isLeft(position: number): boolean {
  return position % 2 === 1
}

/** Returns the number of edges between a position and the root. */
export function levelOf(position: number): number {
  return 31 - Math.clz32(position + 1)
}

/** Returns the number of leaves on the deeper level. Their indexes run from 0 up to this number, exclusive. */
export function deepLeafCount(leafCount: number): number {
  return leafCount === 0 ? 0 : 2 * leafCount - (1 << levelOf(2 * leafCount - 2))
}
