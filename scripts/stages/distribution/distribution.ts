/**
 * Pushes the automatic tranche. What is done is read from the chain and nowhere else, so that a distribution can be
 * stopped at any moment and gone on with from any machine; and the contract pays each leaf once, so that nothing that
 * goes wrong on the way can pay anybody twice. Done is when the chain says that every leaf is claimed.
 */
import type { JsonRpcApiProvider, Signer, TransactionReceipt } from "ethers"
import { setTimeout as sleep } from "node:timers/promises"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { countUnclaimed, planBatches } from "../../core/claim/push-batches.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import { estimateRange } from "./batch-size.ts"
import { readClaimed } from "../claim/read-claimed.ts"
import { encodeRange } from "../../core/claim/range-call.ts"
import { type Leaves } from "../../core/merkle/leaves.ts"
import { sendUntilSettled, type SendOptions } from "../../io/transactions/send.ts"

export interface Distribution {
  readonly airdrop: MerkleAirdrop
  readonly provider: JsonRpcApiProvider
  readonly signer: Signer
  readonly leaves: Leaves
  /** Recipients a transaction; made smaller where the node wants that. */
  readonly size: number
  /** Gas of a transaction that is not to be exceeded. */
  readonly maxGas: bigint
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
  /** Where the chain said that every leaf is claimed. */
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
}

const MAX_FAILURES = 5
const HEAD_PAUSE_MS = 250
const HEAD_PATIENCE = 240

/**
 * Sends batches until every leaf is claimed.
 * @throws AirdropError (exit 1), one line, if it cannot go on; running it again then goes on from there
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
  }
  for (;;) {
    const block = await headAt(distribution.provider, progress.block)
    const claimed = await readClaimed(airdrop, count, block)
    const unclaimed = countUnclaimed(claimed)
    if (unclaimed === 0) {
      onProgress(count, count)
      return reportOf(progress, block)
    }
    onProgress(count - unclaimed, count)
    await pushRound(distribution, progress, claimed)
  }
}

/** One pass over what was unclaimed when it began. It ends early if the batches have to become smaller. */
async function pushRound(distribution: Distribution, progress: Progress, claimed: Uint8Array): Promise<void> {
  const { size } = progress
  for (const batch of planBatches(claimed, size)) {
    // Recipients may have claimed since: only what is left is sent.
    const block = await headAt(distribution.provider, progress.block)
    const flags = await readClaimed(distribution.airdrop, claimed.length, block, batch)
    claimed.set(flags, batch.start)
    for (const part of planBatches(claimed, size, batch)) {
      await pushBatch(distribution, progress, part)
      if (progress.size !== size) return
    }
    distribution.onProgress(claimed.length - countUnclaimed(claimed), claimed.length)
  }
}

async function pushBatch(distribution: Distribution, progress: Progress, batch: LeafRange): Promise<void> {
  const { airdrop, provider, signer, leaves, maxGas } = distribution
  const gas = await estimateRange(airdrop, leaves, await signer.getAddress(), batch)
  if (gas > maxGas && batch.count > 1) {
    shrink(distribution, progress, batch, `it would take ${gas} gas`)
    return
  }
  const request = {
    to: await airdrop.getAddress(),
    data: encodeRange(airdrop, leaves, batch),
    gasLimit: (gas * 115n) / 100n,
  }
  const outcome = await sendUntilSettled(signer, provider, request, distribution.send)
  switch (outcome.kind) {
    case "mined":
      progress.failures = 0
      record(progress, outcome.receipt, claimsIn(airdrop, outcome.receipt))
      return
    case "reverted":
      record(progress, outcome.receipt, 0)
      fail(progress, `transaction ${outcome.receipt.hash} failed`)
      shrink(distribution, progress, batch, "it failed")
      return
    case "displaced":
      fail(progress, "another transaction of the same account took the nonce")
      return
    case "too-large":
      if (batch.count === 1) throw new AirdropError(`the node takes no batch: ${outcome.why}`, { exit: 1 })
      shrink(distribution, progress, batch, outcome.why)
  }
}

/** A head that is not older than what has been seen: behind one address may be nodes that lag. */
async function headAt(provider: JsonRpcApiProvider, atLeast: number): Promise<number> {
  for (let attempt = 0; attempt < HEAD_PATIENCE; attempt++) {
    const block = Number(await provider.send("eth_blockNumber", []))
    if (block >= atLeast) return block
    await sleep(HEAD_PAUSE_MS)
  }
  throw new AirdropError(`the node stays behind block ${atLeast}, which it has shown before`, { exit: 1 })
}

function shrink({ send }: Distribution, progress: Progress, batch: LeafRange, why: string): void {
  progress.size = Math.max(1, Math.floor(Math.min(progress.size, batch.count) / 2))
  send.onRemark(`a batch of ${batch.count} is too much (${why}): going on with ${progress.size}`)
}

function fail(progress: Progress, why: string): void {
  if (++progress.failures < MAX_FAILURES) return
  throw new AirdropError(`${why}, ${progress.failures} times in a row`, {
    exit: 1,
    hint: "See that nobody else sends from this account, then run the same command again.",
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
