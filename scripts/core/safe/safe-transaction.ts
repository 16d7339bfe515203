/**
 * Safe transactions and the hashes that their owners sign, from EIP-712 alone: what a hardware wallet shows is
 * compared with these, not with what a web page says.
 */
import { ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import type { Call } from "../ethereum/call.ts"
import { AirdropError } from "../primitives/error.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"
import { putNumber } from "../primitives/words.ts"
import { encodeMultiSend, MULTI_SEND_SELECTOR } from "./multi-send.ts"

/** CALL runs in the called contract; DELEGATECALL runs foreign code as the Safe itself. */
export type Operation = 0 | 1
export const CALL: Operation = 0
export const DELEGATECALL: Operation = 1

/** What a Safe executes. Amounts in wei; the refund fields are zero in everything made here. */
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

/** Which Safe, where, and of which version: together with the transaction all that the hashes depend on. */
export interface SafeIdentity {
  readonly chainId: number
  readonly address: Address
  /** As the Safe answers to VERSION(), for example "1.4.1". */
  readonly version: string
}

/** What a signer compares. `safe` = keccak256(0x1901 ++ domain ++ message) is what is signed. */
export interface SafeHashes {
  readonly domain: Hex
  readonly message: Hex
  readonly safe: Hex
}

const encoder = new TextEncoder()
const typeHash = (type: string): Uint8Array => keccak256(encoder.encode(type))
const DOMAIN_TYPE = typeHash("EIP712Domain(uint256 chainId,address verifyingContract)")
/** Before 1.3.0 the domain did not say which chain. */
const OLD_DOMAIN_TYPE = typeHash("EIP712Domain(address verifyingContract)")
const TRANSACTION_TYPE = typeHash(
  "SafeTx(address to,uint256 value,bytes data,uint8 operation,uint256 safeTxGas,uint256 baseGas,uint256 gasPrice,address gasToken,address refundReceiver,uint256 nonce)",
)

/**
 * The transaction by which the Safe web app runs these calls: a single one directly, several through
 * MultiSendCallOnly, so that all happen or none.
 * @param multiSend MultiSendCallOnly of the Safe's version
 */
export function safeTransaction(calls: readonly Call[], nonce: bigint, multiSend: Address): SafeTransaction {
  const [first, ...others] = calls
  if (first === undefined) throw new AirdropError("a batch of no calls cannot be proposed")
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

/** True if the transaction is a delegatecall of multiSend(bytes); to which contract is for the caller to check. */
export function isMultiSend(transaction: SafeTransaction): boolean {
  return transaction.operation === DELEGATECALL && transaction.data.startsWith(MULTI_SEND_SELECTOR)
}

/**
 * The three hashes of a transaction.
 * @throws AirdropError for versions before 1.0.0, which hash otherwise, and for what is not a version
 */
export function safeHashes(safe: SafeIdentity, transaction: SafeTransaction): SafeHashes {
  const domain = domainHash(safe)
  const message = keccak256(encodeSafeTransaction(transaction))
  const digest = keccak256(concatBytes([Uint8Array.of(0x19, 0x01), domain, message]))
  return { domain: toHex(domain), message: toHex(message), safe: toHex(digest) }
}

function domainHash({ chainId, address, version }: SafeIdentity): Uint8Array {
  const [, major, minor] = /^([0-9]+)\.([0-9]+)\.[0-9]+(?:\+L2)?$/.exec(version) ?? []
  if (major === undefined || minor === undefined || major !== "1") {
    throw new AirdropError(`Safe version "${version}" is not one that can be hashed`, {
      hint: "Versions 1.0.0 to 1.5.0 are known; a Safe answers to VERSION().",
    })
  }
  return Number(minor) >= 3
    ? keccak256(concatBytes([DOMAIN_TYPE, word(BigInt(chainId)), word(BigInt(address))]))
    : keccak256(concatBytes([OLD_DOMAIN_TYPE, word(BigInt(address))]))
}

function encodeSafeTransaction(transaction: SafeTransaction): Uint8Array {
  return concatBytes([
    TRANSACTION_TYPE,
    word(BigInt(transaction.to)),
    word(transaction.value),
    keccak256(fromHex(transaction.data)),
    word(BigInt(transaction.operation)),
    word(transaction.safeTxGas),
    word(transaction.baseGas),
    word(transaction.gasPrice),
    word(BigInt(transaction.gasToken)),
    word(BigInt(transaction.refundReceiver)),
    word(transaction.nonce),
  ])
}

function word(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32)
  putNumber(bytes, 0, value)
  return bytes
}
