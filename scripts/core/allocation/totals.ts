import type { Contribution, Units } from "../sources/valuation.ts"
import { MOST_DIGITS } from "../primitives/decimal.ts"
import { AirdropError } from "../primitives/error.ts"
import type { Allocation, GroupTotal, UnpaidReason } from "./allocation.ts"
import type { Candidate } from "./candidates.ts"
import type { Program } from "../program/program.ts"
import { reasonOf } from "./no-amount.ts"

/** Sums over all candidates, also when derivations are not kept. */
export type Totals = Pick<
  Allocation,
  "totalValue" | "uncapped" | "participantCount" | "unpaidCount" | "unpaidReasons" | "groups"
>

/** Adds up an allocation in one pass over its candidates. */
export interface RunningTotals {
  readonly add: (
    candidate: Candidate,
    contributions: readonly Contribution[],
    amount: bigint,
    outcome: { readonly dropped: boolean; readonly capped: boolean },
  ) => void
  /**
   * Returns the sums.
   * @throws AirdropError if a sum has more digits than a reader of allocation.json accepts
   */
  readonly totals: () => Totals
}

type GroupSum = { -readonly [Field in Exclude<keyof GroupTotal, "group">]: GroupTotal[Field] }

export function runningTotals({ tranches }: Program, units: Units): RunningTotals {
  let totalValue = 0n
  let [cappedAmount, cappedValue] = [0n, 0n]
  let participantCount = 0
  // Of all contributions, also those that do not count: each is written too.
  let [quantities, values] = [0n, 0n]
  const reasons = new Map<UnpaidReason, number>()
  const groups = new Map<string, GroupSum>()
  const addContribution = ({ group, quantity, value }: Contribution): void => {
    let sum = groups.get(group)
    if (sum === undefined) groups.set(group, (sum = { contributions: 0, quantity: 0n, value: 0n }))
    sum.contributions++
    sum.quantity += quantity
    sum.value += value
  }
  return {
    add: (candidate, contributions, amount, { dropped, capped }) => {
      for (const { quantity, value } of contributions) {
        quantities += quantity
        values += value
      }
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
      requireReadable(quantities, "quantities", units.quantityDecimals)
      requireReadable(values, "values", units.valueDecimals)
      const unpaidReasons = [...reasons].map(([reason, count]) => ({ reason, count }))
      return {
        totalValue,
        uncapped: { pool: tranches.automatic - cappedAmount, value: totalValue - cappedValue },
        participantCount,
        unpaidCount: unpaidReasons.reduce((sum, { count }) => sum + count, 0),
        unpaidReasons: unpaidReasons.sort((a, b) => (a.reason < b.reason ? -1 : 1)),
        groups: Array.from(groups, ([group, sum]): GroupTotal => ({ group, ...sum })).sort((a, b) =>
          a.group < b.group ? -1 : 1,
        ),
      }
    },
  }
}

function requireReadable(sum: bigint, what: string, decimals: number): void {
  if (sum < 10n ** BigInt(MOST_DIGITS + decimals)) return
  throw new AirdropError(`the ${what} add up to more than ${MOST_DIGITS} digits before the point`, {
    code: "invalid-amount",
    hint: "Write the amounts of the source's file in a larger unit.",
  })
}
