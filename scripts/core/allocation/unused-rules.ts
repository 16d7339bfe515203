import { toChecksum, type Address } from "../primitives/address.ts"
import type { Candidate } from "./candidates.ts"
import { NO_REDIRECTS, type Redirects } from "./payees.ts"
import type { People } from "../snapshot/people.ts"
import type { Program } from "../program/program.ts"
import { forEach, type Sequence } from "../primitives/sequence.ts"

/** The inputs of an allocation that name accounts. */
export interface NamingInputs {
  readonly program: Program
  readonly people: People
  readonly redirects?: Redirects
}

/**
 * Lists the exclusions, overrides and redirects that match no account. Most are mistyped addresses and need review.
 * @param paid the accounts whose override or redirect applied
 */
export function unusedRules(
  { program: { rules }, people, redirects = NO_REDIRECTS }: NamingInputs,
  candidates: Sequence<Candidate>,
  paid: ReadonlySet<Address>,
): string[] {
  const unpaid = [...redirects.keys()].filter((account) => !paid.has(account))
  if (rules.exclude.length === 0 && rules.overrides.length === 0 && unpaid.length === 0) return []
  const known = new Set<Address>()
  forEach(candidates, ({ account }) => known.add(account))
  return [
    ...rules.exclude
      .filter(({ account }) => !known.has(people.personOf(account)))
      .map(({ account }) => `rules.exclude names ${toChecksum(account)}, which would get nothing anyway`),
    ...rules.overrides
      .filter(({ account }) => !paid.has(account))
      .map(({ account }) => `rules.overrides names ${toChecksum(account)}, which is paid nothing`),
    ...unpaid.map((account) => `redirects.jsonl names ${toChecksum(account)}, which is paid nothing`),
  ]
}
