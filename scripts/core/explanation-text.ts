import { toChecksum } from "./address.ts"
import type { Allocation, Part, Participant, Units } from "./allocation.ts"
import { formatAmount, humanAmount } from "./amount.ts"
import { roundingOf, type Explanation } from "./explanation.ts"

/** Writes an explanation for people, line by line, every figure of the derivation in it. */
export function explanationLines(allocation: Allocation, explanation: Explanation): string[] {
  const { token } = allocation
  const amount = (value: bigint): string => `${humanAmount(value, token.decimals)} ${token.symbol}`
  const { account, person, participant, without, forOthers, reason } = explanation
  return [
    reason === undefined
      ? `${toChecksum(account)} gets ${amount(explanation.amount)}`
      : `${toChecksum(account)} gets nothing: ${reason}`,
    ...(participant !== undefined || without !== undefined ? [""] : []),
    ...(person !== account && (participant !== undefined || without !== undefined)
      ? [`${toChecksum(person)}:`]
      : []),
    ...(person !== account && without !== undefined ? [`  gets nothing: ${without.detail}`] : []),
    ...partLines(participant?.parts ?? without?.parts ?? [], allocation.units),
    ...(participant === undefined ? [] : participantLines(allocation, participant)),
    ...forOthers.map(
      (payment) => `  and ${amount(payment.amount)} for ${toChecksum(payment.account)}, by an override`,
    ),
  ]
}

function participantLines(allocation: Allocation, participant: Participant): string[] {
  const { token, units, pool } = allocation
  const amount = (value: bigint): string => `${humanAmount(value, token.decimals)} ${token.symbol}`
  const value = (of: bigint): string => humanAmount(of, units.valueDecimals)
  const rounding = roundingOf(allocation, participant)
  return [
    `  ${units.value}: ${value(participant.value)}`,
    ...(rounding === undefined
      ? []
      : [
          `  share: ${value(participant.value)} of ${value(rounding.value)}, ${percent(participant.value, rounding.value)}`,
          ...(rounding.pool === pool
            ? []
            : [`  of what capped participants leave: ${amount(rounding.pool)}`]),
          `  exact: ${amount(rounding.pool)} × share = ${amount(rounding.whole)} and ${rounding.fraction} of a unit`,
          participant.roundedUp
            ? `  rounded up: one of the units left over, as its fraction is among the largest`
            : `  rounded down: the units left over went to larger fractions`,
        ]),
    ...(participant.capped ? ["  held down by the cap"] : []),
    `  amount: ${amount(participant.amount)}`,
    ...participant.payments.map(
      (payment) =>
        `  paid to ${toChecksum(payment.payee)}: ${amount(payment.amount)}` +
        (payment.payee === payment.account
          ? ""
          : ` (by an override, instead of ${toChecksum(payment.account)})`),
    ),
  ]
}

const NOT = {
  leaving: "does not count: the node has asked to leave",
  "not-listed": "does not count: the address is not on the list",
  "not-registered": "does not count: not registered before the close",
} as const

function partLines(parts: readonly Part[], units: Units): string[] {
  const rows = parts.map((part) => [
    `${units.place} ${part.place}`,
    part.group,
    toChecksum(part.account),
    `${humanAmount(part.quantity, units.quantityDecimals)} ${units.quantity} × ${part.factor}`,
    `= ${humanAmount(part.value, units.valueDecimals)}`,
    part.not === undefined ? (part.note === undefined ? "" : `(${part.note})`) : NOT[part.not],
  ])
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)),
    [],
  )
  return rows.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ")}`.trimEnd())
}

/** A ratio in percent, cut after six digits. */
function percent(part: bigint, whole: bigint): string {
  return `${formatAmount((part * 100_000_000n) / whole, 6)}%`
}
