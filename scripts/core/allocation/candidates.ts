import type { Address } from "../primitives/address.ts"
import { addressTable } from "../primitives/address-table.ts"
import type { Contribution } from "../sources/valuation.ts"
import { invariant } from "../primitives/error.ts"
import { UNMERGED, type People } from "../snapshot/people.ts"
import type { Program } from "../program/program.ts"
import type { Sequence } from "../primitives/sequence.ts"
import { accountOrder, inOrder } from "../primitives/sorted-indexes.ts"
import type { Valuation } from "../sources/valuation.ts"

/** A person who might share in the pool, before the rules on amounts. */
export interface Candidate {
  readonly account: Address
  /** The positions of its contributions in the source's list: usually one, or several. */
  readonly places: number | readonly number[]
  /**
   * The sum of the contributions that count; also the sum if leaving nodes counted, and the sum if all were
   * eligible.
   */
  readonly value: bigint
  readonly valueWithLeaving: bigint
  readonly valueOfAll: bigint
  readonly eligible: boolean
  /** The reason why the program excludes it. */
  readonly excluded: string | undefined
}

export interface Candidates {
  /** In ascending order of account. */
  readonly list: Sequence<Candidate>
  /** Returns a candidate's contributions in the source's order. Those that do not count have a reason. */
  readonly contributionsOf: (candidate: Candidate) => readonly Contribution[]
}

/** The accounts on the program's list; undefined if the source alone decides. */
export type Listed = ReadonlySet<Address> | undefined

type Draft = { -readonly [Field in keyof Candidate]: Candidate[Field] } & { places: number | number[] }

/** Creates a candidate from one contribution. */
type Drafter = (account: Address, places: number | number[], contribution: Contribution | undefined) => Draft

/** Gathers the contributions of each person, and the listed accounts without any. */
export function candidatesOf(
  program: Program,
  { contributions }: Valuation,
  people: People,
  listed: Listed,
): Candidates {
  const judge = contributionJudge(program, listed)
  const contributionAt = (place: number): Contribution => {
    const contribution = contributions.at(place)
    invariant(contribution !== undefined, "there is a contribution at every place")
    return judge(contribution)
  }
  const eligible =
    listed === undefined || people === UNMERGED ? listed : new Set([...listed].map(people.personOf))
  const draft = drafter(program, people, eligible)
  const draftAt = (place: number): Draft => {
    const contribution = contributionAt(place)
    return draft(people.personOf(contribution.account), place, contribution)
  }
  // If each contribution belongs to a new person, nothing is merged. Candidates are then made on request.
  const isOneEach = contributions.isAscending === true && people === UNMERGED && eligible === undefined
  return {
    list: isOneEach
      ? { length: contributions.length, at: draftAt }
      : gather(contributions.length, draftAt, eligible ?? new Set(), draft),
    contributionsOf: ({ places }) =>
      typeof places === "number" ? [contributionAt(places)] : places.map(contributionAt),
  }
}

/** Adds up the drafts of all contributions by person. */
function gather(
  length: number,
  draftAt: (place: number) => Draft,
  eligible: ReadonlySet<Address>,
  draft: Drafter,
): readonly Candidate[] {
  const table = addressTable()
  const drafts: Draft[] = []
  for (let place = 0; place < length; place++) {
    const next = draftAt(place)
    const known = drafts[table.add(next.account)]
    if (known === undefined) {
      drafts.push(next)
    } else {
      if (typeof known.places === "number") known.places = [known.places, place]
      else known.places.push(place)
      known.value += next.value
      known.valueWithLeaving += next.valueWithLeaving
      known.valueOfAll += next.valueOfAll
    }
  }
  for (const person of eligible)
    if (table.add(person) === drafts.length) drafts.push(draft(person, [], undefined))
  return inOrder(drafts, accountOrder(table.addresses))
}

function drafter(
  { rules }: Program,
  { personOf }: People,
  eligible: ReadonlySet<Address> | undefined,
): Drafter {
  const excluded = new Map(rules.exclude.map(({ account, reason }) => [personOf(account), reason]))
  return (account, places, contribution) => {
    const all =
      contribution === undefined || contribution.excludedReason === "not-registered" ? 0n : contribution.value
    const withLeaving = contribution?.excludedReason === "not-listed" ? 0n : all
    return {
      account,
      places,
      value: contribution?.excludedReason === "leaving" ? 0n : withLeaving,
      valueWithLeaving: withLeaving,
      valueOfAll: all,
      eligible: eligible === undefined || eligible.has(account),
      // Skipped if the map is empty, because a look-up hashes the whole account.
      excluded: excluded.size > 0 ? excluded.get(account) : undefined,
    }
  }
}

/** Returns the function that marks contributions whose address is not on the list. */
function contributionJudge(
  { eligibility }: Program,
  listed: Listed,
): (contribution: Contribution) => Contribution {
  const onlyListed = eligibility?.match === "address" ? listed : undefined
  if (onlyListed === undefined) return (contribution) => contribution
  return (contribution) =>
    contribution.excludedReason === "not-registered" || onlyListed.has(contribution.account)
      ? contribution
      : { ...contribution, excludedReason: "not-listed" }
}
