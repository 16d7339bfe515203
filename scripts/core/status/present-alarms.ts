/** Judges the present state of an airdrop: alarms need action, notices are information. */
import { toChecksum, ZERO_ADDRESS } from "../primitives/address.ts"
import { quote } from "../primitives/text.ts"
import { isoTime } from "../primitives/time.ts"
import { tokenAmount } from "../primitives/token.ts"
import type { Program } from "../program/program.ts"
import type { OwnerRecords } from "../safe/owner-record.ts"
import type { History } from "./history.ts"
import { ZERO_ROOT, type ContractState, type Expected, type Judged } from "./status.ts"

/** Returns true if the events include every payment that the contract counts. */
export function isWholeHistory({ claimed, reservePaid }: ContractState, history: History): boolean {
  const { automatic, reserve } = history
  return (
    automatic.count === claimed.count && automatic.amount === claimed.amount && reserve.amount === reservePaid
  )
}

/** Returns the alarms, each a sentence. */
export function presentAlarms({ token }: Program, expected: Expected, status: Judged): readonly string[] {
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
export function noticesOf({ token }: Program, { state, reserve, history }: Judged): readonly string[] {
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

/** Returns a sentence about each owner that was recorded after the deployment, with the reason. */
export function recordNotices([, ...later]: OwnerRecords): readonly string[] {
  const last = later.at(-1)
  if (last === undefined) return []
  return [
    `The owner ${toChecksum(last.address)} was recorded anew at ${isoTime(last.time)}: ${quote(last.reason)}.`,
  ]
}
