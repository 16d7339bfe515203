/** Checks that a list of nodes is the contract's whole list, and says what is unusual in it. */
import { ZERO_ADDRESS } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import type { StakingNode } from "./snapshot.ts"

/** The place of a node in the contract's doubly linked list. */
export interface Links {
  readonly next: bigint
  readonly prev: bigint
}

export interface NodeList {
  readonly totalNodes: number
  /** Ids are given from one up to below this. */
  readonly nextId: bigint
  /** Those of id 0, which is no node: first and last of the list. */
  readonly sentinel: Links
  /** In the list's order. */
  readonly nodes: readonly (StakingNode & { readonly links: Links })[]
}

/**
 * Follows every link from the sentinel through all nodes back to it, and counts.
 * @throws AirdropError (exit 1) that names the first node where list, links and number disagree
 */
export function checkNodeList({ totalNodes, nextId, sentinel, nodes }: NodeList): void {
  const fail = (text: string): never => {
    throw new AirdropError(`the list of nodes is not whole: ${text}`, { exit: 1 })
  }
  if (nodes.length !== totalNodes) fail(`it has ${nodes.length} nodes, the contract counts ${totalNodes}`)
  let before = 0n
  let expected = sentinel.next
  const seen = new Set<bigint>()
  for (const { id, links } of nodes) {
    if (id !== expected) fail(`after node ${before} comes ${expected}, not ${id}`)
    if (id <= 0n || id >= nextId) fail(`node ${id} is not between 1 and ${nextId - 1n}`)
    if (seen.has(id)) fail(`node ${id} comes twice`)
    if (links.prev !== before) fail(`node ${id} says that ${links.prev} comes before it, not ${before}`)
    seen.add(id)
    before = id
    expected = links.next
  }
  if (expected !== 0n) fail(`after node ${before} comes ${expected}, which is not there`)
  if (sentinel.prev !== before) fail(`its last node is ${before}, the contract says ${sentinel.prev}`)
}

/** A kind of case that is right as it stands, but that people ask about; `nodes` in ascending order of id. */
export interface Peculiarity {
  readonly what: string
  readonly nodes: readonly bigint[]
}

/** Lists what is unusual in a network's nodes; only what occurs. */
export function peculiaritiesOf(nodes: readonly StakingNode[]): readonly Peculiarity[] {
  const kinds: readonly (readonly [what: string, test: (node: StakingNode) => boolean])[] = [
    ["have asked to leave and are still active", (node) => node.leaveRequestTimestamp !== 0],
    ["name an address more than once", hasDuplicate],
    [
      "name a contributor without stake",
      ({ contributors }) => contributors.some(({ stake }) => stake === 0n),
    ],
    [
      "name the zero address as contributor",
      ({ contributors }) => contributors.some(({ address }) => address === ZERO_ADDRESS),
    ],
    [
      "have a contributor without a beneficiary",
      ({ contributors }) =>
        contributors.some(
          ({ address, beneficiary }) => address !== ZERO_ADDRESS && beneficiary === ZERO_ADDRESS,
        ),
    ],
    [
      "have an operator who is not their first contributor",
      ({ operator, contributors }) => contributors[0]?.address !== operator,
    ],
  ]
  return kinds.flatMap(([what, test]) => {
    const found = nodes.filter(test).map(({ id }) => id)
    return found.length === 0 ? [] : [{ what, nodes: found }]
  })
}

function hasDuplicate({ contributors }: StakingNode): boolean {
  return new Set(contributors.map(({ address }) => address)).size < contributors.length
}
