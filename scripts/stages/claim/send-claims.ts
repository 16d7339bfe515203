/**
 * Sends a claim and determines its outcome. The contract pays each amount once. So if the node has lost the
 * transaction, the contract's own flags say whether the claim was paid.
 */
import type { JsonRpcApiProvider, Signer, TransactionReceipt } from "ethers"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { encodeClaims } from "../../core/claim/claim-calls.ts"
import { payableNow, type ClaimStates } from "../../core/claim/claim-state.ts"
import type { ClaimSubmission } from "../../core/claim/claim-submission.ts"
import type { Due } from "../../core/claim/claims.ts"
import { revertWords } from "../../core/claim/revert-words.ts"
import { toChecksum } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { explained } from "../../io/transactions/revert.ts"
import { sendUntilSettled, type SendJob, type SendOptions } from "../../io/transactions/send.ts"
import type { SendOutcome, SendRequest } from "../../io/transactions/send-machine.ts"
import { readClaimStates } from "./claim-states.ts"
import { findPayment, wasRedirected } from "./find-payment.ts"

export interface ClaimJob {
  readonly airdrop: MerkleAirdrop
  readonly provider: JsonRpcApiProvider
  readonly signer: Signer
  readonly due: Due
  readonly how: ClaimSubmission
  /** The state that was read last, and the block before which it cannot have changed. */
  readonly states: ClaimStates
  readonly block: number
  readonly send: SendOptions
}

export interface SentClaim {
  /** Base units. */
  readonly paid: bigint
  /** Undefined if it is paid and the node does not show in which transaction. */
  readonly transaction: string | undefined
}

/** The number of times that a claim is resent after another transaction took its nonce. */
const MAX_DISPLACED = 3

/**
 * Claims every open tranche in one transaction and waits until the contract says that it is paid.
 * @throws AirdropError `reverted` that says why the contract refuses, `unsettled` if the outcome is not known
 */
export async function sendClaims(job: ClaimJob): Promise<SentClaim> {
  let paid = amountOf(job.states, job.how)
  const prepare = async (margin: number): Promise<SendRequest | undefined> => {
    const prepared = await prepareClaim(job, margin)
    paid = prepared?.amount ?? paid
    return prepared
  }
  for (let displaced = 0; ; displaced++) {
    const outcome = await settle(job, prepare)
    if (outcome.kind === "mined") return { paid, transaction: outcome.receipt.hash }
    if (outcome.kind === "reverted") await throwReverted(job, outcome.receipt)
    if (outcome.kind === "too-large") {
      throw new AirdropError(`the node rejects the claim: ${outcome.why}`, { code: "rpc-less" })
    }
    if ((await openAmount(job)) === 0n) return await findPaid(job, paid)
    if (displaced >= MAX_DISPLACED) {
      throw new AirdropError("other transactions of this account use the claim's nonce", {
        code: "unsettled",
        hint: "Stop every other sender of this account, then run the same command again.",
      })
    }
    job.send.onNotice("another transaction used the nonce and the claim is unpaid: sending it again")
  }
}

/**
 * Sends until the outcome is known. If the node does not know the transaction's outcome, reads from the contract
 * whether another transaction has paid.
 */
async function settle(job: ClaimJob, prepare: SendJob["prepare"]): Promise<SendOutcome> {
  const { signer, provider } = job
  try {
    return await sendUntilSettled({ signer, provider, prepare }, job.send)
  } catch (error) {
    if (!(error instanceof AirdropError) || error.code !== "unsettled") throw error
    const open = await openAmount(job).catch(() => undefined)
    if (open === 0n) return { kind: "displaced" }
    throw error
  }
}

interface PreparedClaim extends SendRequest {
  /** Base units. */
  readonly amount: bigint
}

async function prepareClaim(job: ClaimJob, margin: number): Promise<PreparedClaim | undefined> {
  const { airdrop, provider, signer, due, how } = job
  const states = await readClaimStates(airdrop, due)
  const amount = amountOf(states, how)
  if (amount === 0n) return undefined
  const to = await airdrop.getAddress()
  const data = encodeClaims(airdrop.interface, due, states, how)
  const words = (error: string): string => revertWords(error, airdrop.interface)
  const call = { from: await signer.getAddress(), to, data }
  const gas = await explained("the claim is refused", words, async () => await provider.estimateGas(call))
  return { to, data, gasLimit: (gas * BigInt(100 + margin)) / 100n, amount }
}

/** Returns the base units that the claim would pay now. */
async function openAmount({ airdrop, due, how }: ClaimJob): Promise<bigint> {
  return amountOf(await readClaimStates(airdrop, due), how)
}

function amountOf(states: ClaimStates, how: ClaimSubmission): bigint {
  const { automatic, reserve } = payableNow(states, how)
  return automatic + reserve
}

async function throwReverted(job: ClaimJob, { hash }: TransactionReceipt): Promise<never> {
  const paid = (await openAmount(job)) === 0n
  // The revert's reason is read from the present state. It is missing if the claim has been paid meanwhile.
  if (!paid) await prepareClaim(job, 0)
  const why = paid ? "another transaction paid the claim first" : "it reverted; it would succeed now"
  throw new AirdropError(`transaction ${hash} failed: ${why}`, {
    code: "reverted",
    hint: paid ? "Nothing is left to do." : "Run the same command again.",
  })
}

/**
 * Finds the transaction that paid instead of the one that was sent: the same one sped up in a wallet, or another
 * sender's.
 * @throws AirdropError if it paid another recipient than was asked for
 */
async function findPaid(job: ClaimJob, paid: bigint): Promise<SentClaim> {
  const { airdrop, due, how, block } = job
  const payment = await findPayment(airdrop, due.account, block).catch(() => undefined)
  if (payment === undefined) return { paid, transaction: undefined }
  const to = how.by === "anyone" ? due.account : how.to
  if (to !== due.account && !wasRedirected(airdrop, payment, due.account, to)) {
    throw new AirdropError(
      `transaction ${payment.hash} of another sender has paid ${toChecksum(due.account)} itself, not ${toChecksum(to)}`,
      { code: "mismatch" },
    )
  }
  return { paid, transaction: payment.hash }
}
