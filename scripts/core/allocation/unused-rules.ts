import { toChecksum, type Address } from "../primitives/address.ts"
import type { Candidate } from "./candidates.ts"
import type { People } from "../session/people.ts"
import type { Program } from "../program/program.ts"
import { forEach, type Sequence } from "../primitives/sequence.ts"

/**
 * Returns warnings about exclusions and overrides that match no account. Most are mistyped addresses.
 * @param paid the accounts whose payments overrides redirected
 */
export function unusedRules(
  { rules }: Program,
  people: People,
  candidates: Sequence<Candidate>,
  paid: ReadonlySet<Address>,
): string[] {
  if (rules.exclude.length === 0 && rules.overrides.length === 0) return []
  const known = new Set<Address>()
  forEach(candidates, ({ account }) => known.add(account))
  return [
    ...rules.exclude
      .filter(({ account }) => !known.has(people.personOf(account)))
      .map(({ account }) => `rules.exclude names ${toChecksum(account)}, which would get nothing anyway`),
    ...rules.overrides
      .filter(({ account }) => !paid.has(account))
      .map(({ account }) => `rules.overrides names ${toChecksum(account)}, which is paid nothing`),
  ]
}
