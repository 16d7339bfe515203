import { toChecksum } from "../primitives/address.ts"
import type { Allocation, Participant, UnpaidAccount, UnpaidReport } from "./allocation.ts"
import type { Contribution, Units } from "../sources/valuation.ts"
import { csvRow } from "../primitives/csv.ts"
import { formatAmount } from "../primitives/amount.ts"

/** The metadata that allocation.json records besides the allocation itself. */
export interface AllocationRecord {
  /** SHA-256 of every file that the allocation depends on. */
  readonly inputs: Readonly<Record<string, string>>
  /** SHA-256 of allocation.csv. */
  readonly entries: string
}

/** Yields the lines of allocation.csv: header, then account and amount in ascending order of account. */
export function* allocationCsv({ entries, token }: Allocation): Generator<string> {
  yield "account,amount\n"
  for (const { account, amount } of entries)
    yield `${toChecksum(account)},${formatAmount(amount, token.decimals)}\n`
}

/** Yields the lines of unpaid.csv: header, then account, reason and detail, in ascending order of account. */
export function* unpaidCsv(unpaid: Iterable<UnpaidReport>): Generator<string> {
  yield "account,reason,detail\n"
  for (const { account, reason, detail } of unpaid) yield csvRow([toChecksum(account), reason, detail])
}

/**
 * Yields the text of allocation.json in pieces, one line a participant, so that the difference of two files is
 * readable.
 */
export function* allocationJson(
  allocation: Allocation,
  { inputs, entries }: AllocationRecord,
): Generator<string> {
  const { token, units, isDerived, participants, unpaid } = allocation
  const amount = (value: bigint): string => formatAmount(value, token.decimals)
  const head = {
    format: "merkle-airdrop/allocation@1",
    program: allocation.program,
    chainId: allocation.chainId,
    token: { ...token, address: toChecksum(token.address) },
    ...(allocation.block === undefined ? {} : { block: allocation.block }),
    inputs,
    basis: allocation.basis,
    units,
    pool: amount(allocation.pool),
    allocated: amount(allocation.allocated),
    undistributed: amount(allocation.undistributed),
    totalValue: formatAmount(allocation.totalValue, units.valueDecimals),
    uncapped: uncappedRow(allocation),
    groups: allocation.groups.map(({ group, contributions, quantity, value }) => ({
      group,
      contributions,
      quantity: formatAmount(quantity, units.quantityDecimals),
      value: formatAmount(value, units.valueDecimals),
    })),
    participantCount: allocation.participantCount,
    unpaidCount: allocation.unpaidCount,
    unpaidReasons: allocation.unpaidReasons,
    entries: { file: "allocation.csv", count: allocation.entries.length, sha256: entries },
    ruleEffects: allocation.ruleEffects.map((effect) => ({ ...effect, moved: amount(effect.moved) })),
    risks: allocation.risks.map((risk) => ({
      ...risk,
      account: toChecksum(risk.account),
      amount: amount(risk.amount),
    })),
    warnings: allocation.warnings,
    derivations: isDerived ? "complete" : "omitted",
  }
  yield JSON.stringify(head, undefined, 2).slice(0, -2)
  if (isDerived) {
    yield* list("participants", participants, (participant) => participantRow(participant, units, amount))
    yield* list("unpaid", unpaid, (one) => unpaidRow(one, units))
  }
  yield "\n}\n"
}

function* list<Item>(name: string, items: readonly Item[], row: (item: Item) => unknown): Generator<string> {
  yield `,\n  "${name}": [`
  for (const [i, item] of items.entries()) yield `${i === 0 ? "" : ","}\n    ${JSON.stringify(row(item))}`
  yield items.length === 0 ? "]" : "\n  ]"
}

/** Returns what uncapped participants share, as written to JSON files. */
export function uncappedRow({ uncapped, token, units }: Allocation): unknown {
  return {
    pool: formatAmount(uncapped.pool, token.decimals),
    value: formatAmount(uncapped.value, units.valueDecimals),
  }
}

/** Returns a participant as written to JSON files: decimals as text. */
export function participantRow(
  participant: Participant,
  units: Units,
  amount: (value: bigint) => string,
): unknown {
  const { account, value, contributions, roundedUp, capped, payments } = participant
  return {
    account: toChecksum(account),
    amount: amount(participant.amount),
    value: formatAmount(value, units.valueDecimals),
    roundedUp,
    capped,
    payments: payments.map((payment) => ({
      account: toChecksum(payment.account),
      payee: toChecksum(payment.payee),
      amount: amount(payment.amount),
      ...(payment.by !== undefined && { by: payment.by }),
    })),
    contributions: contributions.map((contribution) => contributionRow(contribution, units)),
  }
}

/** Returns an unpaid account as written to JSON files. */
export function unpaidRow(
  { account, reason, detail, value, contributions }: UnpaidAccount,
  units: Units,
): unknown {
  return {
    account: toChecksum(account),
    reason,
    detail,
    value: formatAmount(value, units.valueDecimals),
    contributions: contributions.map((contribution) => contributionRow(contribution, units)),
  }
}

/** Returns a contribution as written to JSON files. */
export function contributionRow(
  { account, origin, group, quantity, factor, value, note, excludedReason }: Contribution,
  units: Units,
): unknown {
  return {
    account: toChecksum(account),
    origin: String(origin),
    group,
    quantity: formatAmount(quantity, units.quantityDecimals),
    factor,
    value: formatAmount(value, units.valueDecimals),
    note,
    excludedReason,
  }
}
