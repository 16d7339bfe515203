/**
 * Finds people whom the list missed: they took part under an eligible address, moved their tokens to another one,
 * and stake from there. Tokens are traced forward in time, over a bounded number of transfers, and never through an
 * address that several unrelated people use.
 */
import type { Address } from "../primitives/address.ts"
import { strongestChain, type TransferGraph } from "./transfer-graph.ts"
import { type Transfer } from "../ethereum/transfer.ts"

export interface SuggestTerms {
  /** Eligible addresses and their vesting contracts, with the person of each. */
  readonly sources: ReadonlyMap<Address, Address>
  /** Addresses of people who stake and are not eligible, with the person of each. */
  readonly targets: ReadonlyMap<Address, Address>
  /** The stake of each such person, in base units. */
  readonly stakes: ReadonlyMap<Address, bigint>
  /** The own stakes of eligible people. One who has moved all tokens is the likelier case. */
  readonly ownStakes: ReadonlyMap<Address, bigint>
  readonly hops: number
  /** Base units. Smaller transfers are not traced. */
  readonly minimum: bigint
  /** The number of senders, or of receivers, from which on an address counts as shared by unrelated people. */
  readonly hub: number
  /** Known contracts and exchanges. */
  readonly cut: ReadonlyMap<Address, string>
}

export interface SuggestedPath {
  /** The eligible person at the start of the path. */
  readonly person: Address
  /** The transfers from the source on, each after the one before. */
  readonly transfers: readonly Transfer[]
  /** Base units that reached the end: the smallest of the transfers. */
  readonly carried: bigint
}

export interface Suggestion {
  /** The person to grant an amount to. */
  readonly account: Address
  readonly stake: bigint
  /** The strongest path from each eligible person, the strongest first. */
  readonly paths: readonly SuggestedPath[]
  /** The rank: thousandths of the stake that arrived, halved for each further hop. */
  readonly strength: number
}

export interface Suggestions {
  /** The strongest suggestion first. */
  readonly found: readonly Suggestion[]
  /** Addresses shared by unrelated people, at which paths ended, with the reason. */
  readonly cut: ReadonlyMap<Address, string>
}

interface Reached {
  readonly path: readonly Address[]
  readonly person: Address
}

/** Traces tokens and returns suggestions. */
export function suggest(graph: TransferGraph, terms: SuggestTerms): Suggestions {
  const cut = new Map<Address, string>()
  const first = walk(graph, terms, (address) => reasonToCut(graph, terms, address), cut)
  // If tokens of several people pass through an address and on to several others, its holder cannot be determined.
  const mixing = mixingAddresses(graph, first)
  const reached = first.filter(({ path }) => !path.slice(1, -1).some((address) => mixing.has(address)))
  for (const { path } of first) {
    for (const address of path.slice(1, -1)) {
      if (mixing.has(address)) cut.set(address, "tokens of several people went through it")
    }
  }
  return { found: rank(graph, terms, reached), cut }
}

/** Traces every path from a source. Keeps a path that ends at a target or can be traced further. */
function walk(
  graph: TransferGraph,
  { sources, hops, minimum }: SuggestTerms,
  cutBecause: (address: Address) => string | undefined,
  cut: Map<Address, string>,
): readonly Reached[] {
  const reached: Reached[] = []
  const visit = (path: readonly Address[], person: Address, after: number): void => {
    const here = path.at(-1)
    if (here === undefined || path.length > hops) return
    const because = cutBecause(here)
    if (because !== undefined) {
      cut.set(here, because)
      return
    }
    for (const [to, transfers] of graph.from(here)) {
      // The earliest transfer after the last one leaves the most to trace.
      const next = transfers.find(({ order, amount }) => order > after && amount >= minimum)
      if (next === undefined || path.includes(to) || sources.has(to)) continue
      const further = [...path, to]
      reached.push({ path: further, person })
      visit(further, person, next.order)
    }
  }
  for (const [address, person] of sources) visit([address], person, -1)
  return reached
}

function reasonToCut(graph: TransferGraph, terms: SuggestTerms, address: Address): string | undefined {
  const known = terms.cut.get(address)
  if (known !== undefined) return known
  const senders = graph.senders(address)
  if (senders >= terms.hub) return `${senders} addresses sent to it, as to an exchange`
  const receivers = graph.receivers(address)
  return receivers >= terms.hub ? `it sent to ${receivers} addresses, as an exchange does` : undefined
}

function mixingAddresses(graph: TransferGraph, reached: readonly Reached[]): ReadonlySet<Address> {
  const people = new Map<Address, Set<Address>>()
  for (const { path, person } of reached) {
    const last = path.at(-1)
    if (last === undefined) continue
    const those = people.get(last) ?? new Set<Address>()
    people.set(last, those.add(person))
  }
  const mixes = [...people].filter(([address, those]) => those.size > 1 && graph.receivers(address) > 1)
  return new Set(mixes.map(([address]) => address))
}

function rank(graph: TransferGraph, terms: SuggestTerms, reached: readonly Reached[]): readonly Suggestion[] {
  const byTarget = new Map<Address, Map<Address, SuggestedPath>>()
  for (const { path, person } of reached) {
    const target = terms.targets.get(path.at(-1) ?? "0x")
    const transfers = target === undefined ? undefined : strongestChain(graph, path)
    if (target === undefined || transfers === undefined) continue
    const carried = transfers.reduce(
      (least, { amount }) => (amount < least ? amount : least),
      transfers[0]?.amount ?? 0n,
    )
    if (carried < terms.minimum) continue
    const paths = byTarget.get(target) ?? new Map<Address, SuggestedPath>()
    byTarget.set(target, paths)
    const found = { person, transfers, carried }
    const known = paths.get(person)
    if (known === undefined || isStronger(found, known)) paths.set(person, found)
  }
  return Array.from(byTarget, ([account, paths]): Suggestion => {
    const stake = terms.stakes.get(account) ?? 0n
    const sorted = [...paths.values()].sort((a, b) => (isStronger(a, b) ? -1 : 1))
    return { account, stake, paths: sorted, strength: strengthOf(sorted, stake, terms) }
  })
    .filter(({ stake }) => stake > 0n)
    .sort((a, b) => b.strength - a.strength || (a.account < b.account ? -1 : 1))
}

function isStronger(a: SuggestedPath, b: SuggestedPath): boolean {
  if (a.transfers.length !== b.transfers.length) return a.transfers.length < b.transfers.length
  if (a.carried !== b.carried) return a.carried > b.carried
  return a.person < b.person
}

/**
 * Returns the strength of a suggestion. Several origins weaken it, because a person has one. It is also weaker for a
 * person who still stakes from the old address.
 */
function strengthOf(paths: readonly SuggestedPath[], stake: bigint, { ownStakes }: SuggestTerms): number {
  const [best] = paths
  if (best === undefined || stake === 0n) return 0
  const carried = best.carried < stake ? best.carried : stake
  const share = Number((carried * 1000n) / stake)
  const stakesStill = (ownStakes.get(best.person) ?? 0n) > 0n
  return share / 2 ** (best.transfers.length - 1) / paths.length / (stakesStill ? 2 : 1)
}
