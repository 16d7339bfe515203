import { percent } from "../primitives/percent.ts"
import { tokenAmount } from "../primitives/token.ts"
import { toChecksum } from "../primitives/address.ts"
import type { Allocation, Participant, PayeeRisk, UnpaidAccount } from "../allocation/allocation.ts"
import type { Contribution } from "../sources/valuation.ts"
import type { Units } from "../sources/valuation.ts"
import { humanAmount } from "../primitives/amount.ts"
import { textTable } from "./text-table.ts"
import type { Explanation } from "../allocation/explain.ts"
import {
  fractionOf,
  missedBy,
  roundedOf,
  shareOnceLargerAreCapped,
  stakerShares,
  type Exact,
  type Rounded,
  type Rounding,
  type StakerShare,
} from "../allocation/explain-rounding.ts"

/** Writes an explanation for people, line by line, with every figure of the derivation. */
export function explanationLines(allocation: Allocation, explanation: Explanation): string[] {
  const { account, person, participant, unpaid, others, forOthers, reason, ownReason } = explanation
  const amount = amountText(allocation)
  const isKnown = participant !== undefined || unpaid !== undefined
  return [
    reason === undefined
      ? `${toChecksum(account)} gets ${amount(explanation.amount)}, ${percent(explanation.amount, allocation.pool, 3)} of the pool`
      : `${toChecksum(account)} gets nothing: ${reason}`,
    ...(reason === undefined && ownReason !== undefined ? [`nothing of its own: ${ownReason}`] : []),
    ...explanation.risks.map(riskLine),
    ...(isKnown ? [""] : []),
    ...(person !== account && isKnown ? [`${toChecksum(person)}:`] : []),
    ...explanation.linked.map((old) => `  ${toChecksum(old)} is the same person, by its signed link`),
    ...(person !== account && unpaid !== undefined ? [`  gets nothing: ${unpaid.detail}`] : []),
    ...(unpaid === undefined ? [] : unpaidLines(allocation, unpaid)),
    ...(participant === undefined ? [] : participantLines(allocation, participant)),
    ...forOthers.map(
      (payment) =>
        `  and ${amount(payment.amount)} for ${toChecksum(payment.account)}, ${BY[payment.by ?? "override"]}`,
    ),
    ...others.flatMap((other) => [
      "",
      `${toChecksum(other.account)}:`,
      ...participantLines(allocation, other),
    ]),
  ]
}

/** The reason for a payee. */
const BY = { override: "by an override of the operators", redirect: "by its signed redirect" } as const

function riskLine({ account, detail, resolved }: PayeeRisk): string {
  return `${resolved ? "to know" : "at risk, and not settled"}: ${toChecksum(account)}: ${detail}`
}

function participantLines(allocation: Allocation, participant: Participant): string[] {
  const amount = amountText(allocation)
  const { units } = allocation
  const overCap = shareOnceLargerAreCapped(allocation, participant)
  return [
    ...partLines(participant.contributions, units),
    valueLine(allocation, participant.value),
    ...roundedLines(
      allocation,
      roundedOf(allocation, participant),
      participant.capped ? " without the cap" : "",
    ),
    ...(overCap === undefined ? [] : roundedLines(allocation, overCap, " once larger ones are capped")),
    ...(participant.capped ? [`  held down by the cap: ${amount(participant.amount)}`] : []),
    `  amount: ${amount(participant.amount)}`,
    ...stakerLines(allocation, stakerShares(allocation, participant)),
    ...participant.payments.map(
      (payment) =>
        `  paid to ${toChecksum(payment.payee)}: ${amount(payment.amount)}` +
        (payment.payee === payment.account
          ? ""
          : ` (${BY[payment.by ?? "override"]}, instead of ${toChecksum(payment.account)})`),
    ),
  ]
}

function unpaidLines(allocation: Allocation, unpaid: UnpaidAccount): string[] {
  const { units, uncapped } = allocation
  const { reason, value } = unpaid
  const contributions = partLines(unpaid.contributions, units)
  const missed = missedBy(allocation, unpaid)
  if (missed !== undefined) {
    const terms =
      reason === "below-minimum" && missed.share !== undefined ? " with those of less value left out" : ""
    return [...contributions, valueLine(allocation, value), ...roundedLines(allocation, missed, terms)]
  }
  if (reason !== "below-minimum") return contributions
  return [
    ...contributions,
    valueLine(allocation, value),
    `  those above the minimum, but below any cap, share ${amountText(allocation)(uncapped.pool)} by ${humanAmount(uncapped.value, units.valueDecimals)}`,
  ]
}

function valueLine({ units }: Allocation, value: bigint): string {
  return `  ${units.value}: ${humanAmount(value, units.valueDecimals)}`
}

const ROUNDINGS: Readonly<Record<Rounding, string>> = {
  nothing: "nothing to round",
  up: "rounded up: one of the units left over, as its fraction is among the largest",
  "up-first": "rounded up: one of the units left over, as of equal fractions the lower address comes first",
  down: "rounded down: the units left over went to larger fractions",
  "down-later": "rounded down: an equal fraction with a lower address came first",
  "down-either":
    "rounded down: the units left over went to larger fractions, or equal ones with lower addresses",
  "whole-units": "rounded down to whole units",
}

/**
 * Returns the lines about the rounding of an amount.
 * @param terms the conditions of the share, such as " without the cap"; empty for the actual ones
 */
function roundedLines(allocation: Allocation, rounded: Rounded, terms: string): string[] {
  const amount = amountText(allocation)
  const { share, divisor, rounding } = rounded
  if (share === undefined && divisor === 1n) return [] // amounts in whole units need no derivation
  return [
    ...(share === undefined
      ? [`  exact${terms}: ${exactText(allocation, rounded)}`]
      : [
          `  share${terms}: ${shareText(allocation, share)}`,
          ...(share.pool === allocation.pool
            ? []
            : [`  of what capped participants leave: ${amount(share.pool)}`]),
          `  exact${terms}: ${amount(share.pool)} × share = ${exactText(allocation, rounded)}`,
        ]),
    ...(rounding === undefined ? [] : [`  ${ROUNDINGS[rounding]}`]),
  ]
}

function stakerLines(allocation: Allocation, shares: readonly StakerShare[]): string[] {
  if (shares.length === 0) return []
  return [
    "  split among the addresses that staked, by value:",
    ...shares.flatMap(({ rounding, ...one }) => [
      `    ${toChecksum(one.account)}`,
      ...(one.share === undefined ? [] : [`      share: ${shareText(allocation, one.share)}`]),
      `      exact: ${exactText(allocation, one)}`,
      ...(rounding === undefined ? [] : [`      ${ROUNDINGS[rounding]}`]),
      `      amount: ${amountText(allocation)(one.amount)}`,
    ]),
  ]
}

function amountText({ token }: Allocation): (value: bigint) => string {
  return (value) => tokenAmount(value, token)
}

function exactText(allocation: Allocation, exact: Exact): string {
  return `${amountText(allocation)(exact.whole)} and ${fractionOf(exact)} of a unit`
}

function shareText({ units }: Allocation, { value, of }: NonNullable<Exact["share"]>): string {
  const text = (one: bigint): string => humanAmount(one, units.valueDecimals)
  return `${text(value)} of ${text(of)}, ${percent(value, of, 6)}`
}

const NOT = {
  leaving: "does not count: the node has requested to leave",
  "not-listed": "does not count: the address is not on the list",
  "not-registered": "does not count: not registered before the close",
} as const

function partLines(contributions: readonly Contribution[], units: Units): string[] {
  const rows = contributions.map((part) => [
    `${units.origin} ${part.origin}`,
    part.group,
    toChecksum(part.account),
    `${humanAmount(part.quantity, units.quantityDecimals)} ${units.quantity} × ${part.factor}`,
    `= ${humanAmount(part.value, units.valueDecimals)}`,
    part.excludedReason === undefined
      ? part.note === undefined
        ? ""
        : `(${part.note})`
      : NOT[part.excludedReason],
  ])
  return textTable(rows, "left").map((line) => `  ${line}`)
}
