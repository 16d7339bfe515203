/** The file that the Transaction Builder of the Safe web app imports, and its checksum. */
import { toChecksum, type Address } from "../primitives/address.ts"
import type { Call } from "../ethereum/call.ts"
import { toHex, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"

/** Version 1.0 of the format. */
export interface BatchFile {
  readonly version: "1.0"
  readonly chainId: string
  /** Milliseconds since 1970. Zero here, so that every proposer writes the same file for the same proposal. */
  readonly createdAt: number
  readonly meta: {
    readonly name: string
    readonly description: string
    readonly txBuilderVersion: string
    readonly createdFromSafeAddress: string
    readonly createdFromOwnerAddress: string
    readonly checksum?: string
  }
  readonly transactions: readonly BatchTransaction[]
}

export interface BatchTransaction {
  readonly to: string
  /** Wei, a decimal string. */
  readonly value: string
  readonly data: string
  /** Null, so that the call is described by its bytes alone. */
  readonly contractMethod: null
  readonly contractInputsValues: null
}

/** The release of the Transaction Builder whose format and checksum this is. */
const BUILDER = "1.18.2"

/** Builds a batch file with its checksum. */
export function batchFile(
  safe: { readonly chainId: number; readonly address: Address },
  texts: { readonly name: string; readonly description: string },
  calls: readonly Call[],
): BatchFile {
  const file: BatchFile = {
    version: "1.0",
    chainId: safe.chainId.toString(),
    createdAt: 0,
    meta: {
      ...texts,
      txBuilderVersion: BUILDER,
      createdFromSafeAddress: toChecksum(safe.address),
      createdFromOwnerAddress: "",
    },
    transactions: calls.map((call) => ({
      to: toChecksum(call.to),
      value: call.value.toString(),
      data: call.data,
      contractMethod: null,
      contractInputsValues: null,
    })),
  }
  return { ...file, meta: { ...file.meta, checksum: batchChecksum(file) } }
}

/**
 * Computes the checksum of a batch file: keccak256 of the file with the name null and no checksum. Each object is
 * written as its sorted keys in JSON and then its values, each followed by a comma.
 */
export function batchChecksum(file: { readonly meta: object }): Hex {
  const meta: Record<string, unknown> = { ...file.meta, name: null }
  delete meta["checksum"]
  return toHex(keccak256(new TextEncoder().encode(serialize({ ...file, meta }))))
}

function serialize(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(serialize).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  const values = entries.map(([, member]) => `${serialize(member)},`)
  return `{${JSON.stringify(entries.map(([key]) => key))}${values.join("")}}`
}
