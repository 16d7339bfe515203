/** Computes the status of a program. */
import type { Address } from "../primitives/address.ts"
import { tokenAmount } from "../primitives/token.ts"
import type { Program } from "../program/program.ts"
import { lastRecord, type OwnerRecords } from "../safe/owner-record.ts"
import { historyAlarms } from "./history-alarms.ts"
import type { History } from "./history.ts"
import { ownerAlarms } from "./owner-alarms.ts"
import { noticesOf, presentAlarms, recordNotices } from "./present-alarms.ts"
import {
  ZERO_ROOT,
  type ContractState,
  type Expected,
  type Judged,
  type ReserveStatus,
  type Status,
  type StatusTerms,
} from "./status.ts"

/** Computes the status from the contract's state, its history and the files. */
export function statusOf(
  program: Program,
  expected: Expected,
  state: ContractState,
  history: History,
  { cids, ownerRecords, safeEvents }: StatusTerms,
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
  const status: Judged = {
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
    owners: new Set(ownersOf(program, ownerRecords)),
    automaticRoot: expected.automaticRoot,
    reserveRoots: new Set(expected.reserveRoots.keys()),
    grantedTo: expected.grantedTo,
    cids,
    amount: (value) => tokenAmount(value, program.token),
  })
  const owner = { address: state.owner, safe: state.ownerSafe, events: safeEvents }
  const changes = ownerAlarms(ownerRecords, owner, program.contract.owner)
  const alarms = [...presentAlarms(program, expected, status), ...changes, ...past]
  const ownerRecord = lastRecord(ownerRecords)
  return {
    ...status,
    alarms,
    ownerAlarms: changes,
    ownerRecord,
    notices: [...noticesOf(program, status), ...recordNotices(ownerRecords)],
  }
}

/** Returns the owner in the program, and each recorded owner. */
function ownersOf({ contract }: Program, records: OwnerRecords): readonly Address[] {
  const recorded = records.map(({ address }) => address)
  return contract.owner === undefined ? recorded : [contract.owner, ...recorded]
}
