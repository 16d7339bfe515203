/**
 * The common fixture of every distributor measured: 1,024 recipients who hold none of the token, so a proof of 10.
 * Accounts and amounts look random to calldata pricing and are the same in each run.
 */
import { SimpleMerkleTree } from "@openzeppelin/merkle-tree"
import { concat, getAddress, keccak256, solidityPackedKeccak256, toBeHex, AbiCoder } from "ethers"

export interface Recipient {
  readonly index: number
  readonly account: string
  readonly amount: bigint
}

export interface ProvenRecipient extends Recipient {
  readonly proof: readonly string[]
}

export type LeafOf = (recipient: Recipient) => string

export const LEAF_COUNT = 1024

/** Eighteen decimals: amounts from 1 to about 4,722 whole tokens. */
export const RECIPIENTS: readonly Recipient[] = Array.from({ length: LEAF_COUNT }, (_, index) => {
  const random = BigInt(solidityPackedKeccak256(["string", "uint256"], ["gas fixture", index]))
  return {
    index,
    account: getAddress(toBeHex(random >> 96n, 20)),
    amount: 10n ** 18n + (random & ((1n << 72n) - 1n)),
  }
})

/** Builds a tree of these leaves in index order. Returns each recipient with its proof, and the root. */
export function prove(leafOf: LeafOf): {
  root: string
  proven: readonly ProvenRecipient[]
  tree: SimpleMerkleTree
} {
  const tree = SimpleMerkleTree.of(RECIPIENTS.map(leafOf), { sortLeaves: false })
  return {
    tree,
    root: tree.root,
    proven: RECIPIENTS.map((recipient) => ({ ...recipient, proof: tree.getProof(recipient.index) })),
  }
}

/** Computes the leaf of MerkleAirdrop. */
export const doubleHashed: LeafOf = ({ index, account, amount }) =>
  keccak256(
    keccak256(AbiCoder.defaultAbiCoder().encode(["uint256", "address", "uint256"], [index, account, amount])),
  )

/** Returns a leaf and a root `depth` levels above it, with made-up siblings, to measure a proof of that length. */
export function chainOf(depth: number, recipient: Recipient): { root: string; proof: readonly string[] } {
  const proof = Array.from({ length: depth }, (_, level) => keccak256(toBeHex(level + 1, 32)))
  const root = proof.reduce((node, sibling) => hashPair(node, sibling), doubleHashed(recipient))
  return { root, proof }
}

function hashPair(a: string, b: string): string {
  return keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]))
}
