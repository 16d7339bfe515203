import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import type { Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import type { ClaimStates } from "./claims.ts"
import type { Due } from "./claims.ts"
import type { ReserveClaim } from "./claims.ts"
import type { AutomaticClaim } from "./claims.ts"

/** A signature that permits to pay an account's claims to another address; each tranche has its own. */
export interface ClaimSignatures {
  readonly to: Address
  /** Seconds since 1970. */
  readonly deadline: bigint
  readonly automatic?: string | undefined
  readonly reserve?: string | undefined
}

/** Who sends, and where the tokens go. */
export type Way =
  /** Anyone sends; the account is paid. */
  | { readonly by: "anyone" }
  /** The account itself sends. */
  | { readonly by: "account"; readonly to: Address }
  /** Anyone sends what the account has signed. */
  | { readonly by: "signature"; readonly signatures: ClaimSignatures }

/**
 * The calls that claim whatever is open; send several with {@link sendClaims}, which makes one transaction of them.
 * @returns calldata for the airdrop contract, empty if nothing is open
 */
export function encodeClaims(airdrop: MerkleAirdrop, due: Due, states: ClaimStates, way: Way): string[] {
  const calls: string[] = []
  if (due.automatic && states.automatic?.state === "open") {
    const call = encodeAutomatic(airdrop, due.account, due.automatic, way)
    if (call !== undefined) calls.push(call)
  }
  if (due.reserve && states.reserve?.state === "open") {
    const call = encodeReserve(airdrop, due.account, due.reserve, way)
    if (call !== undefined) calls.push(call)
  }
  return calls
}

/** The transaction's data for one or several calls: several go through the contract's own multicall. */
export function joinCalls(airdrop: MerkleAirdrop, calls: readonly string[]): string {
  const [first, ...others] = calls
  if (first === undefined) throw new AirdropError("there is nothing to claim", { exit: 1 })
  return others.length === 0 ? first : airdrop.interface.encodeFunctionData("multicall", [[...calls]])
}

function encodeAutomatic(
  { interface: abi }: MerkleAirdrop,
  account: Address,
  { index, amount, proof }: AutomaticClaim,
  way: Way,
): string | undefined {
  switch (way.by) {
    case "anyone":
      return abi.encodeFunctionData("claim", [index, account, amount, [...proof]])
    case "account":
      return way.to === account
        ? abi.encodeFunctionData("claim", [index, account, amount, [...proof]])
        : abi.encodeFunctionData("claimTo", [index, way.to, amount, [...proof]])
    case "signature": {
      const { to, deadline, automatic } = way.signatures
      if (automatic === undefined) return undefined
      return abi.encodeFunctionData("claimWithSignature", [
        index,
        account,
        to,
        amount,
        deadline,
        automatic,
        [...proof],
      ])
    }
  }
}

function encodeReserve(
  { interface: abi }: MerkleAirdrop,
  account: Address,
  { cumulativeAmount, proof }: ReserveClaim,
  way: Way,
): string | undefined {
  switch (way.by) {
    case "anyone":
      return abi.encodeFunctionData("claimReserve", [account, cumulativeAmount, [...proof]])
    case "account":
      return way.to === account
        ? abi.encodeFunctionData("claimReserve", [account, cumulativeAmount, [...proof]])
        : abi.encodeFunctionData("claimReserveTo", [way.to, cumulativeAmount, [...proof]])
    case "signature": {
      const { to, deadline, reserve } = way.signatures
      if (reserve === undefined) return undefined
      return abi.encodeFunctionData("claimReserveWithSignature", [
        account,
        to,
        cumulativeAmount,
        deadline,
        reserve,
        [...proof],
      ])
    }
  }
}
