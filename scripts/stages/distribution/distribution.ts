/**
 * Pushes the automatic tranche. What is done is read from the chain alone, so that a distribution can be stopped at any
 * moment and continued from any machine. The contract pays each leaf once, so nothing that goes wrong on the way can
 * pay a recipient twice. It is done when the chain says that every leaf is claimed.
 */
import type { JsonRpcApiProvider, Signer, TransactionReceipt } from "ethers"
import { setTimeout as sleep } from "node:timers/promises"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { countUnclaimed, planBatches } from "../../core/claim/push-batches.ts"
import { encodeRange } from "../../core/claim/range-call.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { sendUntilSettled, type SendOptions } from "../../io/transactions/send.ts"
import type { SendOutcome, SendRequest } from "../../io/transactions/send-machine.ts"
import { readClaimed } from "../claim/read-claimed.ts"
import { estimateRange, fits, gasLimitOf, type Limits } from "./batch-gas.ts"
import { inOwnOrder } from "./batch-order.ts"

export interface Distribution {
  readonly airdrop: MerkleAirdrop
  readonly provider: JsonRpcApiProvider
  readonly signer: Signer
  readonly leaves: Leaves
  /** Recipients a transaction; reduced where the node takes fewer. */
  readonly size: number
  readonly limits: Limits
  readonly send: SendOptions
  readonly onProgress: (claimed: number, total: number) => void
}

export interface DistributionReport {
  readonly transactions: readonly string[]
  /** Leaves that this run's own transactions have paid. */
  readonly paid: number
  readonly gasUsed: bigint
  /** Wei. */
  readonly fees: bigint
  /** The block at which the chain reported every leaf as claimed. */
  readonly block: number
}

interface Progress {
  size: number
  /** No read may come from before it. */
  block: number
  readonly transactions: string[]
  paid: number
  gasUsed: bigint
  fees: bigint
  failures: number
  /** One flag a leaf, not zero where it is claimed: as it was read last. */
  claimed: Uint8Array
}

const MAX_FAILURES = 5
const HEAD_PAUSE_MS = 250
const HEAD_PATIENCE = 240

/**
 * Sends batches until every leaf is claimed.
 * @throws AirdropError `unsettled` and others; running it again continues from there
 */
export async function distribute(distribution: Distribution): Promise<DistributionReport> {
  const { airdrop, leaves, onProgress } = distribution
  const { count } = leaves.list
  const progress: Progress = {
    size: distribution.size,
    block: 0,
    transactions: [],
    paid: 0,
    gasUsed: 0n,
    fees: 0n,
    failures: 0,
    claimed: new Uint8Array(count),
  }
  for (;;) {
    const block = await headAt(distribution.provider, progress.block)
    progress.claimed = await readClaimed(airdrop, count, block)
    const unclaimed = countUnclaimed(progress.claimed)
    onProgress(count - unclaimed, count)
    if (unclaimed === 0) return reportOf(progress, block)
    await pushRound(distribution, progress)
  }
}

/** Sends every batch of what is unclaimed. It ends early if the batches have to become smaller. */
async function pushRound(distribution: Distribution, progress: Progress): Promise<void> {
  const { size, claimed } = progress
  const sender = await distribution.signer.getAddress()
  for (const batch of inOwnOrder(planBatches(claimed, size), sender)) {
    while ((await pushBatch(distribution, progress, batch)) === "more");
    if (progress.size !== size) return
    distribution.onProgress(claimed.length - countUnclaimed(claimed), claimed.length)
  }
}

/** Sends one transaction of a batch. @returns `done` if nothing of the batch is left, or batches become smaller */
async function pushBatch(
  distribution: Distribution,
  progress: Progress,
  batch: LeafRange,
): Promise<"more" | "done"> {
  const { airdrop, provider, signer, send } = distribution
  const prepared = { isLast: false }
  const prepare = async (margin: number): Promise<SendRequest | { tooLarge: string } | undefined> => {
    const parts = await unclaimedParts(distribution, progress, batch)
    prepared.isLast = parts.length === 1
    return await prepareBatch(distribution, parts[0], margin)
  }
  const outcome = await sendUntilSettled({ signer, provider, prepare }, send)
  switch (outcome.kind) {
    case "nothing":
      progress.failures = 0
      return "done"
    case "mined":
      progress.failures = 0
      record(progress, outcome.receipt, claimsIn(airdrop, outcome.receipt))
      return prepared.isLast ? "done" : "more"
    case "displaced":
      fail(progress, "another transaction of this account used the nonce")
      return "more"
    case "reverted":
    case "too-large":
      handleRefusal(distribution, progress, batch, outcome)
      return "done"
  }
}

/**
 * Reads the flags at the head, and cuts what is unclaimed of a batch: what a recipient, or another operator, has claimed
 * since the plan was made is not sent again.
 */
async function unclaimedParts(
  { airdrop, provider }: Distribution,
  { claimed, size, block: atLeast }: Progress,
  batch: LeafRange,
): Promise<readonly LeafRange[]> {
  const block = await headAt(provider, atLeast)
  claimed.set(await readClaimed(airdrop, claimed.length, block, batch), batch.start)
  return planBatches(claimed, size, batch)
}

async function prepareBatch(
  { airdrop, signer, leaves, limits }: Distribution,
  part: LeafRange | undefined,
  margin: number,
): Promise<SendRequest | { readonly tooLarge: string } | undefined> {
  if (part === undefined) return undefined
  const gas = await estimateRange(airdrop, leaves, await signer.getAddress(), part)
  if (!fits(gas, limits) && part.count > 1) return { tooLarge: `it takes ${gas.all} gas` }
  const [to, data] = [await airdrop.getAddress(), encodeRange(airdrop, leaves, part)]
  return { to, data, gasLimit: gasLimitOf(gas, margin, limits) }
}

function handleRefusal(
  distribution: Distribution,
  progress: Progress,
  batch: LeafRange,
  outcome: SendOutcome & { readonly kind: "reverted" | "too-large" },
): void {
  if (outcome.kind === "reverted") {
    record(progress, outcome.receipt, 0)
    fail(progress, `transaction ${outcome.receipt.hash} failed`)
    shrink(distribution, progress, batch, "it failed")
    return
  }
  if (batch.count === 1) {
    throw new AirdropError(`the node rejects the batch: ${outcome.why}`, { code: "rpc-less" })
  }
  shrink(distribution, progress, batch, outcome.why)
}

/** Reads a head that is not older than what was seen: behind one address may be nodes that lag. */
async function headAt(provider: JsonRpcApiProvider, atLeast: number): Promise<number> {
  for (let attempt = 0; attempt < HEAD_PATIENCE; attempt++) {
    const block = Number(await provider.send("eth_blockNumber", []))
    if (block >= atLeast) return block
    await sleep(HEAD_PAUSE_MS)
  }
  throw new AirdropError(`the node stays behind block ${atLeast}, which it has shown before`, {
    code: "rpc-answer",
  })
}

function shrink({ send }: Distribution, progress: Progress, batch: LeafRange, why: string): void {
  progress.size = Math.max(1, Math.floor(Math.min(progress.size, batch.count) / 2))
  send.onNotice(`a batch of ${batch.count} is too large (${why}): continuing with ${progress.size}`)
}

function fail(progress: Progress, why: string): void {
  if (++progress.failures < MAX_FAILURES) return
  throw new AirdropError(`${why}, ${progress.failures} times in a row`, {
    code: "unsettled",
    hint: "Stop every other sender of this account, then run the same command again.",
  })
}

function record(progress: Progress, receipt: TransactionReceipt, paid: number): void {
  progress.transactions.push(receipt.hash)
  progress.block = Math.max(progress.block, receipt.blockNumber)
  progress.paid += paid
  progress.gasUsed += receipt.gasUsed
  progress.fees += receipt.fee
}

function claimsIn(airdrop: MerkleAirdrop, receipt: TransactionReceipt): number {
  const { topicHash } = airdrop.interface.getEvent("Claimed")
  return receipt.logs.filter(({ topics }) => topics[0] === topicHash).length
}

function reportOf(progress: Progress, block: number): DistributionReport {
  const { transactions, paid, gasUsed, fees } = progress
  return { transactions, paid, gasUsed, fees, block }
}
