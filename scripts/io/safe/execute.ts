/** Collects owners' signatures and executes, like the Safe web app and its signers. */
import { concat, type Signer, type TransactionReceipt } from "ethers"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import {
  SAFE_TYPES,
  safeDomain,
  safeHashes,
  type SafeIdentity,
  type SafeTransaction,
} from "../../core/safe/safe-transaction.ts"
import { SAFE } from "./safe.ts"

/** An owner's approval: a signature of 65 bytes, or `v = 1` for a hash approved on chain. */
export interface OwnerSignature {
  readonly owner: Address
  readonly signature: string
}

/** Returns one owner's EIP-712 signature. */
export async function signSafeTransaction(
  safe: SafeIdentity,
  transaction: SafeTransaction,
  owner: Signer,
): Promise<OwnerSignature> {
  return {
    owner: parseAddress((await owner.getAddress()).toLowerCase()),
    signature: await owner.signTypedData(safeDomain(safe), SAFE_TYPES, transaction),
  }
}

/** Returns the signature for a hash that the owner approved on chain, as an owner that is a Safe does. */
export function approvedHashSignature(owner: Address): OwnerSignature {
  return {
    owner,
    signature: concat([`0x${owner.slice(2).padStart(64, "0")}`, `0x${"00".repeat(32)}`, "0x01"]),
  }
}

/** Executes a transaction with the owners' signatures, sorted as the Safe requires. */
export async function executeSafeTransaction(
  safe: SafeIdentity,
  transaction: SafeTransaction,
  signatures: readonly OwnerSignature[],
  sender: Signer,
): Promise<TransactionReceipt> {
  const data = encodeExecution(transaction, signatures)
  let receipt: TransactionReceipt | null
  try {
    receipt = await (await sender.sendTransaction({ to: safe.address, data })).wait()
  } catch (cause) {
    throw new AirdropError(`the Safe ${safe.address} did not execute: ${reasonOf(cause)}`, {
      code: "reverted",
      cause,
    })
  }
  const { safe: hash } = safeHashes(safe, transaction)
  const done = receipt?.logs.some((log) => {
    const event = parseAddress(log.address.toLowerCase()) === safe.address ? SAFE.parseLog(log) : null
    return event?.name === "ExecutionSuccess" && event.args["txHash"] === hash
  })
  if (receipt === null || done !== true) {
    throw new AirdropError(`the Safe ${safe.address} announced no success of ${hash}`, { code: "reverted" })
  }
  return receipt
}

/** Encodes the calldata of execTransaction. */
export function encodeExecution(transaction: SafeTransaction, signatures: readonly OwnerSignature[]): string {
  const sorted = signatures.toSorted((a, b) => (a.owner < b.owner ? -1 : 1))
  return SAFE.encodeFunctionData("execTransaction", [
    transaction.to,
    transaction.value,
    transaction.data,
    transaction.operation,
    transaction.safeTxGas,
    transaction.baseGas,
    transaction.gasPrice,
    transaction.gasToken,
    transaction.refundReceiver,
    concat(sorted.map(({ signature }) => signature)),
  ])
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)
}
