import { compareBytes, equalBytes } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"

const pair = new Uint8Array(64)

/**
 * Returns the parent of two nodes: the hash of both, the lower one first, so that proofs need not say left or right.
 */
export function hashPair(a: Uint8Array, b: Uint8Array): Uint8Array {
  const ordered = compareBytes(a, 0, b, 0, 32) <= 0
  pair.set(ordered ? a : b, 0)
  pair.set(ordered ? b : a, 32)
  return keccak256(pair)
}

/** Returns the root that a leaf and its siblings, from the bottom up, lead to. */
export function foldProof(leaf: Uint8Array, proof: readonly Uint8Array[]): Uint8Array {
  return proof.reduce<Uint8Array>(hashPair, leaf)
}

/** Returns true if the proof leads from the leaf to the root, as in OpenZeppelin's MerkleProof. */
export function verifyProof(root: Uint8Array, leaf: Uint8Array, proof: readonly Uint8Array[]): boolean {
  return equalBytes(foldProof(leaf, proof), root)
}
