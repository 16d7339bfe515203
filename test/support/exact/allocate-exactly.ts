/**
 * The rules of docs/formats.md once more, written from that page alone and in another style: every value is an exact
 * fraction, and each rule is the sentence of the page. It is slow and takes small programs.
 */
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { Ratio, ZERO } from "./ratio.ts"
import type { Network, Pair, Situation } from "./situation.ts"

export interface ExactAllocation {
  /** The amount of each person that has one, in base units. */
  readonly people: ReadonlyMap<Address, bigint>
  /** The amount of each account that is paid, in base units: allocation.csv. */
  readonly entries: ReadonlyMap<Address, bigint>
  readonly undistributed: bigint
  readonly capped: ReadonlySet<Address>
  readonly roundedUp: ReadonlySet<Address>
}

/** Why a program has no allocation. */
export type Refused =
  | "the cap is below the minimum"
  | "the amounts exceed the tranche"
  | "nothing is paid"
  | "a person is referred by itself"
  | "an account is paid more than 2^96 - 1 base units"

interface Contribution {
  readonly account: Address
  readonly value: Ratio
  readonly leaving: boolean
}

interface Share {
  readonly person: Address
  readonly value: Ratio
}

const NOBODY = `0x${"0".repeat(40)}`

/** Returns the allocation, or the reason why there is none. */
export function allocateExactly(situation: Situation): ExactAllocation | Refused {
  const { cap, minimum } = situation.rules
  if (cap !== undefined && cap < minimum) return "the cap is below the minimum"
  const personOf = peopleOf(situation)
  if (!areReferralsSound(situation, personOf)) return "a person is referred by itself"
  const all = contributionsOf(situation, personOf)
  const counted = all.filter(counts(situation, personOf))
  const values = totalled(counted.map(({ account, value }) => [personOf(account), value]))
  const ranked = [...values]
    .map(([person, value]) => ({ person, value }))
    .filter(({ value }) => value.isAbove(ZERO))
  const exact = isFixed(situation) ? fixedAmounts(ranked, situation) : shares(ranked, situation)
  if (Ratio.sum(exact.amounts.values()).isAbove(new Ratio(situation.pool)))
    return "the amounts exceed the tranche"
  const { amounts, roundedUp } = rounded(exact.amounts)
  const entries = paid(amounts, counted, personOf, situation)
  if (entries.size === 0) return "nothing is paid"
  if ([...entries.values()].some((amount) => amount >= 2n ** 96n))
    return "an account is paid more than 2^96 - 1 base units"
  const allocated = [...amounts.values()].reduce((sum, amount) => sum + amount, 0n)
  return {
    people: new Map([...amounts].filter(([, amount]) => amount > 0n)),
    entries,
    undistributed: situation.pool - allocated,
    capped: exact.capped,
    roundedUp,
  }
}

function isFixed({ source }: Situation): boolean {
  return source.kind === "amounts" || source.kind === "conversion"
}

/** People: follows links, then beneficiaries, to the end or to the lowest address of a circle. */
function peopleOf({ links, network }: Situation): (account: Address) => Address {
  const next = new Map([...(network?.vesting ?? []), ...links])
  return (account) => {
    const path = [account]
    for (;;) {
      const last = path.at(-1) ?? account
      const to = next.get(last)
      if (to === undefined || to === NOBODY) return last
      const seen = path.indexOf(to)
      if (seen >= 0) return path.slice(seen).sort()[0] ?? last
      path.push(to)
    }
  }
}

function contributionsOf(
  { source, network, decimals }: Situation,
  personOf: (account: Address) => Address,
): readonly Contribution[] {
  const stay = (account: Address, value: Ratio): Contribution => ({ account, value, leaving: false })
  switch (source.kind) {
    case "session-staking":
      return (network?.nodes ?? []).flatMap((node) => stakesOf(node, source.weights, personOf))
    case "points": {
      const own = new Map(source.rows.map(([account, points]) => [account, Ratio.read(points)]))
      const bonuses = (source.referrals?.rows ?? []).flatMap(([referrer, referee]) => {
        const points = own.get(referee) ?? ZERO
        return [
          stay(referrer, points.times(Ratio.read(source.referrals?.referrerBonus ?? "0"))),
          stay(referee, points.times(Ratio.read(source.referrals?.refereeBonus ?? "0"))),
        ]
      })
      return [...[...own].map(([account, points]) => stay(account, points)), ...bonuses]
    }
    case "stake-history": {
      const registered = new Set(
        source.registrations.filter(([, time]) => time < source.close).map(([account]) => personOf(account)),
      )
      return source.rows
        .filter(([account]) => registered.has(personOf(account)))
        .map(([account, stake, from, to]) => {
          const seconds = Math.min(to ?? source.close, source.close) - Math.max(from, source.start)
          return stay(account, Ratio.read(stake).times(new Ratio(BigInt(Math.max(0, seconds)))))
        })
    }
    case "conversion": {
      const units = new Ratio(10n ** BigInt(decimals))
      const rateAt = (time: number): Ratio =>
        Ratio.read(source.schedule.filter(([from]) => from <= time).at(-1)?.[1] ?? "0")
      const converted = source.rows.map(
        ([account, amount, time]) => [account, Ratio.read(amount).times(rateAt(time)).times(units)] as const,
      )
      return converted.map(([account, value]) => stay(account, value))
    }
    case "amounts": {
      const units = new Ratio(source.unit === "base" ? 1n : 10n ** BigInt(decimals))
      return source.rows.map(([account, amount]) => stay(account, Ratio.read(amount).times(units)))
    }
  }
}

/** Returns true if the referrals have no circle: people whom nobody left has referred are taken away until none remains. */
function areReferralsSound({ source }: Situation, personOf: (account: Address) => Address): boolean {
  const rows = source.kind === "points" ? (source.referrals?.rows ?? []) : []
  let left = rows.map(([referrer, referee]) => [personOf(referrer), personOf(referee)] as const)
  for (;;) {
    const referees = new Set(left.map(([, referee]) => referee))
    const rest = left.filter(([referrer]) => referees.has(referrer))
    if (rest.length === left.length) return rest.length === 0
    left = rest
  }
}

/** The stakes of a node, each weighted by its role, which is decided by person. */
function stakesOf(
  { operator, leaving, stakes }: Network["nodes"][number],
  weights: Readonly<Record<"solo" | "operator" | "contributor", string>>,
  personOf: (account: Address) => Address,
): readonly Contribution[] {
  const real = stakes.filter(([, stake]) => stake > 0n)
  const owners = new Set(real.map(([account]) => personOf(account)))
  return real
    .filter(([account]) => account !== NOBODY)
    .map(([account, stake]) => {
      const role =
        owners.size === 1 ? "solo" : personOf(account) === personOf(operator) ? "operator" : "contributor"
      return { account, leaving, value: new Ratio(stake).times(Ratio.read(weights[role])) }
    })
}

/** Eligibility, `leavingNodes` and `exclude`: tells which contributions count. */
function counts(
  { eligibility, rules }: Situation,
  personOf: (account: Address) => Address,
): (contribution: Contribution) => boolean {
  const listed = new Set(eligibility?.listed)
  const listedPeople = new Set(eligibility?.listed.map(personOf))
  const excluded = new Set(rules.exclude.map(personOf))
  const isEligible = (account: Address): boolean =>
    eligibility === undefined ||
    (eligibility.match === "person" ? listedPeople.has(personOf(account)) : listed.has(account))
  return ({ account, leaving }) =>
    isEligible(account) && !(leaving && rules.leavingNodes === "exclude") && !excluded.has(personOf(account))
}

interface Exact {
  readonly amounts: ReadonlyMap<Address, Ratio>
  readonly capped: ReadonlySet<Address>
}

/** Amounts: the values of a person are summed up and rounded down once, and each rule looks at that amount. */
function fixedAmounts(ranked: readonly Share[], { rules: { minimum, cap } }: Situation): Exact {
  const kept = ranked
    .map(({ person, value }) => ({ person, value: new Ratio(value.floor()) }))
    .filter(({ value }) => !value.isBelow(new Ratio(minimum)))
  const isCapped = ({ value }: Share): boolean => cap !== undefined && value.isAbove(new Ratio(cap))
  return {
    amounts: new Map(kept.map((one) => [one.person, isCapped(one) ? new Ratio(cap ?? 0n) : one.value])),
    capped: new Set(kept.filter(isCapped).map(({ person }) => person)),
  }
}

/** The minimum: drops the lowest values, equal ones together, until the smallest share under the cap is large enough. */
function shares(ranked: readonly Share[], { pool, rules: { minimum, cap } }: Situation): Exact {
  for (let left = ranked; ;) {
    const found = sharesUnderCap(left, new Ratio(pool), cap)
    if ([...found.amounts.values()].every((share) => !share.isBelow(new Ratio(minimum)))) return found
    const lowest = left.map(({ value }) => value).reduce((a, b) => (b.isBelow(a) ? b : a))
    left = left.filter(({ value }) => value.isAbove(lowest))
  }
}

/** The cap: in descending order of value, a share above it gets the cap, and the others share the rest. */
function sharesUnderCap(people: readonly Share[], pool: Ratio, cap: bigint | undefined): Exact {
  const amounts = new Map<Address, Ratio>()
  let uncapped = [...people].sort((a, b) => b.value.compare(a.value))
  let rest = pool
  for (let [largest] = uncapped; largest !== undefined && cap !== undefined; [largest] = uncapped) {
    const share = rest.times(largest.value).over(Ratio.sum(uncapped.map(({ value }) => value)))
    if (!share.isAbove(new Ratio(cap))) break
    amounts.set(largest.person, new Ratio(cap))
    rest = rest.minus(new Ratio(cap))
    uncapped = uncapped.slice(1)
  }
  const capped = new Set(amounts.keys())
  const total = Ratio.sum(uncapped.map(({ value }) => value))
  for (const { person, value } of uncapped) amounts.set(person, rest.times(value).over(total))
  return { amounts, capped }
}

/** Rounding: down, and one unit more for the largest fractions, of equal ones for the lower address. */
function rounded(exact: ReadonlyMap<Address, Ratio>): {
  readonly amounts: Map<Address, bigint>
  readonly roundedUp: ReadonlySet<Address>
} {
  const amounts = new Map([...exact].map(([account, share]) => [account, share.floor()]))
  const fractions = [...exact].map(
    ([account, share]) => [account, share.minus(new Ratio(share.floor()))] as const,
  )
  const left = Ratio.sum(fractions.map(([, fraction]) => fraction)).floor()
  const roundedUp = fractions
    .sort(([a, x], [b, y]) => y.compare(x) || (a < b ? -1 : 1))
    .slice(0, Number(left))
    .map(([account]) => account)
  for (const account of roundedUp) amounts.set(account, (amounts.get(account) ?? 0n) + 1n)
  return { amounts, roundedUp: new Set(roundedUp) }
}

/** `payTo`, overrides and redirects: returns the amount of each payee. */
function paid(
  people: ReadonlyMap<Address, bigint>,
  counted: readonly Contribution[],
  personOf: (account: Address) => Address,
  { rules, redirects, links }: Situation,
): ReadonlyMap<Address, bigint> {
  const payees = new Map<Address, Address>([...redirects, ...rules.overrides])
  const payments =
    rules.payTo === "beneficiary" ? people : paidToStakers(people, linked(counted, links), personOf)
  const entries = new Map<Address, bigint>()
  for (const [account, amount] of payments) {
    const payee = payees.get(account) ?? account
    if (amount > 0n) entries.set(payee, (entries.get(payee) ?? 0n) + amount)
  }
  return entries
}

/** Returns contributions as those of the new address where the old one is linked. */
function linked(contributions: readonly Contribution[], links: readonly Pair[]): readonly Contribution[] {
  const newOf = new Map(links)
  return contributions.map((one) => ({ ...one, account: newOf.get(one.account) ?? one.account }))
}

/** Divides each person's amount among the addresses that staked, in proportion to their values. */
function paidToStakers(
  people: ReadonlyMap<Address, bigint>,
  counted: readonly Contribution[],
  personOf: (account: Address) => Address,
): ReadonlyMap<Address, bigint> {
  const parts = new Map<Address, bigint>()
  for (const [person, amount] of people) {
    const values = totalled(
      counted
        .filter(({ account }) => personOf(account) === person)
        .map(({ account, value }) => [account, value]),
    )
    const total = Ratio.sum(values.values())
    const exact = new Map(
      [...values].map(([account, value]) => [account, new Ratio(amount).times(value).over(total)]),
    )
    for (const [account, part] of rounded(exact).amounts) parts.set(account, part)
  }
  return parts
}

function totalled(values: readonly (readonly [Address, Ratio])[]): ReadonlyMap<Address, Ratio> {
  const totals = new Map<Address, Ratio>()
  for (const [account, value] of values) totals.set(account, (totals.get(account) ?? ZERO).plus(value))
  return totals
}
