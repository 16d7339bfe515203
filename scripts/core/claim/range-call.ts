import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { toHex } from "../primitives/bytes.ts"
import { accountOf, amountOf } from "../merkle/leaf-list.ts"
import { packEntry, rangeProof, type LeafRange } from "../merkle/range-proof.ts"
import type { Leaves } from "../merkle/leaves.ts"

/** Encodes the call that pushes a run of leaves. */
export function encodeRange({ interface: abi }: MerkleAirdrop, leaves: Leaves, range: LeafRange): string {
  const entries = Array.from({ length: range.count }, (_, i) => {
    const row = range.start + i
    return packEntry(accountOf(leaves.list, row), amountOf(leaves.list, row))
  })
  const proof = rangeProof(leaves.tree, range.start, range.count).map(toHex)
  return abi.encodeFunctionData("claimRange", [range.start, entries, proof])
}
