import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { fromHex, toHex } from "../../core/primitives/bytes.ts"
import { automaticLeaf } from "../../core/merkle/leaf.ts"
import { foldProof } from "../../core/merkle/proof.ts"
import { claimStatesOf, type ClaimStates } from "../../core/claim/claim-state.ts"
import { revertWords } from "../../core/claim/revert-words.ts"
import { explained } from "../../io/transactions/revert.ts"
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

/**
 * Sends the claims in one transaction and waits until it is mined.
 * @param airdrop connected to the sender
 * @param data of the transaction
 * @returns the transaction's hash
 * @throws AirdropError `reverted` that says why the contract refuses
 */
export async function sendClaims(airdrop: MerkleAirdrop, data: Hex): Promise<string> {
  const { runner } = airdrop
  if (runner?.sendTransaction === undefined || runner.estimateGas === undefined) {
    throw new AirdropError("no account is given that sends the claim", { code: "usage" })
  }
  const transaction = { to: await airdrop.getAddress(), data }
  const words = (error: string): string => revertWords(error, airdrop.interface)
  const estimate = runner.estimateGas.bind(runner, transaction)
  const gas = await explained("the claim is refused", words, estimate)
  const sent = await runner.sendTransaction({ ...transaction, gasLimit: (gas * 11n) / 10n })
  const receipt = await explained("the claim failed", words, () => sent.wait())
  if (receipt === null) {
    throw new AirdropError(`transaction ${sent.hash} is not mined`, { code: "unsettled" })
  }
  return receipt.hash
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
  throw new AirdropError(`the published proof leads to root ${folded}, the contract has ${root}`, {
    code: "mismatch",
    hint: "Run ./airdrop verify: the files and the contract are of different programs or versions.",
  })
}
