/**
 * Hashes leaves like the contract: keccak256(bytes.concat(keccak256(abi.encode(...)))), OpenZeppelin's standard
 * leaf. Because of the second hash, an inner node, whose preimage is 64 bytes, can never pass for a leaf.
 */
import { AirdropError } from "../primitives/error.ts"
import { fromHex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import { putNumber } from "../primitives/words.ts"

/** The tranche of a tree, which decides the content of its leaves. */
export type Tranche = "automatic" | "reserve"

/** The Solidity types of a leaf's values, in order; also the `leafEncoding` of OpenZeppelin's tree files. */
export const LEAF_ENCODING: Readonly<Record<Tranche, readonly string[]>> = {
  automatic: ["uint256", "address", "uint256"],
  reserve: ["address", "uint256"],
}

/**
 * Returns the leaf of the automatic tranche over (index, account, amount).
 * @param account 20 bytes, or 0x and 40 digits
 * @param amount base units
 * @throws AirdropError if a value does not fit its Solidity type
 */
export function automaticLeaf(index: number, account: string | Uint8Array, amount: bigint): Uint8Array {
  const encoded = new Uint8Array(96)
  putNumber(encoded, 0, BigInt(index))
  putAddress(encoded, 32, account)
  putNumber(encoded, 64, amount)
  return keccak256(keccak256(encoded))
}

/**
 * Returns the leaf of the reserve over (account, cumulativeAmount).
 * @param account 20 bytes, or 0x and 40 digits
 * @param cumulativeAmount base units, all amounts ever granted to the account
 * @throws AirdropError if a value does not fit its Solidity type
 */
export function reserveLeaf(account: string | Uint8Array, cumulativeAmount: bigint): Uint8Array {
  const encoded = new Uint8Array(64)
  putAddress(encoded, 0, account)
  putNumber(encoded, 32, cumulativeAmount)
  return keccak256(keccak256(encoded))
}

function putAddress(target: Uint8Array, offset: number, account: string | Uint8Array): void {
  const bytes = typeof account === "string" ? fromHex(account, 20) : account
  if (bytes.length !== 20)
    throw new AirdropError(`an account of ${bytes.length} bytes is not an address`, {
      code: "invalid-address",
    })
  target.set(bytes, offset + 12)
}
