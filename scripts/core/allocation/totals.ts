import type { Allocation, GroupTotal, UnpaidReason } from "./allocation.ts"
import type { Contribution } from "../sources/valuation.ts"
import type { Candidate } from "./candidates.ts"
import type { Program } from "../program/program.ts"
import { reasonOf } from "./no-amount.ts"

/** The sums over everybody that an allocation holds also where it does not hold everybody. */
export type Totals = Pick<
  Allocation,
  "totalValue" | "uncapped" | "participantCount" | "unpaidCount" | "unpaidReasons" | "groups"
>

export interface Tally {
  readonly add: (
    candidate: Candidate,
    contributions: readonly Contribution[],
    amount: bigint,
    outcome: { readonly dropped: boolean; readonly capped: boolean },
  ) => void
  readonly totals: () => Totals
}

/** Adds up an allocation while its candidates are gone through, once. */
export function tallyOf({ tranches }: Program): Tally {
  let totalValue = 0n
  let [cappedAmount, cappedValue] = [0n, 0n]
  let participantCount = 0
  const reasons = new Map<UnpaidReason, number>()
  const groups = new Map<string, { contributions: number; quantity: bigint; value: bigint }>()
  const addContribution = ({ group, quantity, value: contributionValue }: Contribution): void => {
    let total = groups.get(group)
    if (total === undefined) groups.set(group, (total = { contributions: 0, quantity: 0n, value: 0n }))
    total.contributions++
    total.quantity += quantity
    total.value += contributionValue
  }
  return {
    add: (candidate, contributions, amount, { dropped, capped }) => {
      if (candidate.eligible && candidate.excluded === undefined && !dropped) {
        totalValue += candidate.value
        if (capped) {
          cappedAmount += amount
          cappedValue += candidate.value
        }
      }
      if (amount === 0n) {
        const reason = reasonOf(candidate, contributions, dropped)
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
        return
      }
      participantCount++
      for (const contribution of contributions)
        if (contribution.excludedReason === undefined) addContribution(contribution)
    },
    totals: () => {
      const unpaidReasons = [...reasons].map(([reason, count]) => ({ reason, count }))
      return {
        totalValue,
        uncapped: { pool: tranches.automatic - cappedAmount, value: totalValue - cappedValue },
        participantCount,
        unpaidCount: unpaidReasons.reduce((sum, { count }) => sum + count, 0),
        unpaidReasons: unpaidReasons.sort((a, b) => (a.reason < b.reason ? -1 : 1)),
        groups: Array.from(groups, ([group, total]): GroupTotal => ({ group, ...total })).sort((a, b) =>
          a.group < b.group ? -1 : 1,
        ),
      }
    },
  }
}
