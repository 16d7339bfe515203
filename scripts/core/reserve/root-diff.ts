import type { Address } from "../primitives/address.ts"
import type { Cumulative } from "./ledger.ts"

export interface ReserveChange {
  readonly account: Address
  /** Base units, cumulative. */
  readonly before: bigint
  readonly after: bigint
}

/** A lower bound of an account's amount. */
export interface Floor {
  readonly account: Address
  readonly amount: bigint
  readonly because: "claimed" | "accepted" | "pending"
}

/** Returns the changes of a new reserve root, in ascending order of account. Omits accounts that keep their amount. */
export function reserveChanges(before: Cumulative, after: Cumulative): readonly ReserveChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .map((account) => ({ account, before: before.get(account) ?? 0n, after: after.get(account) ?? 0n }))
    .filter((change) => change.before !== change.after)
}

/** Returns the floors that new amounts fall below. No account may lose a claimed or promised amount. */
export function brokenFloors(after: Cumulative, floors: readonly Floor[]): readonly Floor[] {
  return floors.filter(({ account, amount }) => (after.get(account) ?? 0n) < amount)
}

/** Returns the floors that a root on chain sets. */
export function floorsOf(promised: Cumulative, because: Floor["because"]): readonly Floor[] {
  return Array.from(promised, ([account, amount]) => ({ account, amount, because }))
}
