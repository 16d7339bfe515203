/** Writes all proofs of a tree as text, one leaf after the other. This is many times as fast as each by itself. */
import { InvariantError } from "../primitives/error.ts"
import { equalBytes, toHex, type Hex } from "../primitives/bytes.ts"
import { leafPosition, parentOf, siblingOf } from "./position.ts"
import { hashPair } from "./proof.ts"
import type { MerkleTree } from "./tree.ts"

/**
 * Checks that every inner node is the hash of its children. Then every path of siblings leads to the root, and no
 * single proof has to be folded.
 * @throws InvariantError if a node is not
 */
export function checkTree({ leafCount, node }: MerkleTree): void {
  for (let position = 0; position < leafCount - 1; position++) {
    const parent = hashPair(node(2 * position + 1), node(2 * position + 2))
    if (!equalBytes(parent, node(position))) {
      throw new InvariantError(`node ${position} is not the hash of its children`)
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
