import type { Allocation, GroupTotal, WithoutReason } from "./allocation.ts"
import type { Part } from "../sources/valuation.ts"
import type { Candidate } from "./candidates.ts"
import type { Program } from "../program/program.ts"
import { reasonOf } from "./no-amount.ts"

/** The sums over everybody that an allocation holds also where it does not hold everybody. */
export type Totals = Pick<
  Allocation,
  "value" | "shared" | "participantCount" | "withoutCount" | "withoutReasons" | "groups"
>

export interface Tally {
  readonly add: (
    candidate: Candidate,
    parts: readonly Part[],
    amount: bigint,
    outcome: { readonly dropped: boolean; readonly capped: boolean },
  ) => void
  readonly totals: () => Totals
}

/** Adds up an allocation while its candidates are gone through, once. */
export function tallyOf({ tranches }: Program): Tally {
  let value = 0n
  let [cappedAmount, cappedValue] = [0n, 0n]
  let participantCount = 0
  const reasons = new Map<WithoutReason, number>()
  const groups = new Map<string, { parts: number; quantity: bigint; value: bigint }>()
  const addPart = ({ group, quantity, value: partValue }: Part): void => {
    let total = groups.get(group)
    if (total === undefined) groups.set(group, (total = { parts: 0, quantity: 0n, value: 0n }))
    total.parts++
    total.quantity += quantity
    total.value += partValue
  }
  return {
    add: (candidate, parts, amount, { dropped, capped }) => {
      if (candidate.eligible && candidate.excluded === undefined && !dropped) {
        value += candidate.value
        if (capped) {
          cappedAmount += amount
          cappedValue += candidate.value
        }
      }
      if (amount === 0n) {
        const reason = reasonOf(candidate, parts, dropped)
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
        return
      }
      participantCount++
      for (const part of parts) if (part.not === undefined) addPart(part)
    },
    totals: () => {
      const withoutReasons = [...reasons].map(([reason, count]) => ({ reason, count }))
      return {
        value,
        shared: { pool: tranches.automatic - cappedAmount, value: value - cappedValue },
        participantCount,
        withoutCount: withoutReasons.reduce((sum, { count }) => sum + count, 0),
        withoutReasons: withoutReasons.sort((a, b) => (a.reason < b.reason ? -1 : 1)),
        groups: Array.from(groups, ([group, total]): GroupTotal => ({ group, ...total })).sort((a, b) =>
          a.group < b.group ? -1 : 1,
        ),
      }
    },
  }
}
