import { ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import type { Account } from "./snapshot.ts"

/** Who stands behind an address: itself, or who its vesting contracts lead to. */
export interface People {
  /** The person of an address. The zero address is nobody, and its own person. */
  readonly personOf: (account: Address) => Address
  /** What stands at an address, where the snapshot knows it. */
  readonly accountAt: (account: Address) => Account | undefined
  /** Every vesting contract of a person, ascending; none for most. */
  readonly vestingOf: (person: Address) => readonly Address[]
}

/** Everybody is himself: for programs that read no chain. */
export const STRANGERS: People = {
  personOf: (account) => account,
  accountAt: () => undefined,
  vestingOf: () => [],
}

/**
 * Merges people with the vesting contracts that name them as beneficiary, however long the chain of contracts.
 * Contracts that name each other in a circle lead to nobody: the lowest address of the circle stands for all.
 * A contract whose beneficiary is the zero address stands for itself.
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
