import type { Address } from "../primitives/address.ts"
import { addressTable } from "../primitives/address-table.ts"
import type { Part } from "../sources/valuation.ts"
import { invariant } from "../primitives/error.ts"
import { STRANGERS, type People } from "../session/people.ts"
import type { Program } from "../program/program.ts"
import type { Sequence } from "../primitives/sequence.ts"
import { accountOrder, inOrder } from "../primitives/sorted-indexes.ts"
import type { Valuation } from "../sources/valuation.ts"

/** A person who might share in the pool, before any rule on amounts. */
export interface Candidate {
  readonly account: Address
  /** Where its parts are in the source's list: one place, which is the usual case, or several. */
  readonly places: number | readonly number[]
  /** The sum of the parts that count; of those that would if nodes on their leave did; and if all were eligible too. */
  readonly value: bigint
  readonly valueWithLeaving: bigint
  readonly valueOfAll: bigint
  readonly eligible: boolean
  /** Why the program excludes it. */
  readonly excluded: string | undefined
}

export interface Candidates {
  /** In ascending order of account. */
  readonly list: Sequence<Candidate>
  /** A candidate's parts in the source's order; those that do not count say why. */
  readonly partsOf: (candidate: Candidate) => readonly Part[]
}

/** Who is on the program's list; undefined where the source alone decides. */
export type Listed = ReadonlySet<Address> | undefined

type Draft = { -readonly [Field in keyof Candidate]: Candidate[Field] } & { places: number | number[] }

/** Makes a candidate with what one place is worth to it. */
type Drafter = (account: Address, places: number | number[], part: Part | undefined) => Draft

/** Gathers the parts of each person, and everybody on the list who has none. */
export function candidatesOf(
  program: Program,
  { parts }: Valuation,
  people: People,
  listed: Listed,
): Candidates {
  const judge = partJudge(program, listed)
  const partAt = (place: number): Part => {
    const part = parts.at(place)
    invariant(part !== undefined, "there is a part at every place")
    return judge(part)
  }
  const eligible =
    listed === undefined || people === STRANGERS ? listed : new Set([...listed].map(people.personOf))
  const draft = drafter(program, people, eligible)
  const draftAt = (place: number): Draft => {
    const part = partAt(place)
    return draft(people.personOf(part.account), place, part)
  }
  // Where each part is the next person's there is nobody to be found again: candidates are made as they are asked for.
  const isOneEach = parts.isAscending === true && people === STRANGERS && eligible === undefined
  return {
    list: isOneEach
      ? { length: parts.length, at: draftAt }
      : gather(parts.length, draftAt, eligible ?? new Set(), draft),
    partsOf: ({ places }) => (typeof places === "number" ? [partAt(places)] : places.map(partAt)),
  }
}

/** Adds the drafts of all places up by person. */
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
  return (account, places, part) => {
    const all = part === undefined || part.not === "not-registered" ? 0n : part.value
    const withLeaving = part?.not === "not-listed" ? 0n : all
    return {
      account,
      places,
      value: part?.not === "leaving" ? 0n : withLeaving,
      valueWithLeaving: withLeaving,
      valueOfAll: all,
      eligible: eligible === undefined || eligible.has(account),
      // Asked only where somebody is: a look-up hashes the whole account.
      excluded: excluded.size > 0 ? excluded.get(account) : undefined,
    }
  }
}

/** Marks the parts that do not count as their address is not on the list. */
function partJudge({ eligibility }: Program, listed: Listed): (part: Part) => Part {
  const onlyListed = eligibility?.stakes === "listed" ? listed : undefined
  if (onlyListed === undefined) return (part) => part
  return (part) =>
    part.not === "not-registered" || onlyListed.has(part.account) ? part : { ...part, not: "not-listed" }
}
