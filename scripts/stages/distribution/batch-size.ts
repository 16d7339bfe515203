/** Measures how many recipients fit into one transaction. */
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import { mayShrink } from "../../io/rpc/rpc-error.ts"
import { nodeMessage } from "../../io/rpc/node-message.ts"
import { sendFaultOf } from "../../io/transactions/send-error.ts"
import { estimateRange, fits, type BatchGas, type Limits } from "./batch-gas.ts"

export interface BatchCost {
  /** Recipients a transaction. */
  readonly size: number
  /** Gas of a transaction before its first recipient, and of each recipient. */
  readonly fixedGas: bigint
  readonly gasEach: bigint
  /** Gas for the L1 data of the piece that was measured; undefined if the node does not report it. */
  readonly l1: { readonly range: LeafRange; readonly gas: bigint } | undefined
}

export interface Measured {
  readonly airdrop: MerkleAirdrop
  readonly leaves: Leaves
  /** The account that sends. */
  readonly from: string
  readonly limits: Limits
}

/** The largest batch that is planned. Above it, a larger one saves less than a hundredth. */
export const MAX_SIZE = 1_024
/** Selector, start, two offsets, two lengths, and a proof of two nodes a level. */
const CALLDATA_FIXED = 4 + 32 * 5 + 32 * 64
/** The larger of the two pieces that are measured. */
const PIECE = 128

/**
 * Measures two pieces of the first run, and finds the largest batch within the limits; that one is estimated too, so
 * that what is planned is what can be sent.
 * @param first a run of unclaimed leaves of one level
 * @param wanted recipients a transaction, if the user names them; reduced if they do not fit
 */
export async function measureBatch(
  measured: Measured,
  first: LeafRange,
  wanted: number | undefined,
): Promise<BatchCost> {
  const { airdrop, leaves, from, limits } = measured
  const large = Math.min(first.count, PIECE)
  const small = Math.max(1, large >> 2)
  const gasOf = async (count: number): Promise<BatchGas> =>
    await estimateRange(airdrop, leaves, from, { start: first.start, count })
  const [{ all: gasLarge, l1 }, { all: gasSmall }] = await Promise.all([gasOf(large), gasOf(small)])
  const gasEach = large > small ? (gasLarge - gasSmall) / BigInt(large - small) : 30_000n
  const rest = gasLarge - gasEach * BigInt(large)
  const fixedGas = rest > 21_000n ? rest : 21_000n
  const byCalldata = Math.floor((limits.calldata - CALLDATA_FIXED) / 32)
  let size = wanted === undefined ? Math.min(MAX_SIZE, byCalldata) : Math.min(wanted, byCalldata)
  const predicted = (count: number): BatchGas => ({
    all: fixedGas + gasEach * BigInt(count),
    l1: l1 && (l1 * BigInt(count)) / BigInt(large),
  })
  while (size > 1 && !fits(predicted(size), limits)) size = nextSmaller(size)
  if (wanted === undefined) size = rounded(size)
  while (size > large && !(await fitsWhole(measured, first, size))) size = nextSmaller(size)
  return {
    size,
    fixedGas,
    gasEach,
    l1: l1 === undefined ? undefined : { range: { start: first.start, count: large }, gas: l1 },
  }
}

/** Estimates as much of the first run as one batch would hold. A node that refuses the estimate refuses the batch. */
async function fitsWhole(
  { airdrop, leaves, from, limits }: Measured,
  first: LeafRange,
  size: number,
): Promise<boolean> {
  const range = { start: first.start, count: Math.min(size, first.count) }
  try {
    return fits(await estimateRange(airdrop, leaves, from, range), limits)
  } catch (error) {
    if (mayShrink(error) || sendFaultOf(nodeMessage(error)) === "too-large") return false
    throw error
  }
}

/**
 * Rounds a size down so that its multiples meet the ends of bitmap words: to a multiple of 256, or to a power of two
 * below.
 */
function rounded(size: number): number {
  return size >= 256 ? size - (size % 256) : 2 ** Math.floor(Math.log2(size))
}

function nextSmaller(size: number): number {
  return size > 256 ? rounded(size - 1) : Math.max(1, Math.floor(size / 2))
}
