/**
 * The messages that an account signs so that another account can submit its claim (EIP-712). The types are those of the
 * contract, so that a wallet shows each field. The command line and the claim page share them.
 */
import type { Address } from "../primitives/address.ts"

export interface SignatureDomain {
  readonly name: "MerkleAirdrop"
  readonly version: "1"
  readonly chainId: number
  readonly verifyingContract: Address
}

/** Permission to pay the automatic amount of `account` to `to`. */
export interface ClaimMessage {
  readonly index: bigint
  readonly account: Address
  readonly to: Address
  /** Base units. */
  readonly amount: bigint
  /** Seconds since 1970, the last one at which the signature counts. */
  readonly deadline: bigint
}

/** Permission to pay to `to` what `account` has not yet claimed of its reserve amount. */
export interface ClaimReserveMessage {
  readonly account: Address
  readonly to: Address
  /** Base units, everything ever granted to the account. */
  readonly cumulativeAmount: bigint
  /** Seconds since 1970, the last one at which the signature counts. */
  readonly deadline: bigint
}

export interface TypedField {
  name: string
  type: string
}

/** In the order in which the contract hashes them. Mutable arrays, because ethers' types ask for those. */
export const CLAIM_TYPES: { Claim: TypedField[] } = {
  Claim: [
    { name: "index", type: "uint256" },
    { name: "account", type: "address" },
    { name: "to", type: "address" },
    { name: "amount", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
}

export const CLAIM_RESERVE_TYPES: { ClaimReserve: TypedField[] } = {
  ClaimReserve: [
    { name: "account", type: "address" },
    { name: "to", type: "address" },
    { name: "cumulativeAmount", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
}

/** The domain of one deployed contract: a signature for it counts nowhere else. */
export function signatureDomain(chainId: number, contract: Address): SignatureDomain {
  return { name: "MerkleAirdrop", version: "1", chainId, verifyingContract: contract }
}
