/**
 * Computes the hashes of Safe transactions that owners sign, from EIP-712 alone. A hardware wallet's display is
 * compared with these, not with a web page.
 */
import type { TypedDataDomain, TypedDataField } from "ethers"
import { ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import type { Call } from "../ethereum/call.ts"
import { calldataDigest, messageDigests } from "../ethereum/digests.ts"
import { AirdropError } from "../primitives/error.ts"
import type { Hex } from "../primitives/bytes.ts"
import { quote } from "../primitives/text.ts"
import { encodeMultiSend, MULTI_SEND_SELECTOR } from "./multi-send.ts"

/** CALL runs code in the called contract; DELEGATECALL runs foreign code as the Safe itself. */
export type Operation = 0 | 1
export const CALL: Operation = 0
export const DELEGATECALL: Operation = 1

/** A transaction that a Safe executes. Amounts in wei. The refund fields are zero in everything made here. */
export interface SafeTransaction {
  readonly to: Address
  readonly value: bigint
  readonly data: Hex
  readonly operation: Operation
  readonly safeTxGas: bigint
  readonly baseGas: bigint
  readonly gasPrice: bigint
  readonly gasToken: Address
  readonly refundReceiver: Address
  readonly nonce: bigint
}

/** The identity of a Safe. The hashes depend on it and on the transaction alone. */
export interface SafeIdentity {
  readonly chainId: number
  readonly address: Address
  /** The Safe's answer to VERSION(), for example "1.4.1". */
  readonly version: string
}

/** The hashes for a signer to compare. The signed one is `safe` = keccak256(0x1901 ++ domain ++ message). */
export interface SafeHashes {
  readonly domain: Hex
  readonly message: Hex
  readonly safe: Hex
  /** ERC-8213's digest of the data of the call. */
  readonly calldata: Hex
}

/** The typed message that an owner signs. */
export const SAFE_TYPES: Record<string, TypedDataField[]> = {
  SafeTx: [
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "data", type: "bytes" },
    { name: "operation", type: "uint8" },
    { name: "safeTxGas", type: "uint256" },
    { name: "baseGas", type: "uint256" },
    { name: "gasPrice", type: "uint256" },
    { name: "gasToken", type: "address" },
    { name: "refundReceiver", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
}

/**
 * Builds the transaction by which the Safe web app runs these calls: a single one directly, several through
 * MultiSendCallOnly, so that all happen or none.
 * @param multiSend MultiSendCallOnly of the Safe's version
 */
export function safeTransaction(calls: readonly Call[], nonce: bigint, multiSend: Address): SafeTransaction {
  const [first, ...others] = calls
  if (first === undefined)
    throw new AirdropError("a batch of no calls cannot be proposed", { code: "refused" })
  const single = others.length === 0
  return {
    ...(single ? first : { to: multiSend, value: 0n, data: encodeMultiSend(calls) }),
    operation: single ? CALL : DELEGATECALL,
    safeTxGas: 0n,
    baseGas: 0n,
    gasPrice: 0n,
    gasToken: ZERO_ADDRESS,
    refundReceiver: ZERO_ADDRESS,
    nonce,
  }
}

/** Returns true for a delegatecall of multiSend(bytes). The caller checks the called contract. */
export function isMultiSend(transaction: SafeTransaction): boolean {
  return transaction.operation === DELEGATECALL && transaction.data.startsWith(MULTI_SEND_SELECTOR)
}

/**
 * Returns the hashes of a transaction.
 * @throws AirdropError for versions before 1.0.0, which hash differently, and for a text that is no version
 */
export function safeHashes(safe: SafeIdentity, transaction: SafeTransaction): SafeHashes {
  const { domain, message, digest } = messageDigests(safeDomain(safe), SAFE_TYPES, { ...transaction })
  return { domain, message, safe: digest, calldata: calldataDigest(transaction.data) }
}

/** Returns the EIP-712 domain of a Safe. Before 1.3.0 it did not contain the chain. */
export function safeDomain({ chainId, address, version }: SafeIdentity): TypedDataDomain {
  const [, major, minor] = /^([0-9]+)\.([0-9]+)\.[0-9]+(?:\+L2)?$/.exec(version) ?? []
  if (major === undefined || minor === undefined || major !== "1") {
    throw new AirdropError(`Safe version ${quote(version)} is not one that can be hashed`, {
      code: "invalid-value",
      hint: "Versions 1.0.0 to 1.5.0 are known; a Safe answers to VERSION().",
    })
  }
  return Number(minor) >= 3 ? { chainId, verifyingContract: address } : { verifyingContract: address }
}
