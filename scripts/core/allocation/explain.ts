import { toChecksum, type Address } from "../primitives/address.ts"
import type { Allocation, Participant, PayeeRisk, Payment, UnpaidAccount } from "./allocation.ts"
import type { Redirects } from "./payees.ts"
import type { People } from "../snapshot/people.ts"
import type { Program } from "../program/program.ts"

/** The derivation of one address's amount, or the reason why it has none. */
export interface Explanation {
  readonly account: Address
  /** The person of the address: another address for a vesting contract. */
  readonly person: Address
  /** Base units that are paid to this address. */
  readonly amount: bigint
  /** Present if the person has a share. */
  readonly participant: Participant | undefined
  /** Present if the person is unpaid and might expect a payment. */
  readonly unpaid: UnpaidAccount | undefined
  /** The old addresses whose signed links name the person, ascending. */
  readonly linked: readonly Address[]
  /** Others of whose amounts something is paid to this address, by overrides or redirects, and those payments. */
  readonly others: readonly Participant[]
  readonly forOthers: readonly Payment[]
  /** The reason why the address gets nothing; undefined if it gets an amount. */
  readonly reason: string | undefined
  /** The reason why the address gets nothing of its own, also if it is paid for others; undefined if it does. */
  readonly ownReason: string | undefined
  /** The risks of the address and of the payees of its share. */
  readonly risks: readonly PayeeRisk[]
}

/** A description of the inputs, for the explanation of an address in none of them. */
export interface Covered {
  /** Such as "803 nodes at block 111". */
  readonly inputs: string
  /** The list of eligible accounts; undefined without one. */
  readonly list: string | undefined
}

/** Returns the people whose derivations explain an address: its own, and those whose amounts are paid to it. */
export function concernedBy(
  { rules }: Program,
  people: People,
  redirects: Redirects,
  account: Address,
): ReadonlySet<Address> {
  const overridden = rules.overrides.filter(({ payTo }) => payTo === account).map((rule) => rule.account)
  const redirected = [...redirects].filter(([, to]) => to === account).map(([from]) => from)
  return new Set([account, ...overridden, ...redirected].map(people.personOf))
}

/** Explains an address. Pure and total: an address in none of the inputs is explained too. */
export function explain(
  allocation: Allocation,
  people: People,
  covered: Covered,
  account: Address,
): Explanation {
  const person = people.personOf(account)
  const participant = allocation.participants.find((one) => one.account === person)
  const unpaid = allocation.unpaid.find((one) => one.account === person)
  const entry = allocation.entries.find((one) => one.account === account)
  const isPaidHere = ({ payee }: Payment): boolean => payee === account
  const others = allocation.participants.filter(
    (one) => one.account !== person && one.payments.some(isPaidHere),
  )
  const own = participant?.payments ?? []
  const payees = new Set([account, ...own.map(({ payee }) => payee)])
  const ownReason = own.some(isPaidHere) ? undefined : reasonOf(covered, account, people, participant, unpaid)
  return {
    account,
    person,
    linked: people.othersOf(person).filter((other) => people.linkOf(other) !== undefined),
    amount: entry?.amount ?? 0n,
    participant,
    unpaid,
    others,
    forOthers: others.flatMap(({ payments }) => payments.filter(isPaidHere)),
    reason: entry === undefined ? ownReason : undefined,
    ownReason,
    risks: allocation.risks.filter((risk) => payees.has(risk.account)),
  }
}

function reasonOf(
  covered: Covered,
  account: Address,
  people: People,
  participant: Participant | undefined,
  unpaid: UnpaidAccount | undefined,
): string {
  const person = people.personOf(account)
  if (person !== account && (participant !== undefined || unpaid !== undefined)) {
    return people.linkOf(account) === undefined
      ? `is a vesting contract of ${toChecksum(person)}: see there`
      : `is linked to ${toChecksum(person)} by a signed statement: see there`
  }
  if (participant !== undefined) {
    const payees = participant.payments.map(({ payee }) => toChecksum(payee))
    return `its share is paid to ${payees.join(", ")}`
  }
  if (unpaid !== undefined) return unpaid.detail
  const list = covered.list === undefined ? "" : `is not in ${covered.list}, and `
  return `${list}has nothing in ${covered.inputs}`
}
