/** The gas of a batch, of its part for data on L1, and what a transaction may have. */
import { Interface, type JsonRpcApiProvider, type Provider } from "ethers"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { encodeRange } from "../../core/claim/range-call.ts"
import { revertWords } from "../../core/claim/revert-words.ts"
import { findChain, USUAL_TRANSACTION_GAS } from "../../core/ethereum/chains.ts"
import { invariant } from "../../core/primitives/error.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import { isProviderFault } from "../../io/rpc/rpc-error.ts"
import { requireHead } from "../../io/transactions/read-fees.ts"
import { explained } from "../../io/transactions/revert.ts"
import { LEAST_MARGIN } from "../../io/transactions/send-machine.ts"

export interface Limits {
  /** Gas of one transaction, without what pays for data on L1. */
  readonly gas: bigint
  /** Bytes of calldata. */
  readonly calldata: number
}

export interface BatchGas {
  readonly all: bigint
  /** The part of it that pays for data on L1; undefined if the node does not report it. */
  readonly l1: bigint | undefined
}

/** Arbitrum's sequencer takes transactions of up to 95,000 bytes; the rest is for signature and proof. */
const MAX_CALLDATA = 90_000

const NODE_INTERFACE_ADDRESS = "0x00000000000000000000000000000000000000C8"
const NODE_INTERFACE = new Interface([
  "function gasEstimateComponents(address to, bool contractCreation, bytes data) payable returns (uint64 gasEstimate, uint64 gasEstimateForL1, uint256 baseFee, uint256 l1BaseFeeEstimate)",
])

/** Reads what one transaction may have: the chain's cap, and at most a block; half a block on an unknown chain. */
export async function readLimits(provider: JsonRpcApiProvider): Promise<Limits> {
  const [{ chainId }, block] = await Promise.all([provider.getNetwork(), requireHead(provider)])
  const chain = findChain(Number(chainId))
  const cap = chain?.transactionGas ?? USUAL_TRANSACTION_GAS
  const room = chain === undefined ? block.gasLimit / 2n : block.gasLimit
  return { gas: room < cap ? room : cap, calldata: MAX_CALLDATA }
}

/** Returns whether a batch fits a transaction with the least margin. */
export function fits({ all, l1 = 0n }: BatchGas, { gas }: Limits): boolean {
  return ((all - l1) * BigInt(100 + LEAST_MARGIN)) / 100n <= gas
}

/** Returns the gas limit of a batch: its estimate and the margin, in percent, as far as the chain's cap allows. */
export function gasLimitOf({ all, l1 = 0n }: BatchGas, margin: number, { gas }: Limits): bigint {
  const withMargin = (part: bigint): bigint => (part * BigInt(100 + margin)) / 100n
  const execution = withMargin(all - l1)
  return (execution < gas ? execution : gas) + withMargin(l1)
}

/**
 * Estimates the gas of pushing a run of leaves.
 * @param from the account that sends
 * @throws AirdropError `reverted` that says why the contract refuses it
 */
export async function estimateRange(
  airdrop: MerkleAirdrop,
  leaves: Leaves,
  from: string,
  range: LeafRange,
): Promise<BatchGas> {
  const what = `pushing leaves ${range.start} to ${range.start + range.count - 1} is refused`
  const transaction = { from, to: await airdrop.getAddress(), data: encodeRange(airdrop, leaves, range) }
  const provider = airdrop.runner?.provider
  invariant(provider, "an airdrop that is pushed has a provider")
  const words = (error: string): string => revertWords(error, airdrop.interface)
  const [all, l1] = await Promise.all([
    explained(what, words, async () => await provider.estimateGas(transaction)),
    l1GasOf(provider, transaction),
  ])
  return { all, l1: l1 !== undefined && l1 < all ? l1 : undefined }
}

/**
 * Reads how much of a transaction's gas pays for its data on L1. Arbitrum's estimates contain it. Its NodeInterface,
 * which exists in calls only, reports it separately. Other chains have nothing at that address.
 */
async function l1GasOf(
  provider: Provider,
  { to, data }: { readonly to: string; readonly data: string },
): Promise<bigint | undefined> {
  const call = NODE_INTERFACE.encodeFunctionData("gasEstimateComponents", [to, false, data])
  try {
    const answer = await provider.call({ to: NODE_INTERFACE_ADDRESS, data: call })
    const components = NODE_INTERFACE.decodeFunctionResult("gasEstimateComponents", answer)
    return BigInt(String(components["gasEstimateForL1"]))
  } catch (error) {
    if (isProviderFault(error)) throw error
    return undefined
  }
}
