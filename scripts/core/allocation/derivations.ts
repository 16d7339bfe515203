/** The derivations in the published files: the part of an allocation that concerns one address. */
import { participantRow, uncappedRow, unpaidRow } from "./allocation-json.ts"
import type { Address } from "../primitives/address.ts"
import type { Allocation, Participant } from "./allocation.ts"
import { formatAmount } from "../primitives/amount.ts"

/** The published content about an address without a claim. */
export interface Pointer {
  readonly account: Address
  readonly reason: string
  readonly detail: string
  /** The payees of this address's earnings. */
  readonly paidTo: readonly Address[]
  readonly derivation?: unknown
}

export interface Derivations {
  /** Returns the derivation of a payee's amount; undefined if the allocation has none. */
  readonly of: (payee: Address) => unknown
  /** Addresses that take part without a claim of their own, in ascending order. */
  readonly pointers: readonly Pointer[]
}

/** The detail of an address whose earnings are paid to another one. */
export const PAID_ELSEWHERE =
  "The earnings of this address are paid to another account, which makes the claim."

/** The derivations of a list that has none, such as the reserve's: its reasons are in the ledger. */
export const NO_DERIVATIONS: Derivations = { of: () => undefined, pointers: [] }

/**
 * Sorts an allocation's derivations by payee. Quantities, values and amounts in them are decimals, as in
 * allocation.json.
 */
export function derivationsOf(allocation: Allocation): Derivations {
  const { units, token, participants } = allocation
  const amount = (value: bigint): string => formatAmount(value, token.decimals)
  const byPayee = new Map<Address, Participant[]>()
  for (const participant of participants) {
    for (const payee of payeesOf(participant)) {
      const those = byPayee.get(payee)
      if (those === undefined) byPayee.set(payee, [participant])
      else those.push(participant)
    }
  }
  const terms = {
    basis: allocation.basis,
    units,
    pool: amount(allocation.pool),
    allocated: amount(allocation.allocated),
    totalValue: formatAmount(allocation.totalValue, units.valueDecimals),
    uncapped: uncappedRow(allocation),
    ...(allocation.block === undefined ? {} : { block: allocation.block }),
  }
  const isPaid = new Set(allocation.entries.map(({ account }) => account))
  return {
    of: (payee) => {
      const those = byPayee.get(payee)
      if (those === undefined) return undefined
      return { ...terms, participants: those.map((one) => participantRow(one, units, amount)) }
    },
    pointers: [...pointersOf(allocation, isPaid, terms)].sort((a, b) => (a.account < b.account ? -1 : 1)),
  }
}

function* pointersOf(
  { participants, unpaid, units }: Allocation,
  isPaid: ReadonlySet<Address>,
  terms: Readonly<Record<string, unknown>>,
): Generator<Pointer> {
  const told = new Set(isPaid)
  const isNew = (account: Address): boolean => !told.has(account) && told.add(account).size > 0
  for (const participant of participants) {
    const paidTo = payeesOf(participant)
    for (const account of addressesOf(participant)) {
      if (!isNew(account)) continue
      yield { account, reason: "paid-elsewhere", detail: PAID_ELSEWHERE, paidTo }
    }
  }
  for (const one of unpaid) {
    if (!isNew(one.account)) continue
    const { account, reason, detail } = one
    yield {
      account,
      reason,
      detail,
      paidTo: [],
      derivation: { ...terms, participants: [unpaidRow(one, units)] },
    }
  }
}

/**
 * Returns every address of a participant: its own, its vesting contracts, and those whose payment an override
 * redirects.
 */
function addressesOf({ account, contributions, payments }: Participant): readonly Address[] {
  return [
    account,
    ...contributions.map((contribution) => contribution.account),
    ...payments.map((payment) => payment.account),
  ]
}

function payeesOf({ payments }: Participant): readonly Address[] {
  return [...new Set(payments.map(({ payee }) => payee))]
}
