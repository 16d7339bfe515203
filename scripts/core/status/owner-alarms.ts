/** Compares the owner of an airdrop, and the settings of a Safe that owns it, with the record. */
import { toChecksum, type Address } from "../primitives/address.ts"
import { isoTime } from "../primitives/time.ts"
import { lastRecord, type OwnerRecord, type OwnerRecords } from "../safe/owner-record.ts"
import { settingChange } from "../safe/safe-events.ts"
import {
  changedSettings,
  settingText,
  SETTING_NAMES,
  type SafeSetting,
  type SafeSettings,
} from "../safe/safe-settings.ts"
import type { LoggedEvent } from "./history.ts"

/** The owner at one block. */
export interface OwnerState {
  readonly address: Address
  /** Undefined if the owner does not answer as a Safe. */
  readonly safe: SafeSettings | undefined
  /** The events by which the Safe announced changes of its settings since the record. */
  readonly events: readonly LoggedEvent[]
}

/**
 * Returns the changes since the owner was recorded, each a sentence.
 * @param named the owner in program.json, which applies until another owner is recorded
 */
export function ownerAlarms(
  records: OwnerRecords,
  owner: OwnerState,
  named: Address | undefined,
): readonly string[] {
  const record = lastRecord(records)
  if (owner.address !== record.address) {
    const since = `${toChecksum(record.address)} was recorded at ${isoTime(record.time)}`
    return [`The owner is ${toChecksum(owner.address)}; ${since}.`]
  }
  const alarms: string[] = []
  if (records.length === 1 && named !== undefined && owner.address !== named) {
    alarms.push(`The owner is ${toChecksum(owner.address)}; the program names ${toChecksum(named)}.`)
  }
  if (owner.safe === undefined) {
    return record.safe === undefined
      ? alarms
      : [...alarms, `The owner ${toChecksum(owner.address)} no longer answers as a Safe.`]
  }
  if (record.safe === undefined) {
    return [...alarms, "The owner is a Safe now, and its settings are not recorded."]
  }
  return [...alarms, ...settingAlarms(record, owner.safe), ...undoneAlarms(record, owner.safe, owner.events)]
}

/** Returns a sentence for each setting of the Safe that differs from the record. */
export function settingAlarms(record: OwnerRecord, current: SafeSettings): readonly string[] {
  const { safe, time } = record
  if (safe === undefined) return []
  return changedSettings(safe, current).map((setting) => {
    const name = SETTING_NAMES[setting]
    const verb = setting === "owners" || setting === "modules" ? "are" : "is"
    const difference = isList(setting) ? listDifference(safe[setting], current[setting]) : ""
    return `The Safe's ${name} ${verb} ${settingText(current, setting)}; ${settingText(safe, setting)} recorded at ${isoTime(time)}${difference}.`
  })
}

function isList(setting: SafeSetting): setting is "owners" | "modules" {
  return setting === "owners" || setting === "modules"
}

/** Names the added and removed addresses, because two lists of addresses are hard to compare by eye. */
function listDifference(recorded: readonly Address[], current: readonly Address[]): string {
  const added = current.filter((address) => !recorded.includes(address)).map(toChecksum)
  const removed = recorded.filter((address) => !current.includes(address)).map(toChecksum)
  return [
    ...(added.length === 0 ? [] : [`, added: ${added.join(", ")}`]),
    ...(removed.length === 0 ? [] : [`, removed: ${removed.join(", ")}`]),
  ].join("")
}

/** Returns a sentence for each setting that was changed and changed back, which only the events show. */
function undoneAlarms(
  record: OwnerRecord,
  current: SafeSettings,
  events: readonly LoggedEvent[],
): readonly string[] {
  const changed = record.safe === undefined ? [] : changedSettings(record.safe, current)
  return events.flatMap(({ name, values, block, time, transaction }) => {
    const change = settingChange(name, values[0] ?? "")
    if (change === undefined || block <= record.block || changed.includes(change.setting)) return []
    return [`At ${isoTime(time)} ${change.words}. This was undone later. Transaction ${transaction}.`]
  })
}
