import { compareBytes } from "../primitives/bytes.ts"
import { AirdropError, invariant } from "../primitives/error.ts"
import { CAPACITY, manyHasher } from "./keccak-many.ts"
import { type LeafList } from "./leaf-list.ts"
import { leafPosition, parentOf, siblingOf } from "./position.ts"
import { verifyProof } from "./proof.ts"

/** A Merkle tree in one flat array. Root and proofs equal those of OpenZeppelin's StandardMerkleTree. */
export interface MerkleTree {
  readonly leafCount: number
  /** All 2n - 1 nodes of 32 bytes each, in the heap layout of position.ts. */
  readonly nodes: Uint8Array
  readonly root: Uint8Array
  /** Returns the node at a position, as a view, not a copy. */
  readonly node: (position: number) => Uint8Array
  /** Returns the hash of leaf i. */
  readonly leaf: (index: number) => Uint8Array
  /** Returns the siblings from leaf i up to the root, after checking them against the root. */
  readonly proof: (index: number) => Uint8Array[]
}

/**
 * Builds the tree over leaf hashes in index order (nothing is sorted).
 * @param leaves the hashes, separate or joined in one array
 * @throws AirdropError if there is no leaf
 * @public
 */
export function buildTree(leaves: Uint8Array | readonly Uint8Array[]): MerkleTree {
  const leafCount = leaves instanceof Uint8Array ? leaves.length / 32 : leaves.length
  const nodes = new Uint8Array(nodeBytes(leafCount))
  for (let i = 0; i < leafCount; i++) {
    const leaf = leaves instanceof Uint8Array ? leaves.subarray(32 * i, 32 * i + 32) : leaves[i]
    invariant(leaf?.length === 32, `leaf ${i} is not a hash of 32 bytes`)
    nodes.set(leaf, 32 * leafPosition(leafCount, i))
  }
  buildNodes(nodes, 0, leafCount - 1)
  return treeOf(nodes)
}

/** Returns the size in bytes of the array for a tree of `leafCount` leaves. */
export function nodeBytes(leafCount: number): number {
  if (!Number.isSafeInteger(leafCount) || leafCount < 1) {
    throw new AirdropError(`a tree of ${leafCount} leaves cannot be built`, {
      code: "invalid-value",
      hint: "A tree needs at least one leaf.",
    })
  }
  return 32 * (2 * leafCount - 1)
}

/** Computes the inner nodes at positions `from` (inclusive) to `to` (exclusive), given those below them. */
export function buildNodes(nodes: Uint8Array, from: number, to: number): void {
  for (let end = to; end > from;) {
    // The children of nodes that are hashed together lie below all of them.
    const start = Math.max(from, end - CAPACITY, end >> 1)
    nodes.set(hashChildren(nodes, start, end), 32 * start)
    end = start
  }
}

/**
 * Returns what the nodes at positions `from` (inclusive) to `to` (exclusive) are by their children: at most
 * {@link CAPACITY} hashes, valid until the next call.
 */
export function hashChildren(nodes: Uint8Array, from: number, to: number): Uint8Array {
  const { messages, hashes, hash } = manyHasher(64)
  const [pairs, words] = [wordsOf(messages), wordsOf(nodes)]
  for (let position = from, at = 0; position < to; position++) {
    const left = 8 * (2 * position + 1)
    const swapped = compareBytes(nodes, 4 * left, nodes, 4 * left + 32, 32) > 0
    for (let i = swapped ? left + 8 : left, last = i + 8; i < last; i++) pairs[at++] = words[i] ?? 0
    for (let i = swapped ? left : left + 8, last = i + 8; i < last; i++) pairs[at++] = words[i] ?? 0
  }
  hash(to - from)
  return hashes.subarray(0, 32 * (to - from))
}

/** Returns the same memory as words of four bytes, in which whole nodes are copied faster. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
}

/** Wraps finished nodes as a tree. */
export function treeOf(nodes: Uint8Array): MerkleTree {
  const leafCount = (nodes.length / 32 + 1) / 2
  const node = (position: number): Uint8Array => nodes.subarray(32 * position, 32 * position + 32)
  const root = node(0)
  const leaf = (index: number): Uint8Array => node(leafPosition(leafCount, index))
  const proof = (index: number): Uint8Array[] => {
    const siblings: Uint8Array[] = []
    for (let at = leafPosition(leafCount, index); at > 0; at = parentOf(at))
      siblings.push(node(siblingOf(at)))
    invariant(
      verifyProof(root, leaf(index), siblings),
      `the proof of leaf ${index} does not lead to the root`,
    )
    return siblings
  }
  return { leafCount, nodes, root, node, leaf, proof }
}

/** Builds the tree of a list on one thread. scripts/stages/publication/tree-threads.ts does the same on several. */
export function treeOfList(list: LeafList): MerkleTree {
  const nodes = new Uint8Array(nodeBytes(list.count))
  hashLeaves(list, nodes, 0, list.count)
  buildNodes(nodes, 0, list.count - 1)
  return treeOf(nodes)
}

/**
 * Hashes rows `from` (inclusive) to `to` (exclusive) into their positions among the nodes, as leaf.ts defines them.
 */
export function hashLeaves(list: LeafList, nodes: Uint8Array, from: number, to: number): void {
  const automatic = list.tranche === "automatic"
  const length = automatic ? 96 : 64
  const [once, twice] = [manyHasher(length), manyHasher(32)]
  const index = new DataView(once.messages.buffer, once.messages.byteOffset)
  // Copying words of four bytes is faster than copying views of each row.
  const [encoded, accounts, amounts] = [wordsOf(once.messages), wordsOf(list.accounts), wordsOf(list.amounts)]
  const [leaves, placed] = [wordsOf(twice.hashes), wordsOf(nodes)]
  for (let start = from; start < to; start += CAPACITY) {
    const count = Math.min(CAPACITY, to - start)
    // Earlier messages of this length were not leaves.
    once.messages.fill(0, 0, length * count)
    for (let i = 0; i < count; i++) {
      const row = start + i
      if (automatic) index.setUint32(length * i + 28, row)
      const accountAt = (length / 4) * i + (automatic ? 11 : 3)
      for (let word = 0; word < 5; word++) encoded[accountAt + word] = accounts[5 * row + word] ?? 0
      for (let word = 0; word < 8; word++) encoded[accountAt + 5 + word] = amounts[8 * row + word] ?? 0
    }
    once.hash(count)
    twice.messages.set(once.hashes.subarray(0, 32 * count))
    twice.hash(count)
    for (let i = 0; i < count; i++) {
      const position = 8 * leafPosition(list.count, start + i)
      for (let word = 0; word < 8; word++) placed[position + word] = leaves[8 * i + word] ?? 0
    }
  }
}
