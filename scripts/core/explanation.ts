import { toChecksum, type Address } from "./address.ts"
import type { Allocation, Participant, Payment, Without } from "./allocation.ts"
import { formatAmount } from "./amount.ts"
import type { People } from "./people.ts"
import type { Program } from "./program.ts"

/** How one address's amount comes about, or why it has none. */
export interface Explanation {
  readonly account: Address
  /** The person behind it: another address if it is a vesting contract. */
  readonly person: Address
  /** Base units that are paid to this very address. */
  readonly amount: bigint
  /** Present if the person has a share. */
  readonly participant: Participant | undefined
  /** Present if the person might have had one. */
  readonly without: Without | undefined
  /** What is paid to this address for others, by overrides. */
  readonly forOthers: readonly Payment[]
  /** Why the address itself gets nothing; undefined if it gets something. */
  readonly reason: string | undefined
}

/** What the inputs cover, for saying that an address is in none of them. */
export interface Covered {
  /** Such as "803 nodes at block 111". */
  readonly inputs: string
  /** The list of those who may take part; undefined where there is none. */
  readonly list: string | undefined
}

/** Whose derivations an explanation of an address needs: its person's, and of those who are overridden to it. */
export function concernedBy({ rules }: Program, people: People, account: Address): ReadonlySet<Address> {
  const others = rules.overrides.filter(({ payTo }) => payTo === account)
  return new Set([account, ...others.map((override) => override.account)].map(people.personOf))
}

/** Explains an address. Pure, and total: an address that nothing knows is explained too. */
export function explain(
  allocation: Allocation,
  people: People,
  covered: Covered,
  account: Address,
): Explanation {
  const person = people.personOf(account)
  const participant = allocation.participants.find((one) => one.account === person)
  const without = allocation.without.find((one) => one.account === person)
  const entry = allocation.entries.find((one) => one.account === account)
  const forOthers = allocation.participants
    .filter((one) => one.account !== person)
    .flatMap(({ payments }) => payments.filter(({ payee }) => payee === account))
  return {
    account,
    person,
    amount: entry?.amount ?? 0n,
    participant,
    without,
    forOthers,
    reason: entry === undefined ? reasonOf(covered, account, person, participant, without) : undefined,
  }
}

function reasonOf(
  covered: Covered,
  account: Address,
  person: Address,
  participant: Participant | undefined,
  without: Without | undefined,
): string {
  if (person !== account && (participant !== undefined || without !== undefined)) {
    return `is a vesting contract of ${toChecksum(person)}: see there`
  }
  if (participant !== undefined) {
    const payees = participant.payments.map(({ payee }) => toChecksum(payee))
    return `its share is paid to ${payees.join(", ")}`
  }
  if (without !== undefined) return without.detail
  const list = covered.list === undefined ? "" : `is not in ${covered.list}, and `
  return `${list}has nothing in ${covered.inputs}`
}

/** A participant's exact share before rounding, and what rounding did; undefined where nothing is shared out. */
export interface Rounding {
  /** What is shared in proportion: the pool without what capped participants get. */
  readonly pool: bigint
  /** The values that share it. */
  readonly value: bigint
  /** Whole base units of the exact share. */
  readonly whole: bigint
  /** The fraction of a unit beyond that, cut after nine digits, as "0.123456789". */
  readonly fraction: string
}

const FRACTION_DIGITS = 9

/** Recomputes how a participant's amount was rounded, from the figures of the whole allocation. */
export function roundingOf(
  { basis, shared }: Allocation,
  { value, capped }: Participant,
): Rounding | undefined {
  if (basis === "amount" || capped) return undefined
  const product = shared.pool * value
  const whole = product / shared.value
  const digits = ((product - whole * shared.value) * 10n ** BigInt(FRACTION_DIGITS)) / shared.value
  return { ...shared, whole, fraction: formatAmount(digits, FRACTION_DIGITS) }
}
