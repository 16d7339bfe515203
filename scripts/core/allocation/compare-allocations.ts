import { compareAddresses, toChecksum, type Address } from "../primitives/address.ts"
import type { Allocation, Participant, PayeeRisk } from "./allocation.ts"
import { AirdropError } from "../primitives/error.ts"
import { largestRemainder } from "./largest-remainder.ts"

/** An amount in one allocation and in the other, in base units. */
export interface Change {
  readonly before: bigint
  readonly after: bigint
}

export interface AccountChange extends Change {
  readonly account: Address
}

export interface GroupChange extends Change {
  readonly group: string
}

/** A payee at risk after the change, if it is unresolved or was not at risk before. */
export interface RiskChange extends PayeeRisk {
  readonly isNew: boolean
}

export interface Comparison {
  readonly allocated: Change
  readonly undistributed: Change
  /** False if one of the two has no derivations, as above 100,000 people. */
  readonly isDerived: boolean
  /** The earnings of each role or kind, with all payments split among them; empty without derivations. */
  readonly groups: readonly GroupChange[]
  /** The values of each role or kind, in units of `decimals`. */
  readonly values: {
    readonly unit: string
    readonly decimals: number
    readonly groups: readonly GroupChange[]
  }
  /** Every person with an amount in either, in ascending order of account; the payees if there are no derivations. */
  readonly participants: readonly AccountChange[]
  /** Every address that is paid in either, in ascending order. */
  readonly payees: readonly AccountChange[]
  /** Unresolved risks first. */
  readonly risks: readonly RiskChange[]
}

/**
 * Compares two allocations by person, by payee and by group.
 * @throws AirdropError if their units differ
 */
export function compareAllocations(before: Allocation, after: Allocation): Comparison {
  if (before.token.address !== after.token.address || before.token.decimals !== after.token.decimals) {
    throw new AirdropError("the two allocations are not of the same token", { code: "inconsistent" })
  }
  const isDerived = before.isDerived && after.isDerived
  const payees = accountChanges(payeeAmounts(before), payeeAmounts(after))
  return {
    allocated: { before: before.allocated, after: after.allocated },
    undistributed: { before: before.undistributed, after: after.undistributed },
    isDerived,
    groups: isDerived ? groupChanges(groupAmounts(before), groupAmounts(after)) : [],
    values: valueChanges(before, after),
    participants: isDerived ? accountChanges(personAmounts(before), personAmounts(after)) : payees,
    payees,
    risks: riskChanges(before, after),
  }
}

/**
 * Refuses an allocation file whose figures do not add up, because it was edited by hand.
 * @param name of the file
 */
export function refuseInconsistent(name: string, allocation: Allocation): void {
  const { pool, allocated, undistributed, participants, entries, isDerived } = allocation
  const refuse = (what: string): never => {
    throw new AirdropError(`${name}: ${what}`, { code: "file-format", hint: "./airdrop allocate writes it." })
  }
  let last: Address = "0x"
  for (const participant of participants) {
    const { account, value, amount, payments } = participant
    const counted = sumOf([...groupValues(participant).values()])
    if (account <= last) refuse(`participants: ${toChecksum(account)} is not above the account before it`)
    if (value === 0n || counted !== value)
      refuse(`participants: the contributions of ${toChecksum(account)} do not add up to its value`)
    if (amount === 0n || sumOf(payments.map((payment) => payment.amount)) !== amount)
      refuse(`participants: the payments of ${toChecksum(account)} do not add up to its amount`)
    last = account
  }
  if (sumOf((isDerived ? participants : entries).map(({ amount }) => amount)) !== allocated)
    refuse("the amounts do not add up to the allocated amount")
  if (allocated + undistributed !== pool)
    refuse("the allocated and undistributed amounts do not add up to the pool")
}

/**
 * Splits the payments among the groups of contributions that earned them: each participant's amount in proportion to
 * its values, exact to the unit.
 */
function groupAmounts({ participants }: Allocation): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>()
  for (const participant of participants) {
    const values = [...groupValues(participant)].sort(([a], [b]) => (a < b ? -1 : 1))
    const { amounts } = largestRemainder(
      participant.amount,
      values.map(([, value]) => value),
    )
    values.forEach(([group], i) => sums.set(group, (sums.get(group) ?? 0n) + (amounts[i] ?? 0n)))
  }
  return sums
}

function groupValues({ contributions }: Participant): ReadonlyMap<string, bigint> {
  const values = new Map<string, bigint>()
  for (const { group, value, excludedReason } of contributions) {
    if (excludedReason === undefined) values.set(group, (values.get(group) ?? 0n) + value)
  }
  return values
}

/** Compares values by group. Their totals exist also without derivations. Values of fewer decimals are scaled up. */
function valueChanges(before: Allocation, after: Allocation): Comparison["values"] {
  const [now, then] = [before.units, after.units]
  const decimals = Math.max(now.valueDecimals, then.valueDecimals)
  const sums = ({ groups, units }: Allocation): ReadonlyMap<string, bigint> => {
    const factor = 10n ** BigInt(decimals - units.valueDecimals)
    return new Map(groups.map(({ group, value }) => [group, value * factor]))
  }
  return {
    unit: now.value === then.value ? now.value : `${now.value}, then ${then.value}`,
    decimals,
    groups: groupChanges(sums(before), sums(after)),
  }
}

function groupChanges(
  before: ReadonlyMap<string, bigint>,
  after: ReadonlyMap<string, bigint>,
): readonly GroupChange[] {
  return joined(before, after).map(([group, change]) => ({ group, ...change }))
}

function accountChanges(
  before: ReadonlyMap<Address, bigint>,
  after: ReadonlyMap<Address, bigint>,
): readonly AccountChange[] {
  return joined(before, after)
    .map(([account, change]) => ({ account, ...change }))
    .sort((a, b) => compareAddresses(a.account, b.account))
}

function personAmounts({ participants }: Allocation): ReadonlyMap<Address, bigint> {
  return new Map(participants.map(({ account, amount }) => [account, amount]))
}

/**
 * Returns the amounts by payee: from the payments if there are derivations, as a single allocation.json has no
 * entries.
 */
function payeeAmounts({ isDerived, participants, entries }: Allocation): ReadonlyMap<Address, bigint> {
  if (!isDerived) return new Map(entries.map(({ account, amount }) => [account, amount]))
  const sums = new Map<Address, bigint>()
  for (const { payments } of participants) {
    for (const { payee, amount } of payments) sums.set(payee, (sums.get(payee) ?? 0n) + amount)
  }
  return sums
}

function riskChanges(before: Allocation, after: Allocation): readonly RiskChange[] {
  const known = new Set(before.risks.map(({ account }) => account))
  const changes = after.risks
    .map((risk) => ({ ...risk, isNew: !known.has(risk.account) }))
    .filter(({ isNew, resolved }) => isNew || !resolved)
  return [...changes.filter(({ resolved }) => !resolved), ...changes.filter(({ resolved }) => resolved)]
}

function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n)
}

function joined<Key>(
  before: ReadonlyMap<Key, bigint>,
  after: ReadonlyMap<Key, bigint>,
): (readonly [Key, Change])[] {
  return [...new Set([...before.keys(), ...after.keys()])].map((key) => [
    key,
    { before: before.get(key) ?? 0n, after: after.get(key) ?? 0n },
  ])
}
