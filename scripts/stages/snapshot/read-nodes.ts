/** Reads every node of a Session network at one block, in few requests. */
import { Interface } from "ethers"
import { ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { addressOfWord } from "../../core/primitives/words.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { answerWord } from "../../core/ethereum/answer-words.ts"
import { checkNodeList, type Links } from "../../core/session/node-list.ts"
import { decodeIds, decodeNode, type LinkedNode } from "../../core/session/decode-nodes.ts"
import { requireKnownImplementation } from "../../core/session/implementation.ts"
import type { StakingNetwork } from "../../core/session/staking-node.ts"
import type { StakingSettings } from "../../core/readers/session-staking.ts"
import { readImplementation } from "./read-implementation.ts"
import { askInPieces, askSmallest } from "../../io/rpc/split-requests.ts"
import { multicall, type ContractAnswer, type ContractCall } from "../../io/rpc/multicall.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { mayShrink, RpcError } from "../../io/rpc/rpc-error.ts"

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
 * Nodes in the first request. Reading a node costs 56,000 to 118,000 gas, by its contributors, so that 400 fit the
 * usual allowance of 50 million. Requests that do not fit are halved.
 */
const NODES_PER_REQUEST = 400
/** The most ids that are asked for one by one. Session's network has given some 2,000. */
const MOST_IDS = 10_000_000n

type Network = Pick<StakingNetwork, "token" | "stakingRequirement" | "maxContributors" | "nodes">

/**
 * Reads the network of a program, once its storage layout is known.
 * @throws AirdropError if the contract runs unknown code or stakes another token, and as {@link readNodes}
 */
export async function readStakingNetwork(
  reader: PinnedReader,
  terms: StakingSettings & { readonly chainId: number; readonly token: Address },
  onProgress?: (done: number, total: number) => void,
): Promise<StakingNetwork> {
  const { stakingContract, token, chainId, reviewed } = terms
  const implementation = await readImplementation(reader, stakingContract)
  requireKnownImplementation(chainId, { stakingContract, implementation }, reviewed)
  const network = await readNodes(reader, stakingContract, onProgress)
  if (network.token !== token) {
    throw new AirdropError(
      `the staking contract ${stakingContract} is for the token ${network.token}, not ${token}`,
      { code: "inconsistent" },
    )
  }
  return { stakingContract, implementation, ...network }
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
  const ids = (await readIds(reader, rewards)) ?? allIds(reader, terms.nextId)
  const found = await askInPieces(ids, async (piece) => await readSome(reader, rewards, piece), {
    size: NODES_PER_REQUEST,
    what: "nodes in a request",
    host: reader.host,
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

/** The terms that the contract reports, and how many bits each number has. */
const TERMS = [
  ["designatedToken", 160n],
  ["totalNodes", 32n],
  ["nextServiceNodeID", 64n],
  ["stakingRequirement", 256n],
  ["maxContributors", 32n],
] as const satisfies readonly (readonly [string, bigint])[]

async function readTerms(reader: PinnedReader, rewards: Address): Promise<Terms> {
  const calls = TERMS.map(([name]) => callOf(rewards, name))
  const all = [...calls, nodeCall(rewards, 0n)]
  const ask = async (): Promise<Terms> =>
    await multicall(reader, all, (answers) => {
      const values = TERMS.map(([name, bits], i) => word(reader, name, bits, answers[i]))
      const [token = 0n, totalNodes, nextId = 0n, stakingRequirement = 0n, maxContributors] = values
      return {
        token: addressOfWord(token) ?? undecodable(reader, "designatedToken"),
        totalNodes: Number(totalNodes),
        nextId,
        stakingRequirement,
        maxContributors: Number(maxContributors),
        sentinel: node(reader, 0n, answers[TERMS.length]).links,
      }
    })
  try {
    return await askSmallest(true, ask)
  } catch (cause) {
    // Only a revert is the contract's answer. Every other failure is the provider's.
    const isRevert =
      cause instanceof RpcError && cause.cause instanceof RpcError && cause.cause.kind === "reverted"
    if (!isRevert) throw cause
    throw new AirdropError(`${rewards} does not answer as Session's staking contract does`, {
      code: "inconsistent",
      hint: 'Name the staking contract as "stakingContract" in program.json.',
      cause,
    })
  }
}

/** Returns the ids in the list's order; undefined if they are too many for the provider to answer at once. */
async function readIds(reader: PinnedReader, rewards: Address): Promise<readonly bigint[] | undefined> {
  try {
    return await multicall(
      reader,
      [callOf(rewards, "allServiceNodeIDs")],
      ([answer]) => decodeIds(answer?.data ?? "0x") ?? undecodable(reader, "allServiceNodeIDs"),
    )
  } catch (error) {
    if (mayShrink(error)) return undefined
    throw error
  }
}

/** Returns every id that was ever given. @throws RpcError if they are more than any network has */
function allIds({ host }: PinnedReader, nextId: bigint): readonly bigint[] {
  if (nextId > MOST_IDS)
    throw new RpcError("bad-answer", host, `${nextId} node ids are more than can be read`)
  return Array.from({ length: Math.max(0, Number(nextId) - 1) }, (_, i) => BigInt(i + 1))
}

async function readSome(
  reader: PinnedReader,
  rewards: Address,
  ids: readonly bigint[],
): Promise<readonly LinkedNode[]> {
  return await multicall(
    reader,
    ids.map((id) => nodeCall(rewards, id)),
    (answers) => ids.map((id, i) => node(reader, id, answers[i])),
  )
}

function nodeCall(rewards: Address, id: bigint): ContractCall {
  return callOf(rewards, "serviceNodes", [id])
}

function callOf(to: Address, name: string, values: readonly unknown[] = []): ContractCall {
  return { to, data: REWARDS.encodeFunctionData(name, values), mayFail: false }
}

function word(reader: PinnedReader, name: string, bits: bigint, answer: ContractAnswer | undefined): bigint {
  return answerWord(answer?.data ?? "0x", bits) ?? undecodable(reader, name)
}

function node(reader: PinnedReader, id: bigint, answer: ContractAnswer | undefined): LinkedNode {
  return decodeNode(id, answer?.data ?? "0x") ?? undecodable(reader, `serviceNodes(${id})`)
}

function undecodable({ host }: PinnedReader, what: string): never {
  throw new RpcError("bad-answer", host, `the staking contract's answer to ${what} cannot be decoded`)
}
