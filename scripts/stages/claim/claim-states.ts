import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { fromHex, toHex } from "../../core/primitives/bytes.ts"
import { automaticLeaf } from "../../core/merkle/leaf.ts"
import { foldProof } from "../../core/merkle/proof.ts"
import { claimStatesOf, type ClaimStates } from "../../core/claim/claim-state.ts"
import type { AutomaticClaim, Due } from "../../core/claim/claims.ts"

/**
 * Reads which claims of an account are open.
 * @throws AirdropError `mismatch` if the automatic proof does not lead to the contract's root
 */
export async function readClaimStates(airdrop: MerkleAirdrop, due: Due): Promise<ClaimStates> {
  const { account, automatic } = due
  const [claimed, reserveRoot, pending, reserveClaimed] = await Promise.all([
    automatic && airdrop.isClaimed(automatic.index),
    airdrop.reserveRoot(),
    airdrop.pendingReserveRoot(),
    airdrop.reserveClaimed(account),
    automatic && requireRoot(airdrop, due, automatic),
  ])
  const roots = {
    reserveRoot: reserveRoot.toLowerCase() as Hex,
    pendingRoot: pending.root.toLowerCase() as Hex,
    acceptableAt: pending.acceptableAt,
  }
  return claimStatesOf(due, { claimed, reserveClaimed }, roots)
}

async function requireRoot(
  airdrop: MerkleAirdrop,
  { account }: Due,
  { index, amount, proof }: AutomaticClaim,
): Promise<void> {
  const root = await airdrop.AUTOMATIC_ROOT()
  const path = proof.map((node) => fromHex(node, 32))
  const folded = toHex(foldProof(automaticLeaf(index, account, amount), path))
  if (root.toLowerCase() === folded) return
  throw new AirdropError(`the published proof gives root ${folded}, but the contract has root ${root}`, {
    code: "mismatch",
    hint: "Run ./airdrop verify: the files and the contract are of different programs or versions.",
  })
}
