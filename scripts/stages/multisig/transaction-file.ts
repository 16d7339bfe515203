/** A Safe transaction as a file: all that its owners sign, with the hashes that the writer computed. */
import { shownPath } from "../../io/disk/paths.ts"
import { z } from "zod"
import { readTextIfAny } from "../../io/disk/read-file.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { addressField, bigintField, hash32Field } from "../../core/primitives/fields.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import type {
  Operation,
  SafeHashes,
  SafeIdentity,
  SafeTransaction,
} from "../../core/safe/safe-transaction.ts"
import { parseJsonText } from "../../core/files/parsed-json.ts"
import { readBySchema } from "../../core/files/by-schema.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"

/** A transaction, the Safe that it is for, and what its hashes are claimed to be. */
export interface SafeTransactionFile {
  readonly safe: SafeIdentity
  readonly transaction: SafeTransaction
  readonly hashes: SafeHashes
  /** For each owner that is itself a Safe: its own transaction, which approves the hash above. */
  readonly nested: readonly NestedApproval[]
}

export interface NestedApproval {
  readonly safe: SafeIdentity
  readonly transaction: SafeTransaction
  readonly hashes: SafeHashes
}

const FORMAT = "merkle-airdrop/safe-transaction@1"

const data = z.string().regex(/^0x(?:[0-9a-f]{2})*$/, "must be 0x and pairs of lower-case hex digits")

const APPROVAL = z.strictObject({
  chainId: z.int().positive(),
  safe: addressField,
  version: z.string(),
  transaction: z.strictObject({
    to: addressField,
    value: bigintField,
    data,
    operation: z.union([z.literal(0), z.literal(1)]),
    safeTxGas: bigintField,
    baseGas: bigintField,
    gasPrice: bigintField,
    gasToken: addressField,
    refundReceiver: addressField,
    nonce: bigintField,
  }),
  hashes: z.strictObject({
    domain: hash32Field,
    message: hash32Field,
    safe: hash32Field,
    calldata: hash32Field,
  }),
})

const FILE = APPROVAL.extend({ format: z.literal(FORMAT), nested: z.array(APPROVAL) })

/** True if the JSON says it is such a file. */
export function isSafeTransactionFile(text: string): boolean {
  return text.includes(`"${FORMAT}"`)
}

/**
 * Reads a Safe transaction file.
 * @returns undefined if the file does not exist
 */
export async function readSafeTransaction(path: string): Promise<SafeTransactionFile | undefined> {
  const text = await readTextIfAny(path)
  return text === undefined ? undefined : parseSafeTransaction(text, path)
}

/** As {@link readSafeTransaction}, of text. */
export function parseSafeTransaction(text: string, path: string): SafeTransactionFile {
  const file = readBySchema(FILE, parseJsonText(text, shownPath(path)), shownPath(path))
  return { ...fromFile(file), nested: file.nested.map(fromFile) }
}

/** Writes a Safe transaction file. */
export async function writeSafeTransaction(path: string, file: SafeTransactionFile): Promise<void> {
  const content = { format: FORMAT, ...toFile(file), nested: file.nested.map(toFile) }
  await writeFileAtomic(path, `${JSON.stringify(content, undefined, 2)}\n`)
}

function fromFile(file: z.output<typeof APPROVAL>): NestedApproval {
  return {
    safe: { chainId: file.chainId, address: file.safe, version: file.version },
    transaction: {
      ...file.transaction,
      data: file.transaction.data as Hex,
      operation: file.transaction.operation,
    },
    hashes: file.hashes,
  }
}

function toFile({ safe, transaction, hashes }: NestedApproval): z.input<typeof APPROVAL> {
  const checksummed = (address: Address): string => toChecksum(address)
  return {
    chainId: safe.chainId,
    safe: checksummed(safe.address),
    version: safe.version,
    transaction: {
      to: checksummed(transaction.to),
      value: transaction.value.toString(),
      data: transaction.data,
      operation: transaction.operation satisfies Operation,
      safeTxGas: transaction.safeTxGas.toString(),
      baseGas: transaction.baseGas.toString(),
      gasPrice: transaction.gasPrice.toString(),
      gasToken: checksummed(transaction.gasToken),
      refundReceiver: checksummed(transaction.refundReceiver),
      nonce: transaction.nonce.toString(),
    },
    hashes,
  }
}
