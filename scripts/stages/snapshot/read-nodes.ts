/** Reads every node of a Session network at one block, in few requests. */
import { Interface } from "ethers"
import { ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { checkNodeList, type Links } from "../../core/session/node-list.ts"
import { decodeIds, decodeNode, decodeWord, type LinkedNode } from "../../core/session/decode-nodes.ts"
import { addressInWord } from "../../core/primitives/words.ts"
import type { StakingNode } from "../../core/session/snapshot.ts"
import { askInPieces } from "../../io/rpc/split-requests.ts"
import { multicall, type ContractAnswer, type ContractCall } from "../../io/rpc/multicall.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"

const REWARDS = new Interface([
  "function designatedToken() view returns (address)",
  "function totalNodes() view returns (uint256)",
  "function nextServiceNodeID() view returns (uint64)",
  "function stakingRequirement() view returns (uint256)",
  "function maxContributors() view returns (uint256)",
  "function allServiceNodeIDs() view returns (uint64[] ids, (uint256 X, uint256 Y)[] blsPubkeys)",
  "function serviceNodes(uint64) view returns ((uint64 next, uint64 prev, address operator, (uint256 X, uint256 Y) blsPubkey, uint256 addedTimestamp, uint256 leaveRequestTimestamp, uint256 latestLeaveRequestTimestamp, uint256 deposit, ((address addr, address beneficiary) staker, uint256 stakedAmount)[] contributors, uint256 ed25519Pubkey))",
])

/**
 * Nodes in one request to begin with. A node costs 56,000 to 118,000 gas to read, so that this many fit the usual
 * allowance of 50 million whatever their contributors; what does not fit is halved.
 */
const NODES_PER_REQUEST = 400

export interface Network {
  readonly token: Address
  readonly stakingRequirement: bigint
  readonly maxContributors: number
  readonly nodes: readonly StakingNode[]
}

/**
 * Reads all nodes and checks them against the contract's count, its id list and its linked list.
 * @throws AirdropError if they disagree, RpcError if the provider cannot serve this
 */
export async function readNodes(
  reader: PinnedReader,
  rewards: Address,
  onProgress?: (done: number, total: number) => void,
): Promise<Network> {
  const terms = await readTerms(reader, rewards)
  const ids =
    (await readIds(reader, rewards)) ??
    Array.from({ length: Number(terms.nextId) - 1 }, (_, i) => BigInt(i + 1))
  const found = await askInPieces(ids, async (piece) => await readSome(reader, rewards, piece), {
    size: NODES_PER_REQUEST,
    ...(onProgress ? { onProgress } : {}),
  })
  const nodes = found.filter(
    ({ operator, contributors }) => operator !== ZERO_ADDRESS || contributors.length > 0,
  )
  checkNodeList({ ...terms, nodes })
  return {
    token: terms.token,
    stakingRequirement: terms.stakingRequirement,
    maxContributors: terms.maxContributors,
    nodes: nodes
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, operator, addedTimestamp, leaveRequestTimestamp, contributors }) => ({
        id,
        operator,
        addedTimestamp,
        leaveRequestTimestamp,
        contributors,
      })),
  }
}

interface Terms extends Omit<Network, "nodes"> {
  readonly totalNodes: number
  readonly nextId: bigint
  readonly sentinel: Links
}

async function readTerms(reader: PinnedReader, rewards: Address): Promise<Terms> {
  const names = [
    "designatedToken",
    "totalNodes",
    "nextServiceNodeID",
    "stakingRequirement",
    "maxContributors",
  ]
  const calls = names.map((name) => callOf(rewards, name))
  let answers: readonly ContractAnswer[]
  try {
    answers = await multicall(reader, [...calls, nodeCall(rewards, 0n)])
  } catch (cause) {
    if (!(cause instanceof RpcError) || cause.kind !== "too-much") throw cause
    throw new AirdropError(`${rewards} does not answer as Session's staking contract does`, { cause })
  }
  const [token = 0n, totalNodes, nextId = 0n, stakingRequirement = 0n, maxContributors] = names.map(
    (name, i) => word(name, answers[i]),
  )
  return {
    token: addressInWord(token),
    totalNodes: Number(totalNodes),
    nextId,
    stakingRequirement,
    maxContributors: Number(maxContributors),
    sentinel: node(0n, answers[names.length]).links,
  }
}

/** The ids in the list's order; undefined if they are too many for the provider to answer at once. */
async function readIds(reader: PinnedReader, rewards: Address): Promise<readonly bigint[] | undefined> {
  try {
    const [answer] = await multicall(reader, [callOf(rewards, "allServiceNodeIDs")])
    return decodeIds(answer?.data ?? "0x") ?? undecodable("allServiceNodeIDs")
  } catch (error) {
    if (error instanceof RpcError && error.kind === "too-much") return undefined
    throw error
  }
}

async function readSome(
  reader: PinnedReader,
  rewards: Address,
  ids: readonly bigint[],
): Promise<readonly LinkedNode[]> {
  const answers = await multicall(
    reader,
    ids.map((id) => nodeCall(rewards, id)),
  )
  return ids.map((id, i) => node(id, answers[i]))
}

/** The call that reads one node. */
export function nodeCall(rewards: Address, id: bigint): ContractCall {
  return callOf(rewards, "serviceNodes", [id])
}

function callOf(to: Address, name: string, values: readonly unknown[] = []): ContractCall {
  return { to, data: REWARDS.encodeFunctionData(name, values), mayFail: false }
}

function word(name: string, answer: ContractAnswer | undefined): bigint {
  return decodeWord(answer?.data ?? "0x") ?? undecodable(name)
}

function node(id: bigint, answer: ContractAnswer | undefined): LinkedNode {
  return decodeNode(id, answer?.data ?? "0x") ?? undecodable(`serviceNodes(${id})`)
}

function undecodable(what: string): never {
  throw new AirdropError(`the staking contract's answer to ${what} cannot be decoded`, { exit: 1 })
}
