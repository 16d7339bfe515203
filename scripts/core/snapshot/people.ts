import { ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import type { Account } from "./account.ts"

/** Maps each address to its person: itself, or the end of its chain of vesting contracts and signed links. */
export interface People {
  /** Returns the person of an address. The zero address is its own person. */
  readonly personOf: (account: Address) => Address
  /** Returns the kind of an account; undefined if the snapshot does not classify it. */
  readonly accountAt: (account: Address) => Account | undefined
  /** Returns the other addresses of a person, ascending: vesting contracts and linked addresses. */
  readonly othersOf: (person: Address) => readonly Address[]
  /** Returns the address that a signed link names in place of this one; undefined without a link. */
  readonly linkOf: (account: Address) => Address | undefined
}

/** The new address by old address, of links that were checked. */
export type Links = ReadonlyMap<Address, Address>

const NO_LINKS: Links = new Map()

/** Maps each address to itself. Used by programs without a snapshot. */
export const UNMERGED: People = {
  personOf: (account) => account,
  accountAt: () => undefined,
  othersOf: () => [],
  linkOf: () => undefined,
}

/**
 * Merges people with the vesting contracts that name them as beneficiary, over any number of contracts. The person of
 * contracts that name each other in a circle is the lowest address of the circle. A contract whose beneficiary is the
 * zero address is its own person.
 * @param links signed links, which come before the beneficiary of a contract
 */
export function peopleOf(accounts: ReadonlyMap<Address, Account>, links: Links = NO_LINKS): People {
  const persons = new Map<Address, Address>()
  const others = new Map<Address, Address[]>()
  const next = (account: Address): Address | undefined =>
    links.get(account) ?? beneficiaryOf(accounts, account)
  const personOf = (account: Address): Address => {
    if (next(account) === undefined) return account
    const known = persons.get(account)
    if (known !== undefined) return known
    const person = follow(next, account)
    persons.set(account, person)
    return person
  }
  for (const account of [...new Set([...accounts.keys(), ...links.keys()])].sort()) {
    const person = personOf(account)
    if (person === account) continue
    const known = others.get(person)
    if (known === undefined) others.set(person, [account])
    else known.push(account)
  }
  return {
    personOf,
    accountAt: (account) => accounts.get(account),
    othersOf: (person) => others.get(person) ?? [],
    linkOf: (account) => links.get(account),
  }
}

function follow(nextOf: (account: Address) => Address | undefined, start: Address): Address {
  const path: Address[] = []
  let at = start
  for (;;) {
    const circle = path.indexOf(at)
    if (circle >= 0)
      return path.slice(circle).reduce((lowest, account) => (account < lowest ? account : lowest))
    path.push(at)
    const next = nextOf(at)
    if (next === undefined) return at
    at = next
  }
}

function beneficiaryOf(accounts: ReadonlyMap<Address, Account>, account: Address): Address | undefined {
  const found = accounts.get(account)
  if (found?.kind !== "vesting-staking" && found?.kind !== "vesting-nostaking") return undefined
  return found.beneficiary === ZERO_ADDRESS ? undefined : found.beneficiary
}
