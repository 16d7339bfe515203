import type { Address } from "./address.ts"
import type { Part } from "./allocation.ts"
import type { People } from "./people.ts"
import type { Program } from "./program.ts"
import type { Valuation } from "./sources/source.ts"

/** A person who might share in the pool, before any rule on amounts. */
export interface Candidate {
  readonly account: Address
  /** In the source's order; those that do not count say why. */
  readonly parts: readonly Part[]
  /** The sum of the parts that count, and of those that would if nodes on their leave did. */
  readonly value: bigint
  readonly valueWithLeaving: bigint
  readonly eligible: boolean
  /** Why the program excludes it. */
  readonly excluded: string | undefined
}

/** Who is on the program's list; undefined where the source alone decides. */
export type Listed = ReadonlySet<Address> | undefined

interface Draft {
  readonly account: Address
  readonly parts: Part[]
  value: bigint
  valueWithLeaving: bigint
}

/** Gathers the parts of each person, and everybody on the list who has none, in ascending order of account. */
export function candidatesOf(
  program: Program,
  valuation: Valuation,
  people: People,
  listed: Listed,
): readonly Candidate[] {
  const drafts = new Map<Address, Draft>()
  const draftOf = (person: Address): Draft => {
    let draft = drafts.get(person)
    if (draft === undefined) {
      draft = { account: person, parts: [], value: 0n, valueWithLeaving: 0n }
      drafts.set(person, draft)
    }
    return draft
  }
  const judge = partJudge(program, listed)
  for (const part of valuation.parts) {
    const draft = draftOf(people.personOf(part.account))
    const judged = judge(part)
    draft.parts.push(judged)
    if (judged.not === undefined) draft.value += part.value
    if (judged.not === undefined || judged.not === "leaving") draft.valueWithLeaving += part.value
  }
  const eligible = listed === undefined ? undefined : new Set([...listed].map(people.personOf))
  for (const person of eligible ?? []) draftOf(person)
  const excluded = new Map(
    program.rules.exclude.map(({ account, reason }) => [people.personOf(account), reason]),
  )
  return [...drafts.values()]
    .sort((a, b) => (a.account < b.account ? -1 : 1))
    .map(({ account, parts, value, valueWithLeaving }) => ({
      account,
      parts,
      value,
      valueWithLeaving,
      eligible: eligible === undefined || eligible.has(account),
      excluded: excluded.get(account),
    }))
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
