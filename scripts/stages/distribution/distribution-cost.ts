/** Computes the total cost of a distribution. */
import { brotliCompressSync, constants } from "node:zlib"
import type { JsonRpcApiProvider } from "ethers"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { encodeRange } from "../../core/claim/range-call.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import { readFeeLevel } from "../../io/transactions/read-fees.ts"
import type { BatchCost } from "./batch-size.ts"

export interface TotalCost {
  readonly transactions: number
  readonly gas: bigint
  /** Wei a unit of gas, as it is now. */
  readonly gasPrice: bigint
  readonly wei: bigint
  /** Bytes of all transactions as Arbitrum bills them, after compression. */
  readonly l1Bytes: number
  /** Wei of `wei` that pay for data on L1; undefined if the node does not report it. */
  readonly l1Wei: bigint | undefined
}

/** The number of batches that are compressed. The others are assumed to compress as well as these. */
const SAMPLES = 8
/** Bytes of a signed transaction besides its calldata: numbers, an address and a signature, hardly compressible. */
const ENVELOPE_BYTES = 110

/** Computes what everything together costs at the present price. */
export async function totalCost(
  airdrop: MerkleAirdrop,
  provider: JsonRpcApiProvider,
  leaves: Leaves,
  batches: readonly LeafRange[],
  unclaimed: number,
  cost: BatchCost,
): Promise<TotalCost> {
  const level = await readFeeLevel(provider)
  const gasPrice = (level.baseFee ?? level.gasPrice) + level.priorityFee
  const gas = cost.fixedGas * BigInt(batches.length) + cost.gasEach * BigInt(unclaimed)
  const bytesOf = (range: LeafRange): number => billedBytes(encodeRange(airdrop, leaves, range))
  const l1Bytes = sumOfSample(batches, bytesOf)
  const l1Wei =
    cost.l1 && (cost.l1.gas * gasPrice * BigInt(l1Bytes)) / BigInt(Math.max(1, bytesOf(cost.l1.range)))
  return { transactions: batches.length, gas, gasPrice, wei: gas * gasPrice, l1Bytes, l1Wei }
}

/** Computes the bytes that Arbitrum bills for a transaction: it compresses with brotli at quality 1. */
export function billedBytes(calldata: string): number {
  const data = Buffer.from(calldata.slice(2), "hex")
  const params = { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_SIZE_HINT]: data.length }
  return brotliCompressSync(data, { params }).length + ENVELOPE_BYTES
}

/** Adds up a figure over all batches, from a few of them in proportion to their leaves. */
function sumOfSample(batches: readonly LeafRange[], figure: (range: LeafRange) => number): number {
  const step = Math.max(1, batches.length / SAMPLES)
  const sample = Array.from(
    { length: Math.min(SAMPLES, batches.length) },
    (_, i) => batches[Math.floor(i * step)],
  )
  let sum = 0
  let count = 0
  for (const range of sample) {
    if (range === undefined) continue
    sum += figure(range)
    count += range.count
  }
  const all = batches.reduce((total, range) => total + range.count, 0)
  return count === 0 ? 0 : Math.round((sum * all) / count)
}
