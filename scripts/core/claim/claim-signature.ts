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
  /** Seconds since 1970: the last second at which the signature is valid. */
  readonly deadline: bigint
}

/** Permission to pay to `to` the part of `account`'s reserve amount that is not yet claimed. */
export interface ClaimReserveMessage {
  readonly account: Address
  readonly to: Address
  /** Base units: all amounts ever granted to the account. */
  readonly cumulativeAmount: bigint
  /** Seconds since 1970: the last second at which the signature is valid. */
  readonly deadline: bigint
}

export interface TypedField {
  name: string
  type: string
}

/**
 * The fields in the order in which the contract hashes them. The arrays are mutable because the types of ethers are.
 */
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

/** Returns the EIP-712 domain of one deployed contract. A signature for it is valid nowhere else. */
export function signatureDomain(chainId: number, contract: Address): SignatureDomain {
  return { name: "MerkleAirdrop", version: "1", chainId, verifyingContract: contract }
}
