import { ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import type { Account } from "./snapshot.ts"

/** Maps each address to its person: itself, or the end of its chain of vesting contracts. */
export interface People {
  /** Returns the person of an address. The zero address is its own person. */
  readonly personOf: (account: Address) => Address
  /** Returns the kind of an account; undefined if the snapshot does not classify it. */
  readonly accountAt: (account: Address) => Account | undefined
  /** Returns the vesting contracts of a person, ascending. */
  readonly vestingOf: (person: Address) => readonly Address[]
}

/** Maps each address to itself. Used by programs without a snapshot. */
export const UNMERGED: People = {
  personOf: (account) => account,
  accountAt: () => undefined,
  vestingOf: () => [],
}

/**
 * Merges people with the vesting contracts that name them as beneficiary, over any number of contracts. The person of
 * contracts that name each other in a circle is the lowest address of the circle. A contract whose beneficiary is the
 * zero address is its own person.
 */
export function peopleOf(accounts: ReadonlyMap<Address, Account>): People {
  const persons = new Map<Address, Address>()
  const vesting = new Map<Address, Address[]>()
  const personOf = (account: Address): Address => {
    if (beneficiaryOf(accounts, account) === undefined) return account
    const known = persons.get(account)
    if (known !== undefined) return known
    const person = follow(accounts, account)
    persons.set(account, person)
    return person
  }
  for (const account of [...accounts.keys()].sort()) {
    const person = personOf(account)
    if (person === account) continue
    const contracts = vesting.get(person)
    if (contracts === undefined) vesting.set(person, [account])
    else contracts.push(account)
  }
  return {
    personOf,
    accountAt: (account) => accounts.get(account),
    vestingOf: (person) => vesting.get(person) ?? [],
  }
}

function follow(accounts: ReadonlyMap<Address, Account>, start: Address): Address {
  const path: Address[] = []
  let at = start
  for (;;) {
    const circle = path.indexOf(at)
    if (circle >= 0)
      return path.slice(circle).reduce((lowest, account) => (account < lowest ? account : lowest))
    path.push(at)
    const next = beneficiaryOf(accounts, at)
    if (next === undefined) return at
    at = next
  }
}

function beneficiaryOf(accounts: ReadonlyMap<Address, Account>, account: Address): Address | undefined {
  const found = accounts.get(account)
  if (found?.kind !== "vesting-staking" && found?.kind !== "vesting-nostaking") return undefined
  return found.beneficiary === ZERO_ADDRESS ? undefined : found.beneficiary
}
