/**
 * Reads the progress of the whole program in a bounded number of requests. Up to 1,000 claims are counted. More
 * are sampled evenly. The history is the contract's balance at a few old blocks, so no events are read.
 */
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { isObject, RpcRefused, type Rpc } from "./rpc.ts"
import { view } from "./status.ts"
import { callData, wordsOf } from "./words.ts"

export interface Progress {
  /** Between 0 and 1. */
  readonly claimedShare: number
  /** The number of leaves that are paid among those that were read. */
  readonly claimed: number
  /** The number of leaves that were read: all of them, or an even sample. */
  readonly looked: number
  readonly exact: boolean
  /** The contract's balance over time, oldest first; empty if the RPC keeps no old states. */
  readonly history: readonly BalancePoint[]
  readonly network: NetworkFigures | undefined
}

export interface BalancePoint {
  /** Unix seconds. */
  readonly time: number
  /** Base units. */
  readonly balance: bigint
}

export interface NetworkFigures {
  readonly nodes: bigint
  /** The stake of a full node, in base units. */
  readonly stakingRequirement: bigint
  /** Base units left for rewards. */
  readonly pool: bigint | undefined
}

const COUNTED_AT_MOST = 1000
const SAMPLE = 400
const POINTS = 12

/** Reads the claimed share, the contract's balance over time and the network's figures. @throws RpcUnreachable */
export async function readProgress(rpc: Rpc, config: PageConfig): Promise<Progress> {
  const [claims, history, network] = await Promise.all([
    readClaims(rpc, config),
    readHistory(rpc, config),
    readNetwork(rpc, config),
  ])
  return { ...claims, history, network }
}

async function readClaims(
  rpc: Rpc,
  { contract, leafCount }: PageConfig,
): Promise<Pick<Progress, "claimedShare" | "claimed" | "looked" | "exact">> {
  const exact = leafCount <= COUNTED_AT_MOST
  const looked = exact ? leafCount : SAMPLE
  const indexes = Array.from({ length: looked }, (_, i) => Math.floor((i * leafCount) / looked))
  const answer = await rpc.send(
    "eth_call",
    {
      to: contract,
      data: multicallData(indexes.map((index) => callData("isClaimed(uint256)", BigInt(index)))),
    },
    "latest",
  )
  // The answer is bytes[] with one word each: a head of 2 words, `looked` offsets, then pairs of length and value.
  const words = wordsOf(answer, 2 + 3 * looked)
  const claimed = indexes.filter((_, i) => words?.[2 + looked + 2 * i + 1] === 1n).length
  return { claimedShare: looked === 0 ? 0 : claimed / looked, claimed, looked, exact }
}

/** Encodes multicall(bytes[]) over calls that each have a selector and one word. */
function multicallData(calls: readonly string[]): string {
  const word = (value: number): string => value.toString(16).padStart(64, "0")
  const offsets = calls.map((_, i) => word(32 * calls.length + 96 * i))
  const bodies = calls.map((call) => word(36) + call.slice(2).padEnd(128, "0"))
  return callData("multicall(bytes[])", 32n, BigInt(calls.length)) + offsets.join("") + bodies.join("")
}

async function readHistory(rpc: Rpc, config: PageConfig): Promise<readonly BalancePoint[]> {
  const from = config.deployedBlock
  const newest = await rpc.send("eth_blockNumber")
  if (from === undefined || typeof newest !== "string") return []
  const span = Number(newest) - from
  const count = Math.min(POINTS, span + 1)
  if (count < 2) return []
  const blocks = Array.from(
    { length: count },
    (_, i) => `0x${Math.round(from + (i * span) / (count - 1)).toString(16)}`,
  )
  const data = callData("balanceOf(address)", config.contract)
  const answers = await rpc.sendAll([
    ...blocks.map((block) => view(config.token.address, data, block)),
    ...blocks.map((block) => ({ method: "eth_getBlockByNumber", params: [block, false] })),
  ])
  const points = blocks.map((_, i): BalancePoint | undefined => {
    const balance = wordsOf(answers[i], 1)?.[0]
    const block = answers[count + i]
    const time =
      isObject(block) && typeof block["timestamp"] === "string" ? Number(block["timestamp"]) : undefined
    return balance === undefined || time === undefined ? undefined : { time, balance }
  })
  return points.every((point) => point !== undefined) ? points : []
}

async function readNetwork(rpc: Rpc, { network, token }: PageConfig): Promise<NetworkFigures | undefined> {
  if (network === undefined) return undefined
  const [nodes, requirement, pool] = await rpc.sendAll([
    view(network.stakingContract, callData("totalNodes()")),
    view(network.stakingContract, callData("stakingRequirement()")),
    ...(network.rewardPool === undefined
      ? []
      : [view(token.address, callData("balanceOf(address)", network.rewardPool))]),
  ])
  const [count] = nodes instanceof RpcRefused ? [] : (wordsOf(nodes, 1) ?? [])
  const [stakingRequirement] = wordsOf(requirement, 1) ?? []
  if (count === undefined || stakingRequirement === undefined) return undefined
  return { nodes: count, stakingRequirement, pool: wordsOf(pool, 1)?.[0] }
}
