/** Encodes claims as calldata. The command line and the page both use it; each brings the contract's ABI. */
import type { MerkleAirdropInterface } from "../../../types/MerkleAirdrop.ts"
import type { Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"
import { AirdropError } from "../primitives/error.ts"
import { payableNow, type ClaimStates } from "./claim-state.ts"
import type { AutomaticClaim, Due, ReserveClaim } from "./claims.ts"
import type { ClaimSubmission } from "./claim-submission.ts"

/** The part of the ABI that encodes claims. */
export type ClaimAbi = Pick<MerkleAirdropInterface, "encodeFunctionData">

/**
 * Encodes one transaction that claims every open tranche. Several calls go through the contract's multicall.
 * @throws AirdropError `refused` if there is nothing to claim
 */
export function encodeClaims(abi: ClaimAbi, due: Due, states: ClaimStates, how: ClaimSubmission): Hex {
  const payable = payableNow(states, how)
  const calls: string[] = []
  if (due.automatic && payable.automatic > 0n) {
    calls.push(encodeAutomatic(abi, due.account, due.automatic, how))
  }
  if (due.reserve && payable.reserve > 0n) calls.push(encodeReserve(abi, due.account, due.reserve, how))
  const [first, ...others] = calls
  if (first === undefined) throw new AirdropError("there is nothing to claim", { code: "refused" })
  return (others.length === 0 ? first : abi.encodeFunctionData("multicall", [calls])) as Hex
}

function encodeAutomatic(
  abi: ClaimAbi,
  account: Address,
  { index, amount, proof }: AutomaticClaim,
  how: ClaimSubmission,
): string {
  const path = [...proof]
  if (how.by === "signature") {
    const { to, deadline, automatic: signature = "0x" } = how
    const values = [index, account, to, amount, deadline, signature, path] as const
    return abi.encodeFunctionData("claimWithSignature", [...values])
  }
  return how.by === "account" && how.to !== account
    ? abi.encodeFunctionData("claimTo", [index, how.to, amount, path])
    : abi.encodeFunctionData("claim", [index, account, amount, path])
}

function encodeReserve(
  abi: ClaimAbi,
  account: Address,
  { cumulativeAmount, proof }: ReserveClaim,
  how: ClaimSubmission,
): string {
  const path = [...proof]
  if (how.by === "signature") {
    const { to, deadline, reserve: signature = "0x" } = how
    const values = [account, to, cumulativeAmount, deadline, signature, path] as const
    return abi.encodeFunctionData("claimReserveWithSignature", [...values])
  }
  return how.by === "account" && how.to !== account
    ? abi.encodeFunctionData("claimReserveTo", [how.to, cumulativeAmount, path])
    : abi.encodeFunctionData("claimReserve", [account, cumulativeAmount, path])
}
