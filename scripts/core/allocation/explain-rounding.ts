/** Recomputes how an exact share became whole units, for the explanation of one amount. */
import type { Address } from "../primitives/address.ts"
import type { Allocation, Participant, UnpaidAccount } from "./allocation.ts"
import { formatAmount } from "../primitives/amount.ts"
import { distribute } from "./share-pool.ts"
import { largestRemainder } from "./largest-remainder.ts"

/** An amount before rounding: base units and remainder / divisor of one. */
export interface Exact {
  readonly whole: bigint
  readonly remainder: bigint
  readonly divisor: bigint
  /** The formula of a share: pool × value / of. Absent for a fixed amount. */
  readonly share?: { readonly pool: bigint; readonly value: bigint; readonly of: bigint }
}

/**
 * The effect of rounding. Of equal fractions the lower address comes first: `up-first` shares its fraction and got a
 * unit, `down-later` shares it and got none. `down-either` is one of the two, if not all derivations are kept.
 */
export type Rounding = "nothing" | "up" | "up-first" | "down" | "down-later" | "down-either" | "whole-units"

export interface Rounded extends Exact {
  /** Undefined if another rule decides the amount. */
  readonly rounding: Rounding | undefined
}

/** Recomputes how a participant's amount was rounded, or what it would be without the cap that holds it down. */
export function roundedOf(allocation: Allocation, participant: Participant): Rounded {
  const { basis, pool, totalValue, uncapped } = allocation
  if (basis === "amount") return fixed(allocation, participant.value, !participant.capped)
  if (participant.capped) return { ...shareOf(pool, participant.value, totalValue), rounding: undefined }
  const exact = shareOf(uncapped.pool, participant.value, uncapped.value)
  return { ...exact, rounding: roundingIn(allocation, exact, participant.roundedUp) }
}

/**
 * Recomputes the share of a person whose share is too small: below one unit, or below the minimum. The share of the
 * latter leaves out only people of less value: it is below the minimum even then. Returns undefined if there is
 * another reason, or if the share depends on derivations that are not kept.
 */
export function missedBy(allocation: Allocation, { reason, value }: UnpaidAccount): Rounded | undefined {
  const { basis, uncapped } = allocation
  if (reason !== "below-minimum" && reason !== "below-one-unit") return undefined
  if (basis === "amount") return fixed(allocation, value, reason === "below-one-unit")
  if (reason === "below-one-unit") {
    const exact = shareOf(uncapped.pool, value, uncapped.value)
    return { ...exact, rounding: roundingIn(allocation, exact, false) }
  }
  return allocation.isDerived ? { ...shareIfKept(allocation, value), rounding: undefined } : undefined
}

/**
 * Recomputes the share that a cap reduces, if it exceeds the cap only after larger values are capped and leave their
 * rest to others. Returns undefined if it exceeds the cap anyway, or if not all derivations are kept.
 */
export function shareOnceLargerAreCapped(
  { basis, pool, totalValue, isDerived, participants }: Allocation,
  participant: Participant,
): Rounded | undefined {
  const cap = participant.amount
  if (basis === "amount" || !participant.capped || !isDerived) return undefined
  if (pool * participant.value > cap * totalValue) return undefined
  let [rest, of] = [pool, totalValue]
  for (const larger of participants) {
    if (larger.value <= participant.value) continue
    rest -= cap
    of -= larger.value
  }
  return { ...shareOf(rest, participant.value, of), rounding: undefined }
}

/** The share of one staking address in its person's amount. */
export interface StakerShare extends Rounded {
  readonly account: Address
  readonly amount: bigint
}

/** Returns the split of a participant's amount among its staking addresses. Returns an empty list without a split. */
export function stakerShares(
  { ruleEffects }: Allocation,
  { amount, contributions }: Participant,
): readonly StakerShare[] {
  if (!ruleEffects.some(({ rule }) => rule === "payTo")) return []
  const sums = new Map<Address, bigint>()
  for (const { account, value, excludedReason } of contributions) {
    if (excludedReason === undefined && value > 0n) sums.set(account, (sums.get(account) ?? 0n) + value)
  }
  if (sums.size < 2) return []
  const stakers = [...sums].sort(([a], [b]) => (a < b ? -1 : 1))
  const values = stakers.map(([, value]) => value)
  const of = values.reduce((sum, value) => sum + value, 0n)
  const { amounts, roundedUp } = largestRemainder(amount, values)
  const shares = stakers.map(([account, value], i) => ({
    ...shareOf(amount, value, of),
    account,
    amount: amounts[i] ?? 0n,
    roundedUp: roundedUp[i] === 1,
  }))
  return shares.map(({ roundedUp: isUp, ...share }) => ({
    ...share,
    rounding: roundingOf(share.remainder, isUp, (remainder, up) =>
      shares.some((one) => one.roundedUp === up && one.remainder === remainder),
    ),
  }))
}

const FRACTION_DIGITS = 9

/** Writes the fraction of a unit, cut after nine digits, as "0.123456789". */
export function fractionOf({ remainder, divisor }: Exact): string {
  return formatAmount((remainder * 10n ** BigInt(FRACTION_DIGITS)) / divisor, FRACTION_DIGITS)
}

function shareOf(pool: bigint, value: bigint, of: bigint): Exact {
  const product = pool * value
  return { whole: product / of, remainder: product % of, divisor: of, share: { pool, value, of } }
}

function fixed({ units, token }: Allocation, value: bigint, isRounded: boolean): Rounded {
  const divisor = 10n ** BigInt(units.valueDecimals - token.decimals)
  const remainder = value % divisor
  const rounding = remainder === 0n ? "nothing" : "whole-units"
  return { whole: value / divisor, remainder, divisor, rounding: isRounded ? rounding : undefined }
}

/** Computes the share of a value left out by the minimum. If no amount is capped, the cap has no effect here either. */
function shareIfKept({ pool, participants, unpaid }: Allocation, value: bigint): Exact {
  const dropped = unpaid.filter(({ reason }) => reason === "below-minimum")
  const values = [...participants, ...dropped].map((one) => one.value).filter((one) => one >= value)
  const cap = participants.find(({ capped }) => capped)?.amount
  const { capped } = distribute(pool, values, { minimum: 0n, cap })
  let [rest, of] = [pool, 0n]
  for (const [i, one] of values.entries()) {
    if (capped[i] === 1) rest -= cap ?? 0n
    else of += one
  }
  return shareOf(rest, value, of)
}

function roundingIn(allocation: Allocation, { remainder }: Exact, isUp: boolean): Rounding {
  const { uncapped, isDerived, participants, unpaid } = allocation
  if (!isDerived && !isUp && remainder > 0n) return "down-either"
  const level = ({ value }: { readonly value: bigint }): boolean =>
    (uncapped.pool * value) % uncapped.value === remainder
  return roundingOf(remainder, isUp, (_, up) =>
    up
      ? participants.some((one) => !one.capped && one.roundedUp && level(one))
      : participants.some((one) => !one.capped && !one.roundedUp && level(one)) ||
        unpaid.some((one) => one.reason === "below-one-unit" && level(one)),
  )
}

/**
 * Returns how a remainder was rounded.
 * @param isLevel returns whether a participant has this remainder and was, or was not, rounded up
 */
function roundingOf(
  remainder: bigint,
  isUp: boolean,
  isLevel: (remainder: bigint, up: boolean) => boolean,
): Rounding {
  if (remainder === 0n) return "nothing"
  if (isUp) return isLevel(remainder, false) ? "up-first" : "up"
  return isLevel(remainder, true) ? "down-later" : "down"
}
