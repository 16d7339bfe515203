import { compareAddresses, type Address } from "../primitives/address.ts"
import type { Entry, Payment, RuleEffect } from "./allocation.ts"
import type { Contribution } from "../sources/valuation.ts"
import { largestRemainder } from "./largest-remainder.ts"
import { UNMERGED, type People } from "../snapshot/people.ts"
import type { Program } from "../program/program.ts"

/** Determines the payees of participants' amounts. */
export interface Payer {
  readonly pay: (
    account: Address,
    contributions: readonly Contribution[],
    amount: bigint,
  ) => readonly Payment[]
  /** The accounts with an override or a redirect, be it to themselves, that were to be paid something. */
  readonly redirected: ReadonlySet<Address>
  /** Returns the effects of the program's rules on payees so far. */
  readonly ruleEffects: () => readonly RuleEffect[]
}

/** The payee by account, of signed redirects that were checked. */
export type Redirects = ReadonlyMap<Address, Address>

export const NO_REDIRECTS: Redirects = new Map()

/** Returns true if each amount is paid to the address that earned it. */
export function paysDirectly({ rules }: Program, people: People, redirects: Redirects): boolean {
  return people === UNMERGED && rules.overrides.length === 0 && redirects.size === 0
}

/**
 * Pays a participant's amount. By default all of it goes to the person. With `payTo: "staker"` it goes to the addresses
 * that its value comes from, in proportion and exact to the unit; the share of a linked address goes to the new one.
 * Overrides and signed redirects then name another payee. They are applied once, not followed from one to the next.
 */
export function payer({ rules }: Program, people: People, redirects: Redirects): Payer {
  const overrides = new Map(rules.overrides.map(({ account, payTo }) => [account, payTo]))
  const redirected = new Set<Address>()
  const detours = {
    merge: detour("merge"),
    payTo: detour("payTo"),
    override: detour("overrides"),
    redirect: detour("redirects"),
  }
  const payment = (account: Address, amount: bigint): Payment => {
    const by = overrides.has(account) ? "override" : "redirect"
    const payee = overrides.get(account) ?? redirects.get(account)
    if (payee === undefined) return { account, payee: account, amount }
    redirected.add(account)
    detours[by].note(account, payee, amount)
    return { account, payee, amount, by }
  }
  const pay: Payer["pay"] = (person, contributions, amount) => {
    if (contributions.every(({ account }) => account === person)) return [payment(person, amount)]
    const shares = sharesOfStakers(contributions, amount)
    for (const { account, amount: share } of shares) detours.merge.note(account, person, share)
    if (rules.payTo === "beneficiary") return [payment(person, amount)]
    const owed = new Map<Address, bigint>()
    for (const { account, amount: share } of shares) {
      const staker = people.linkOf(account) ?? account
      owed.set(staker, (owed.get(staker) ?? 0n) + share)
    }
    return [...owed].map(([staker, share]) => {
      detours.payTo.note(person, staker, share)
      return payment(staker, share)
    })
  }
  return {
    pay,
    redirected,
    ruleEffects: () => [
      ...(detours.merge.effect().moved > 0n ? [detours.merge.effect()] : []),
      ...(rules.payTo === "staker" ? [detours.payTo.effect()] : []),
      ...(rules.overrides.length > 0 ? [detours.override.effect()] : []),
      ...(redirects.size > 0 ? [detours.redirect.effect()] : []),
    ],
  }
}

/** Splits a person's amount among the accounts of its counting contributions, in proportion and exact to the unit. */
function sharesOfStakers(contributions: readonly Contribution[], amount: bigint): readonly Entry[] {
  const values = new Map<Address, bigint>()
  for (const contribution of contributions) {
    if (contribution.excludedReason === undefined)
      values.set(contribution.account, (values.get(contribution.account) ?? 0n) + contribution.value)
  }
  const stakers = [...values].filter(([, value]) => value > 0n).sort(([a], [b]) => (a < b ? -1 : 1))
  const { amounts } = largestRemainder(
    amount,
    stakers.map(([, value]) => value),
  )
  return stakers
    .map(([account], i) => ({ account, amount: amounts[i] ?? 0n }))
    .filter((share) => share.amount > 0n)
}

/** Counts the payments that one rule redirects. */
function detour(rule: RuleEffect["rule"]): {
  readonly note: (from: Address, to: Address, amount: bigint) => void
  readonly effect: () => RuleEffect
} {
  const from = new Set<Address>()
  const to = new Set<Address>()
  let moved = 0n
  return {
    note: (account, payee, amount) => {
      if (account === payee) return
      from.add(account)
      to.add(payee)
      moved += amount
    },
    effect: () => ({ rule, moved, losers: from.size, gainers: to.size }),
  }
}

/** Collects payments. */
export interface EntryCollector {
  readonly add: (payee: Address, amount: bigint) => void
  /** Returns the payments added up by payee, ascending: the leaves of the tree. */
  readonly entries: () => readonly Entry[]
}

/**
 * Creates a collector of payments. Participants come in ascending order. So do their payees, unless stakers are paid
 * or payees overridden; in that case nothing has to be added up or sorted.
 */
export function entryCollector(): EntryCollector {
  const entries: Entry[] = []
  let last: Address = "0x"
  let isAscending = true
  return {
    add: (payee, amount) => {
      isAscending &&= payee > last
      last = payee
      entries.push({ account: payee, amount })
    },
    entries: () => (isAscending ? entries : summed(entries)),
  }
}

function summed(payments: readonly Entry[]): readonly Entry[] {
  const amounts = new Map<Address, bigint>()
  for (const { account, amount } of payments) amounts.set(account, (amounts.get(account) ?? 0n) + amount)
  const entries = Array.from(amounts, ([account, amount]) => ({ account, amount }))
  return entries.sort((a, b) => compareAddresses(a.account, b.account))
}
