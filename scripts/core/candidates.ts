import { compareAddresses, type Address } from "./address.ts"
import { addressTable } from "./address-table.ts"
import type { Part } from "./allocation.ts"
import { invariant } from "./error.ts"
import { STRANGERS, type People } from "./people.ts"
import type { Program } from "./program.ts"
import { sortedIndexes } from "./sorted-indexes.ts"
import type { PartList, Valuation } from "./sources/source.ts"

/** A person who might share in the pool, before any rule on amounts. */
export interface Candidate {
  readonly account: Address
  /** Where its parts are in the source's list: one place, which is the usual case, or several. */
  readonly places: number | readonly number[]
  /** The sum of the parts that count, and of those that would if nodes on their leave did. */
  readonly value: bigint
  readonly valueWithLeaving: bigint
  readonly eligible: boolean
  /** Why the program excludes it. */
  readonly excluded: string | undefined
}

export interface Candidates {
  /** In ascending order of account. */
  readonly list: readonly Candidate[]
  /** A candidate's parts in the source's order; those that do not count say why. */
  readonly partsOf: (candidate: Candidate) => readonly Part[]
}

/** Who is on the program's list; undefined where the source alone decides. */
export type Listed = ReadonlySet<Address> | undefined

type Draft = { -readonly [Field in keyof Candidate]: Candidate[Field] } & { places: number | number[] }

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
    invariant(part !== undefined, `there is no part ${place}`)
    return judge(part)
  }
  return {
    list: ascending(gather(program, parts, partAt, people, listed)),
    partsOf: ({ places }) => (typeof places === "number" ? [partAt(places)] : places.map(partAt)),
  }
}

function gather(
  { rules }: Program,
  { length, isDistinct }: PartList,
  partAt: (place: number) => Part,
  people: People,
  listed: Listed,
): readonly Candidate[] {
  const eligible = listed === undefined ? undefined : new Set([...listed].map(people.personOf))
  const excluded = new Map(rules.exclude.map(({ account, reason }) => [people.personOf(account), reason]))
  // Where each part is another person's, nobody's draft has to be found again.
  const isOneEach = isDistinct === true && people === STRANGERS && eligible === undefined
  const table = addressTable()
  const drafts: Draft[] = []
  const open = (account: Address, places: number | number[], value: bigint, withLeaving: bigint): void => {
    drafts.push({
      account,
      places,
      value,
      valueWithLeaving: withLeaving,
      eligible: eligible === undefined || eligible.has(account),
      excluded: excluded.get(account),
    })
  }
  for (let place = 0; place < length; place++) {
    const part = partAt(place)
    const value = part.not === undefined ? part.value : 0n
    const valueWithLeaving = part.not === "leaving" ? part.value : value
    const person = people.personOf(part.account)
    const draft = isOneEach ? undefined : drafts[table.add(person)]
    if (draft === undefined) {
      open(person, place, value, valueWithLeaving)
    } else {
      if (typeof draft.places === "number") draft.places = [draft.places, place]
      else draft.places.push(place)
      draft.value += value
      draft.valueWithLeaving += valueWithLeaving
    }
  }
  for (const person of eligible ?? []) if (table.add(person) === drafts.length) open(person, [], 0n, 0n)
  return drafts
}

function ascending(candidates: readonly Candidate[]): Candidate[] {
  const accountAt = (i: number): Address => candidates[i]?.account ?? "0x"
  const order = sortedIndexes(
    candidates.length,
    (i) => parseInt(accountAt(i).slice(2, 10), 16),
    (a, b) => compareAddresses(accountAt(a), accountAt(b)),
  )
  const sorted: Candidate[] = []
  for (const i of order) {
    const candidate = candidates[i]
    if (candidate !== undefined) sorted.push(candidate)
  }
  return sorted
}

/** Marks the parts that do not count. */
function partJudge({ rules, eligibility }: Program, listed: Listed): (part: Part) => Part {
  const onlyListed = eligibility?.stakes === "listed" ? listed : undefined
  return (part) => {
    if (part.not !== undefined) return part
    if (onlyListed !== undefined && !onlyListed.has(part.account)) return { ...part, not: "not-listed" }
    if (rules.leaving === "exclude" && part.note === "leaving") return { ...part, not: "leaving" }
    return part
  }
}
