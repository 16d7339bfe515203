import type { Address } from "../primitives/address.ts"
import type { SafeSettings } from "./safe-settings.ts"

/** The recorded owner of a deployed airdrop, for later comparison. */
export interface OwnerRecord {
  readonly block: number
  /** Seconds since 1970: the time of the block. */
  readonly time: number
  /** "deployment", or the operators' reason to record another owner. */
  readonly reason: string
  readonly address: Address
  /** Undefined if the owner is not a Safe. */
  readonly safe: SafeSettings | undefined
}

/** The records of a deployment in order: each replaces the one before. */
export type OwnerRecords = readonly [OwnerRecord, ...OwnerRecord[]]

/** Returns the record in force. */
export function lastRecord(records: OwnerRecords): OwnerRecord {
  return records.at(-1) ?? records[0]
}
