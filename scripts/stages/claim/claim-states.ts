import { ZeroHash } from "ethers"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import type { Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { fromHex, toHex, type Hex } from "../../core/primitives/bytes.ts"
import { automaticLeaf, reserveLeaf } from "../../core/merkle/leaf.ts"
import { foldProof } from "../../core/merkle/proof.ts"
import { joinCalls } from "../../core/claim/claim-calls.ts"
import { explained } from "../../io/transactions/revert.ts"
import type { AutomaticClaim, ClaimState, ClaimStates, Due, ReserveClaim } from "../../core/claim/claims.ts"

/**
 * Looks up on chain what of an account's claims can be had now.
 * @throws AirdropError (exit 1) if the automatic proof does not lead to the contract's root
 */
export async function readClaimStates(airdrop: MerkleAirdrop, due: Due): Promise<ClaimStates> {
  const [automatic, reserve] = await Promise.all([
    due.automatic && automaticState(airdrop, due.account, due.automatic),
    due.reserve && reserveState(airdrop, due.account, due.reserve),
  ])
  return { automatic, reserve }
}

/**
 * Sends the calls in one transaction and waits until it is mined.
 * @param airdrop connected to the sender
 * @returns the transaction's hash
 * @throws AirdropError (exit 1) that says why the contract refuses
 */
export async function sendClaims(airdrop: MerkleAirdrop, calls: readonly string[]): Promise<string> {
  const { runner } = airdrop
  if (runner?.sendTransaction === undefined || runner.estimateGas === undefined) {
    throw new AirdropError("no account is given that sends the claim")
  }
  const transaction = { to: await airdrop.getAddress(), data: joinCalls(airdrop, calls) }
  const estimate = runner.estimateGas.bind(runner, transaction)
  const gas = await explained("the claim is refused", airdrop.interface, estimate)
  const sent = await runner.sendTransaction({ ...transaction, gasLimit: (gas * 11n) / 10n })
  const receipt = await explained("the claim failed", airdrop.interface, () => sent.wait())
  if (receipt === null) throw new AirdropError(`transaction ${sent.hash} is not mined`, { exit: 1 })
  return receipt.hash
}

async function automaticState(
  airdrop: MerkleAirdrop,
  account: Address,
  claim: AutomaticClaim,
): Promise<ClaimState> {
  const leaf = automaticLeaf(claim.index, account, claim.amount)
  const [root, claimed] = await Promise.all([airdrop.AUTOMATIC_ROOT(), airdrop.isClaimed(claim.index)])
  const folded = rootOf(leaf, claim.proof)
  if (root.toLowerCase() !== folded) {
    throw new AirdropError(`the published proof leads to root ${folded}, the contract has ${root}`, {
      exit: 1,
      hint: "The files and the contract are not of the same program or version.",
    })
  }
  return claimed ? { state: "claimed" } : { state: "open", payable: claim.amount }
}

async function reserveState(
  airdrop: MerkleAirdrop,
  account: Address,
  claim: ReserveClaim,
): Promise<ClaimState> {
  const [root, pending, claimed] = await Promise.all([
    airdrop.reserveRoot(),
    airdrop.pendingReserveRoot(),
    airdrop.reserveClaimed(account),
  ])
  if (claimed >= claim.cumulativeAmount) return { state: "claimed" }
  const folded = rootOf(reserveLeaf(account, claim.cumulativeAmount), claim.proof)
  if (root !== ZeroHash && root.toLowerCase() === folded) {
    return { state: "open", payable: claim.cumulativeAmount - claimed }
  }
  const isPending = pending.root.toLowerCase() === folded
  return { state: "not-accepted", acceptableAt: isPending ? pending.acceptableAt : undefined }
}

function rootOf(leaf: Uint8Array, proof: readonly Hex[]): Hex {
  return toHex(
    foldProof(
      leaf,
      proof.map((node) => fromHex(node, 32)),
    ),
  )
}
