/**
 * A tree in parts. The subtrees below one level share no node, so they can be built in any order and on any number
 * of threads, and the result is the same to the byte.
 */
import { type LeafList } from "./leaf-list.ts"
import { hashLeaves } from "./tree.ts"
import { leafPosition } from "./position.ts"
import { buildNodes } from "./tree.ts"

/** The number of subtrees: enough to keep several threads evenly busy. */
export const SUBTREES = 32

/**
 * Computes one of the {@link SUBTREES} of a list, leaves and inner nodes, into the array of the whole tree.
 * @param part the number of the subtree, from zero
 */
export function buildSubtree(list: LeafList, nodes: Uint8Array, part: number): void {
  const inner = list.count - 1
  const levels: (readonly [from: number, to: number])[] = []
  let [from, width] = [SUBTREES - 1 + part, 1]
  for (; from < 2 * list.count - 1; from = 2 * from + 1, width *= 2) {
    levels.push([from, Math.min(from + width, 2 * list.count - 1)])
  }
  for (const [start, end] of levels.reverse()) {
    const leavesFrom = Math.max(start, inner)
    if (leavesFrom < end) {
      hashLeaves(list, nodes, leafPosition(list.count, 0) - (end - 1), 2 * list.count - 1 - leavesFrom)
    }
    buildNodes(nodes, start, Math.min(end, inner))
  }
}

/** Computes the nodes above the subtrees, after all of those. */
export function buildTop(list: LeafList, nodes: Uint8Array): void {
  const top = Math.min(SUBTREES - 1, 2 * list.count - 1)
  const inner = Math.min(top, list.count - 1)
  for (let at = inner; at < top; at++) {
    const row = 2 * list.count - 2 - at
    hashLeaves(list, nodes, row, row + 1)
  }
  buildNodes(nodes, 0, inner)
}
