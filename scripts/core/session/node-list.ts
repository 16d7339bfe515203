/** Checks that a list of nodes is the contract's whole list. */
import { AirdropError } from "../primitives/error.ts"
import type { StakingNode } from "./staking-node.ts"

/** The neighbours of a node in the contract's doubly linked list. */
export interface Links {
  readonly next: bigint
  readonly prev: bigint
}

export interface NodeList {
  readonly totalNodes: number
  /** Ids in use are from 1 to nextId - 1. */
  readonly nextId: bigint
  /** The links of id 0: the first and the last node of the list. */
  readonly sentinel: Links
  /** In the list's order. */
  readonly nodes: readonly (StakingNode & { readonly links: Links })[]
}

/**
 * Follows every link from the sentinel through all nodes back to it, and counts them.
 * @throws AirdropError that names the first node where list, links and count disagree
 */
export function checkNodeList({ totalNodes, nextId, sentinel, nodes }: NodeList): void {
  const fail = (text: string): never => {
    throw new AirdropError(`the list of nodes is not whole: ${text}`, { code: "mismatch" })
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
  if (expected !== 0n) fail(`after node ${before} comes ${expected}, which does not exist`)
  if (sentinel.prev !== before) fail(`its last node is ${before}, the contract says ${sentinel.prev}`)
}
