/** Computes the status of a program, and the findings that need action. */
import { tokenAmount } from "../primitives/token.ts"
import { toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import { historyAlarms } from "./history-alarms.ts"
import type { History, Tally } from "./history.ts"
import type { Hex } from "../primitives/bytes.ts"
import type { Program } from "../program/program.ts"
import { isoTime } from "../primitives/time.ts"

/** The contract at one block. Amounts in base units, times in seconds since 1970. */
export interface ContractState {
  readonly block: number
  readonly time: number
  readonly address: Address
  readonly owner: Address
  readonly pendingOwner: Address
  readonly automaticRoot: Hex
  readonly reserveCap: bigint
  readonly reserveRoot: Hex
  readonly pendingRoot: Hex
  readonly acceptableAt: number
  readonly reservePaid: bigint
  readonly sweepTime: number
  readonly balance: bigint
  /** The claimed tally of the automatic tranche, as the contract reports it. */
  readonly claimed: Tally
  /** The same by index: not zero where a leaf is claimed. */
  readonly claimedFlags: Uint8Array
}

/** What the files say. */
export interface Expected {
  readonly automaticRoot: Hex
  readonly recipients: number
  /** Base units, all automatic amounts. */
  readonly automatic: bigint
  /** Base units of one leaf. */
  readonly amountOf: (index: number) => bigint
  /** Totals in base units by reserve root: of the ledger and of what is published. */
  readonly reserveRoots: ReadonlyMap<string, bigint>
  /** Base units of the grants in force, published or not; undefined without a ledger. */
  readonly granted: bigint | undefined
  /** Base units of all grants that were ever made, by account; undefined where no ledger is at hand. */
  readonly grantedTo: ReadonlyMap<Address, bigint> | undefined
  /** The CID of the published files of a root; undefined where they are not at hand. */
  readonly cidOf: (root: string) => Promise<string | undefined>
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
  readonly notices: readonly string[]
}

const ZERO_ROOT: Hex = `0x${"00".repeat(32)}`

/**
 * Puts state, history and files together.
 * @param cids of the published files, by root
 */
export function statusOf(
  program: Program,
  expected: Expected,
  state: ContractState,
  history: History,
  cids: ReadonlyMap<string, string> = new Map(),
): Status {
  const { claimed } = state
  const unclaimed = {
    count: expected.recipients - claimed.count,
    amount: expected.automatic - claimed.amount,
  }
  const owed = unclaimed.amount + state.reserveCap - state.reservePaid
  const isSwept = history.swept > 0n
  const missing = isSwept || state.balance >= owed ? 0n : owed - state.balance
  const hasPending = state.pendingRoot !== ZERO_ROOT
  const reserve: ReserveStatus = {
    cap: state.reserveCap,
    granted: expected.granted,
    accepted: expected.reserveRoots.get(state.reserveRoot),
    pending: hasPending
      ? {
          root: state.pendingRoot,
          total: expected.reserveRoots.get(state.pendingRoot),
          acceptableAt: state.acceptableAt,
        }
      : undefined,
    paid: state.reservePaid,
  }
  const status = {
    state,
    history,
    recipients: expected.recipients,
    claimed,
    unclaimed,
    reserve,
    owed,
    missing,
  }
  const past = historyAlarms(history, {
    owner: program.contract.owner,
    automaticRoot: expected.automaticRoot,
    reserveRoots: new Set(expected.reserveRoots.keys()),
    grantedTo: expected.grantedTo,
    cids,
    amount: (value) => tokenAmount(value, program.token),
  })
  const alarms = [...alarmsOf(program, expected, status), ...past]
  return { ...status, alarms, notices: noticesOf(program, status) }
}

/** True if the events tell of every payment that the contract knows. */
export function isWholeHistory({ claimed, reservePaid }: ContractState, history: History): boolean {
  const { automatic, reserve } = history
  return (
    automatic.count === claimed.count && automatic.amount === claimed.amount && reserve.amount === reservePaid
  )
}

type Judged = Omit<Status, "alarms" | "notices">

/** Returns the alarms, each a sentence. */
function alarmsOf({ token, contract }: Program, expected: Expected, status: Judged): readonly string[] {
  const { state, history, missing, claimed } = status
  const alarms: string[] = []
  const amount = (value: bigint): string => tokenAmount(value, token)
  if (state.automaticRoot !== expected.automaticRoot) {
    alarms.push(
      `The contract's automatic root is ${state.automaticRoot}, the files make ${expected.automaticRoot}.`,
    )
  }
  if (missing > 0n) {
    alarms.push(
      `It is underfunded: ${amount(missing)} are missing of the ${amount(status.owed)} it may have to pay.`,
    )
  }
  for (const [what, root] of [
    ["accepted", state.reserveRoot] as const,
    ["pending", state.pendingRoot] as const,
  ]) {
    if (root !== ZERO_ROOT && !expected.reserveRoots.has(root)) {
      alarms.push(`The ${what} reserve root ${root} is unknown: it was built from no grants of this program.`)
    }
  }
  if (contract.owner !== undefined && state.owner !== contract.owner) {
    alarms.push(`The owner is ${toChecksum(state.owner)}, the program names ${toChecksum(contract.owner)}.`)
  }
  if (state.pendingOwner !== ZERO_ADDRESS) {
    alarms.push(`The ownership is offered to ${toChecksum(state.pendingOwner)}.`)
  }
  if (!isWholeHistory(state, history)) {
    alarms.push(
      `The node's events are incomplete: they tell of ${history.automatic.count} automatic claims and ${amount(history.reserve.amount)} from the reserve, the contract of ${claimed.count} and ${amount(state.reservePaid)}.`,
    )
  }
  return alarms
}

/** Returns the notices, each a sentence. */
function noticesOf({ token }: Program, { state, reserve, history }: Judged): readonly string[] {
  const notices: string[] = []
  const amount = (value: bigint): string => tokenAmount(value, token)
  if (reserve.pending !== undefined) {
    const when = isoTime(reserve.pending.acceptableAt)
    notices.push(
      state.time >= reserve.pending.acceptableAt
        ? `A reserve root waits to be accepted since ${when}; anybody may do that.`
        : `A reserve root is pending until ${when}.`,
    )
  }
  if (history.swept > 0n) notices.push(`The owner has swept ${amount(history.swept)}.`)
  else if (state.time >= state.sweepTime)
    notices.push("The deadline is over: the owner may sweep at any time.")
  return notices
}
