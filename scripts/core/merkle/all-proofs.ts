/** Writes all proofs of a tree as text, one leaf after the other. This is many times as fast as each by itself. */
import { InvariantError } from "../primitives/error.ts"
import { toHex, type Hex } from "../primitives/bytes.ts"
import { leafPosition, parentOf, siblingOf } from "./position.ts"
import { CAPACITY } from "./keccak-many.ts"
import { hashChildren, type MerkleTree } from "./tree.ts"

/**
 * Checks that every inner node is the hash of its children. Then every path of siblings leads to the root, and no
 * single proof has to be folded.
 * @throws InvariantError if a node is not
 */
export function checkTree({ leafCount, nodes }: MerkleTree): void {
  for (let from = 0; from < leafCount - 1; from += CAPACITY) {
    const to = Math.min(from + CAPACITY, leafCount - 1)
    const expected = hashChildren(nodes, from, to)
    for (let at = 0; at < expected.length; at++) {
      if (nodes[32 * from + at] === expected[at]) continue
      throw new InvariantError(`node ${from + Math.floor(at / 32)} is not the hash of its children`)
    }
  }
}

/**
 * Checks a tree and returns a function that writes the proof of a leaf as text. In order of index, neighbours share
 * most of their siblings, which are written only once.
 * @throws InvariantError if the tree is damaged
 */
export function proofTexts(tree: MerkleTree): (index: number) => Hex[] {
  checkTree(tree)
  const positions: number[] = []
  const texts: Hex[] = []
  return (index) => {
    const proof: Hex[] = []
    let level = 0
    for (let at = leafPosition(tree.leafCount, index); at > 0; at = parentOf(at), level++) {
      const sibling = siblingOf(at)
      let text = texts[level]
      if (text === undefined || positions[level] !== sibling) {
        text = toHex(tree.node(sibling))
        positions[level] = sibling
        texts[level] = text
      }
      proof.push(text)
    }
    return proof
  }
}
