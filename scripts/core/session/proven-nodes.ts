/** Reads the whole list of nodes from proven storage, along every link from the sentinel back to it. */
import type { Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import type { LinkedNode } from "./decode-nodes.ts"
import { checkNodeList, type Links } from "./node-list.ts"
import {
  CONTRIBUTOR_WORDS,
  contributorsBase,
  NODE_WORDS,
  nodeBase,
  REWARDS_SLOTS,
  WORDS_PER_CONTRIBUTOR,
} from "./storage-layout.ts"
import { addressInWord } from "../primitives/words.ts"
import type { StakingNode } from "./staking-node.ts"
import type { ProvenState } from "../ethereum/proven-state.ts"

export interface ProvenNetwork {
  readonly token: Address
  readonly stakingRequirement: bigint
  readonly maxContributors: number
  /** In the list's order. */
  readonly nodes: readonly LinkedNode[]
}

const UINT64 = (1n << 64n) - 1n

/** Words of a node that a snapshot depends on, besides its contributors. */
const WORDS_READ = [
  NODE_WORDS.links,
  NODE_WORDS.operator,
  NODE_WORDS.added,
  NODE_WORDS.leaveRequest,
  NODE_WORDS.contributorCount,
] as const

/** Returns every slot of the staking contract that {@link readProvenNodes} reads for these nodes. */
export function slotsOfNodes(nodes: readonly StakingNode[]): readonly bigint[] {
  return [...Object.values(REWARDS_SLOTS), nodeBase(0n) + NODE_WORDS.links, ...nodes.flatMap(slotsOfNode)]
}

function slotsOfNode({ id, contributors }: StakingNode): readonly bigint[] {
  const base = nodeBase(id)
  const first = contributorsBase(base)
  const words = WORDS_PER_CONTRIBUTOR * BigInt(contributors.length)
  return [
    ...WORDS_READ.map((word) => base + word),
    ...Array.from({ length: Number(words) }, (_, i) => first + BigInt(i)),
  ]
}

/**
 * Reads all nodes.
 * @throws AirdropError if a word is not proven, or the list does not close
 */
export function readProvenNodes(
  state: ProvenState,
  rewards: Address,
  onProgress: (done: number, total: number) => void = () => undefined,
): ProvenNetwork {
  const at = (slot: bigint): bigint => state.storage(rewards, slot)
  const totalNodes = toNumber(at(REWARDS_SLOTS.totalNodes), "the number of nodes")
  const sentinel = linksOf(at(nodeBase(0n) + NODE_WORDS.links))
  const nodes: LinkedNode[] = []
  for (let id = sentinel.next; id !== 0n && nodes.length <= totalNodes;) {
    const node = readNode(at, id)
    nodes.push(node)
    id = node.links.next
    onProgress(nodes.length, totalNodes)
  }
  checkNodeList({ totalNodes, nextId: (at(REWARDS_SLOTS.nextId) >> 160n) & UINT64, sentinel, nodes })
  return {
    token: addressInWord(at(REWARDS_SLOTS.token) >> 8n),
    stakingRequirement: at(REWARDS_SLOTS.stakingRequirement),
    maxContributors: toNumber(at(REWARDS_SLOTS.maxContributors), "the maximum of contributors"),
    nodes,
  }
}

function readNode(at: (slot: bigint) => bigint, id: bigint): LinkedNode {
  const base = nodeBase(id)
  const count = toNumber(at(base + NODE_WORDS.contributorCount), `the contributors of node ${id}`)
  const contributors: StakingNode["contributors"][number][] = []
  let word = contributorsBase(base)
  for (let i = 0; i < count; i++, word += WORDS_PER_CONTRIBUTOR) {
    contributors.push({
      address: addressInWord(at(word + CONTRIBUTOR_WORDS.address)),
      beneficiary: addressInWord(at(word + CONTRIBUTOR_WORDS.beneficiary)),
      stake: at(word + CONTRIBUTOR_WORDS.stake),
    })
  }
  return {
    id,
    links: linksOf(at(base + NODE_WORDS.links)),
    operator: addressInWord(at(base + NODE_WORDS.operator)),
    addedTimestamp: toNumber(at(base + NODE_WORDS.added), `addedTimestamp of node ${id}`),
    leaveRequestTimestamp: toNumber(
      at(base + NODE_WORDS.leaveRequest),
      `leaveRequestTimestamp of node ${id}`,
    ),
    contributors,
  }
}

function linksOf(word: bigint): Links {
  return { next: word & UINT64, prev: (word >> 64n) & UINT64 }
}

function toNumber(word: bigint, what: string): number {
  if (word > BigInt(Number.MAX_SAFE_INTEGER))
    throw new AirdropError(`${what} is too large: ${word}`, { code: "mismatch" })
  return Number(word)
}
