import { compareAddresses, type Address } from "./address.ts"
import type { Allocation, Participant } from "./allocation.ts"
import { AirdropError } from "./error.ts"
import { largestRemainder } from "./largest-remainder.ts"

/** What one allocation gives instead of another, in base units. */
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

export interface Comparison {
  /** What each role or kind earns, everything that is paid split among them. */
  readonly groups: readonly GroupChange[]
  /** Everybody who gets something in either, in ascending order of account. */
  readonly participants: readonly AccountChange[]
}

/**
 * Compares two allocations, person by person and group by group.
 * @throws AirdropError if they are not in the same unit
 */
export function compareAllocations(before: Allocation, after: Allocation): Comparison {
  if (before.token.address !== after.token.address || before.token.decimals !== after.token.decimals) {
    throw new AirdropError("the two allocations are not of the same token")
  }
  return {
    groups: joined(groupAmounts(before), groupAmounts(after)).map(([group, change]) => ({
      group,
      ...change,
    })),
    participants: joined(personAmounts(before), personAmounts(after))
      .map(([account, change]) => ({ account, ...change }))
      .sort((a, b) => compareAddresses(a.account, b.account)),
  }
}

/**
 * Splits what is paid among the groups of parts that earned it: each participant's amount in proportion to its
 * values, exact to the unit. Of an allocation without derivations nothing is known of groups.
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

function groupValues({ parts }: Participant): ReadonlyMap<string, bigint> {
  const values = new Map<string, bigint>()
  for (const { group, value, not } of parts) {
    if (not === undefined) values.set(group, (values.get(group) ?? 0n) + value)
  }
  return values
}

function personAmounts({ isDerived, participants, entries }: Allocation): ReadonlyMap<Address, bigint> {
  return new Map((isDerived ? participants : entries).map(({ account, amount }) => [account, amount]))
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
