/** Derives from a program's snapshot and list where the search for suggestions starts, ends and stops. */
import { ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { parseAmount } from "../../core/primitives/amount.ts"
import type { People } from "../../core/snapshot/people.ts"
import type { Program } from "../../core/program/program.ts"
import { contractsReadBy } from "../../core/sources/source-of.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { sessionStaking } from "../../core/readers/session-staking.ts"
import { sectionOf, type Snapshot } from "../../core/snapshot/snapshot.ts"
import type { SuggestTerms } from "../../core/reserve/suggest-grants.ts"
import type { LoadedContext } from "./grant-context.ts"

/** @param listed who is eligible */
export function termsOf(
  { people, program }: LoadedContext,
  snapshot: Snapshot,
  listed: ReadonlySet<Address>,
  options: SuggestOptions,
): Omit<SuggestTerms, "cut"> {
  const eligible = new Set([...listed].map(people.personOf))
  const sources = new Map<Address, Address>()
  for (const person of eligible) {
    for (const address of [person, ...people.othersOf(person)]) sources.set(address, person)
  }
  for (const address of listed) sources.set(address, people.personOf(address))
  const { targets, stakes, ownStakes } = stakersOf(snapshot, people, eligible)
  return {
    sources,
    targets,
    stakes,
    ownStakes,
    hops: options.hops,
    hub: options.hub,
    minimum: parseAmount(options.minimum, program.token.decimals),
  }
}

/** Returns the stakers, separated into eligible and not eligible. */
function stakersOf(
  snapshot: Snapshot,
  people: People,
  eligible: ReadonlySet<Address>,
): Pick<SuggestTerms, "targets" | "stakes" | "ownStakes"> {
  const targets = new Map<Address, Address>()
  const stakes = new Map<Address, bigint>()
  const ownStakes = new Map<Address, bigint>()
  const network = sectionOf(snapshot, sessionStaking)
  if (network === undefined) {
    throw new AirdropError("the program's snapshot has no stakes to which transfers could lead", {
      code: "usage",
      hint: 'Name a staking contract as "stakingContract" under "snapshot" in program.json, and take the snapshot again.',
    })
  }
  for (const { contributors } of network.nodes) {
    for (const { address, stake } of contributors) {
      const person = people.personOf(address)
      if (stake === 0n || person === ZERO_ADDRESS) continue
      const sums = eligible.has(person) ? ownStakes : stakes
      sums.set(person, (sums.get(person) ?? 0n) + stake)
      if (eligible.has(person)) continue
      for (const own of [address, person, ...people.othersOf(person)]) targets.set(own, person)
    }
  }
  return { targets, stakes, ownStakes }
}

/**
 * Yields the addresses that are never followed through: the network's own contracts, and every contract that is not a
 * wallet. Each comes with its reason.
 */
export function* knownCuts(
  program: Program,
  snapshot: Snapshot,
  given: readonly Address[],
): Generator<readonly [Address, string]> {
  yield [ZERO_ADDRESS, "tokens are minted from it and burnt to it"]
  yield [snapshot.token.address, "it is the token's contract"]
  for (const [address, name] of contractsReadBy(program)) yield [address, `it is ${name}`]
  for (const [address, { kind }] of snapshot.accounts) {
    if (kind === "contract") yield [address, "it is a contract that may pass tokens between unrelated people"]
  }
  for (const address of given) yield [address, "it is in the file of --cut"]
}

/** The options of `grants P suggest`. */
export interface SuggestOptions {
  readonly rpc?: string
  /** A CSV file of transfers, instead of a node. */
  readonly transfers?: string
  readonly fromBlock?: number
  readonly hops: number
  readonly minimum: string
  readonly hub: number
  /** A CSV file of accounts at which the search stops. */
  readonly cut?: string
}
