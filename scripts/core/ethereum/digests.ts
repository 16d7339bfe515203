/** Computes the digests of ERC-8213. Wallets show them, so that people can compare the message that they sign. */
import { TypedDataEncoder, type TypedDataDomain, type TypedDataField } from "ethers/hash"
import { concatBytes, fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import { putNumber } from "../primitives/words.ts"

/** The digests of an EIP-712 message. The signed one is `digest` = keccak256(0x1901 ++ domain ++ message). */
export interface MessageDigests {
  readonly domain: Hex
  readonly message: Hex
  readonly digest: Hex
}

/** Returns keccak256(uint256(length) ++ calldata). */
export function calldataDigest(data: Hex): Hex {
  const bytes = fromHex(data)
  const length = new Uint8Array(32)
  putNumber(length, 0, BigInt(bytes.length))
  return toHex(keccak256(concatBytes([length, bytes])))
}

/** Returns the digests of a typed message. */
export function messageDigests(
  domain: TypedDataDomain,
  types: Record<string, TypedDataField[]>,
  message: Record<string, unknown>,
): MessageDigests {
  return {
    domain: TypedDataEncoder.hashDomain(domain) as Hex,
    message: TypedDataEncoder.from(types).hash(message) as Hex,
    digest: TypedDataEncoder.hash(domain, types, message) as Hex,
  }
}
