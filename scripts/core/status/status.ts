/** The status of a program: the state of its contract, its history, and the findings that need action. */
import type { Address } from "../primitives/address.ts"
import type { OwnerRecord, OwnerRecords } from "../safe/owner-record.ts"
import type { SafeSettings } from "../safe/safe-settings.ts"
import type { History, LoggedEvent, Tally } from "./history.ts"
import type { Hex } from "../primitives/bytes.ts"

/** The contract at one block. Amounts in base units, times in seconds since 1970. */
export interface ContractState {
  readonly block: number
  readonly time: number
  readonly address: Address
  readonly owner: Address
  /** Undefined if the owner is not a Safe. */
  readonly ownerSafe: SafeSettings | undefined
  readonly pendingOwner: Address
  readonly automaticRoot: Hex
  readonly reserveCap: bigint
  readonly reserveRoot: Hex
  readonly pendingRoot: Hex
  readonly acceptableAt: number
  readonly reservePaid: bigint
  readonly sweepTime: number
  readonly balance: bigint
  /** The claimed part of the automatic tranche, as the contract reports it. */
  readonly claimed: Tally
  /** The same by index: not zero if a leaf is claimed. */
  readonly claimedFlags: Uint8Array
}

/** The expected values from the files. */
export interface Expected {
  readonly automaticRoot: Hex
  readonly recipients: number
  /** Base units, all automatic amounts. */
  readonly automatic: bigint
  /** Returns the base units of one leaf. */
  readonly amountOf: (index: number) => bigint
  /** Totals in base units by reserve root: of the ledger and of the published files. */
  readonly reserveRoots: ReadonlyMap<string, bigint>
  /** Base units of the grants in force, published or not; undefined without a ledger. */
  readonly granted: bigint | undefined
  /** Base units of all grants ever made, by account; undefined without a ledger. */
  readonly grantedTo: ReadonlyMap<Address, bigint> | undefined
  /** Returns the CID of the published files of a root; undefined if they are not available. */
  readonly cidOf: (root: string) => Promise<string | undefined>
}

/** The values that the state and the history are compared with, besides the files of the program. */
export interface StatusTerms {
  /** The CIDs of the published files, by root. */
  readonly cids: ReadonlyMap<string, string>
  readonly ownerRecords: OwnerRecords
  /** The events about changes of the recorded Safe's settings since the record. */
  readonly safeEvents: readonly LoggedEvent[]
}

export interface ReserveStatus {
  readonly cap: bigint
  readonly granted: bigint | undefined
  /** Undefined if no root is accepted, or if the accepted root is unknown here. */
  readonly accepted: bigint | undefined
  readonly pending:
    { readonly root: Hex; readonly total: bigint | undefined; readonly acceptableAt: number } | undefined
  readonly paid: bigint
}

export interface Status {
  readonly state: ContractState
  readonly history: History
  readonly recipients: number
  readonly claimed: Tally
  readonly unclaimed: Tally
  readonly reserve: ReserveStatus
  /** The amount that the contract may still have to pay: unclaimed amounts and the remaining reserve. */
  readonly owed: bigint
  /** The shortfall against that amount; zero once the owner has swept. */
  readonly missing: bigint
  readonly alarms: readonly string[]
  /** The alarms that a new record of the owner settles. */
  readonly ownerAlarms: readonly string[]
  readonly ownerRecord: OwnerRecord
  readonly notices: readonly string[]
}

/** The root that the contract has before any is set. */
export const ZERO_ROOT: Hex = `0x${"00".repeat(32)}`

/** A status before it is judged. */
export type Judged = Omit<Status, "alarms" | "notices" | "ownerAlarms" | "ownerRecord">
