/** How many recipients go into one transaction, and what all of them will cost: measured, not assumed. */
import { Interface, type JsonRpcApiProvider } from "ethers"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { invariant } from "../../core/primitives/error.ts"
import { explained } from "../../io/transactions/revert.ts"
import { revertWords } from "../../core/claim/revert-words.ts"
import { encodeRange } from "../../core/claim/range-call.ts"
import { type Leaves } from "../../core/merkle/leaves.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import { readFeeLevel } from "../../io/transactions/send.ts"

export interface Limits {
  /** Gas of one transaction. */
  readonly gas: bigint
  /** Bytes of calldata. */
  readonly calldata: number
}

export interface BatchCost {
  /** Recipients a transaction. */
  readonly size: number
  /** Gas of a transaction before its first recipient, and of each recipient. */
  readonly fixedGas: bigint
  readonly gasEach: bigint
}

export interface TotalCost {
  readonly transactions: number
  readonly gas: bigint
  /** Wei a unit of gas, as it is now. */
  readonly gasPrice: bigint
  readonly wei: bigint
  /** Wei of it that pay for data on L1; undefined where the node does not tell. */
  readonly l1Wei: bigint | undefined
}

/** Arbitrum's sequencer takes transactions of up to 95,000 bytes; the rest is for signature and proof. */
const MAX_CALLDATA = 90_000
/** Ethereum's cap for a transaction (EIP-7825), which is near; and far less than Arbitrum's 32 million. */
const MAX_GAS = 16_000_000n
/** Above this, a larger batch saves less than a hundredth. */
const MAX_SIZE = 512
/** Selector, start, two offsets, two lengths, and a proof of two nodes a level. */
const CALLDATA_FIXED = 4 + 32 * 5 + 32 * 64

const NODE_INTERFACE_ADDRESS = "0x00000000000000000000000000000000000000C8"
const NODE_INTERFACE = new Interface([
  "function gasEstimateComponents(address to, bool contractCreation, bytes data) payable returns (uint64 gasEstimate, uint64 gasEstimateForL1, uint256 baseFee, uint256 l1BaseFeeEstimate)",
])

/** What one transaction may hold: half a block, and what networks let pass. */
export async function readLimits(provider: JsonRpcApiProvider): Promise<Limits> {
  const block = await provider.getBlock("latest")
  const half = (block?.gasLimit ?? 2n * MAX_GAS) / 2n
  return { gas: half < MAX_GAS ? half : MAX_GAS, calldata: MAX_CALLDATA }
}

/**
 * Measures a small and a larger piece of the first batch, and takes the largest size within the limits.
 * @param from where the call comes from
 * @param first a run of unclaimed leaves of one level
 */
export async function measureBatch(
  airdrop: MerkleAirdrop,
  leaves: Leaves,
  from: string,
  first: LeafRange,
  limits: Limits,
): Promise<BatchCost> {
  const large = Math.min(first.count, 128)
  const small = Math.max(1, large >> 2)
  const gasOf = async (count: number): Promise<bigint> =>
    await estimateRange(airdrop, leaves, from, { start: first.start, count })
  const [gasLarge, gasSmall] = await Promise.all([gasOf(large), gasOf(small)])
  const gasEach = large > small ? (gasLarge - gasSmall) / BigInt(large - small) : 30_000n
  const measured = gasLarge - gasEach * BigInt(large)
  const fixedGas = measured > 21_000n ? measured : 21_000n
  const byGas = gasEach > 0n && limits.gas > fixedGas ? Number((limits.gas - fixedGas) / gasEach) : 1
  const byCalldata = Math.floor((limits.calldata - CALLDATA_FIXED) / 32)
  return { size: roundDown(Math.max(1, Math.min(byGas, byCalldata, MAX_SIZE))), fixedGas, gasEach }
}

/**
 * The gas of pushing a run.
 * @throws AirdropError (exit 1) that says why the contract refuses it
 */
export async function estimateRange(
  airdrop: MerkleAirdrop,
  leaves: Leaves,
  from: string,
  range: LeafRange,
): Promise<bigint> {
  const what = `pushing leaves ${range.start} to ${range.start + range.count - 1} is refused`
  const transaction = { from, to: await airdrop.getAddress(), data: encodeRange(airdrop, leaves, range) }
  const provider = airdrop.runner?.provider
  invariant(provider, "an airdrop that is pushed has a provider")
  const words = (error: string): string => revertWords(error, airdrop.interface)
  return await explained(what, words, async () => await provider.estimateGas(transaction))
}

/** What everything together will cost at the present price. */
export async function totalCost(
  airdrop: MerkleAirdrop,
  provider: JsonRpcApiProvider,
  leaves: Leaves,
  batches: readonly LeafRange[],
  unclaimed: number,
  cost: BatchCost,
): Promise<TotalCost> {
  const level = await readFeeLevel(provider)
  const gasPrice = level.baseFee + level.priorityFee
  const gas = cost.fixedGas * BigInt(batches.length) + cost.gasEach * BigInt(unclaimed)
  const l1Share = await l1ShareOf(airdrop, provider, leaves, batches[0])
  const wei = gas * gasPrice
  const l1Wei = l1Share && (wei * l1Share.l1) / l1Share.all
  return { transactions: batches.length, gas, gasPrice, wei, l1Wei }
}

/**
 * How much of a batch's gas pays for its data on L1. Arbitrum's estimates contain that already; its NodeInterface,
 * which exists in calls only, tells it apart. Other chains have nothing at that address.
 */
async function l1ShareOf(
  airdrop: MerkleAirdrop,
  provider: JsonRpcApiProvider,
  leaves: Leaves,
  batch: LeafRange | undefined,
): Promise<{ readonly l1: bigint; readonly all: bigint } | undefined> {
  if (batch === undefined) return undefined
  const call = [await airdrop.getAddress(), false, encodeRange(airdrop, leaves, batch)]
  const data = NODE_INTERFACE.encodeFunctionData("gasEstimateComponents", call)
  try {
    const answer = await provider.call({ to: NODE_INTERFACE_ADDRESS, data })
    const components = NODE_INTERFACE.decodeFunctionResult("gasEstimateComponents", answer)
    const all = BigInt(String(components["gasEstimate"]))
    return all === 0n ? undefined : { l1: BigInt(String(components["gasEstimateForL1"])), all }
  } catch {
    return undefined
  }
}

/** To a size whose multiples meet the ends of bitmap words: 256, 512, or a power of two below. */
function roundDown(size: number): number {
  return size >= 256 ? size - (size % 256) : 2 ** Math.floor(Math.log2(size))
}
