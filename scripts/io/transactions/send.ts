/**
 * Sends one transaction until its nonce is settled. The nonce is the account's next on chain. A transaction that is
 * pending there from an earlier run is replaced, so that no gap can arise.
 */
import { JsonRpcSigner, keccak256, type JsonRpcApiProvider, type Signer } from "ethers"
import { setTimeout as sleep } from "node:timers/promises"
import { nodeMessage } from "../rpc/node-message.ts"
import type { Fees } from "./fees.ts"
import { readFeeLevel } from "./read-fees.ts"
import { sendFaultOf } from "./send-error.ts"
import { failureError } from "./send-failure.ts"
import {
  beginSending,
  nextStep,
  type SendAction,
  type SendEvent,
  type SendLimits,
  type SendOutcome,
  type SendRequest,
  type Version,
} from "./send-machine.ts"

export interface SendOptions extends SendLimits {
  readonly onNotice: (text: string) => void
  /** Receives the hash of each version as soon as the node may have taken it. */
  readonly onSent: (hash: string) => void
}

export interface SendJob {
  readonly signer: Signer
  readonly provider: JsonRpcApiProvider
  /**
   * Builds the transaction from the newest state. Called again before each new version.
   * @param margin percent of gas above the estimate
   * @returns undefined if there is nothing left to send; `tooLarge` is the reason why it does not fit one transaction
   */
  readonly prepare: (margin: number) => Promise<SendRequest | { readonly tooLarge: string } | undefined>
}

const FIRST_POLL_MS = 50
const LAST_POLL_MS = 1_000

/** A job with the account and nonce that it sends with. */
interface NonceSlot extends SendJob {
  readonly address: string
  readonly chainId: number
  readonly nonce: number
  readonly onSent: (hash: string) => void
}

/**
 * Sends a transaction and waits until its nonce is settled.
 * @throws AirdropError `insufficient-funds`, `unsettled`, or the error of `prepare` before anything was sent
 */
export async function sendUntilSettled(job: SendJob, options: SendOptions): Promise<SendOutcome> {
  const slot = await findSlot(job, options)
  const begun = performance.now()
  const clock = (): number => performance.now() - begun
  let lastNotice: string | undefined
  let pause = FIRST_POLL_MS
  let step = beginSending(options, clock())
  for (;;) {
    const { state, action, notice } = step
    if (notice !== undefined && notice !== lastNotice) options.onNotice((lastNotice = notice))
    if (action.do === "end") return action.outcome
    if (action.do === "fail") throw failureError(action.failure, slot, clock())
    if (action.do === "look") {
      await sleep(pause)
      pause = Math.min(LAST_POLL_MS, pause * 1.5)
    }
    const event = await carryOut(action, slot, clock).catch((error: unknown): SendEvent => {
      // Nothing was sent yet, so nothing can have been paid.
      if (!state.mayBeMined && state.versions.length === 0) throw error
      return { type: "unanswered", why: nodeMessage(error), nonceUsed: false }
    })
    step = nextStep(state, event, clock())
  }
}

/** Finds the next nonce. Waits for transactions that are already pending, until the time after which they are replaced. */
async function findSlot(job: SendJob, options: SendOptions): Promise<NonceSlot> {
  const { signer, provider } = job
  const address = await signer.getAddress()
  const chainId = Number((await provider.getNetwork()).chainId)
  const countAt = async (tag: string): Promise<number> => await provider.getTransactionCount(address, tag)
  let nonce = await countAt("latest")
  const pending = await countAt("pending").catch(() => nonce)
  if (pending > nonce) {
    options.onNotice(`waiting for ${pending - nonce} transactions of ${address} that are pending already`)
    const until = performance.now() + options.replaceAfter
    while (nonce < pending && performance.now() < until) {
      await sleep(LAST_POLL_MS / 4)
      nonce = Math.max(nonce, await countAt("latest").catch(() => nonce))
    }
    if (nonce < pending) options.onNotice(`replacing the pending transaction with nonce ${nonce}`)
  }
  const told = new Set<string>()
  const onSent = (hash: string): void => {
    if (!told.has(hash)) options.onSent(hash)
    told.add(hash)
  }
  return { ...job, address, chainId, nonce, onSent }
}

async function carryOut(
  action: Exclude<SendAction, { readonly do: "end" | "fail" }>,
  slot: NonceSlot,
  clock: () => number,
): Promise<SendEvent> {
  switch (action.do) {
    case "prepare": {
      const request = await slot.prepare(action.margin)
      return request !== undefined && "tooLarge" in request
        ? { type: "refused", fault: "too-large", why: request.tooLarge, version: undefined }
        : { type: "prepared", request }
    }
    case "price":
      return { type: "priced", level: await readFeeLevel(slot.provider) }
    case "send":
      return await send(slot, action.request, action.fees)
    case "repeat":
      return await broadcast(slot, action.version)
    case "look":
      return await look(slot, action.versions, clock() >= action.recheckAt)
  }
}

async function send(slot: NonceSlot, request: SendRequest, fees: Fees): Promise<SendEvent> {
  const { signer, nonce, chainId } = slot
  const transaction = { ...request, ...fees, nonce, chainId, value: 0n }
  if (!(signer instanceof JsonRpcSigner)) {
    const raw = await signer.signTransaction(transaction)
    return await broadcast(slot, { hash: keccak256(raw), raw })
  }
  try {
    const hash = await signer.sendUncheckedTransaction(transaction)
    slot.onSent(hash)
    return { type: "sent", version: { hash, raw: undefined } }
  } catch (error) {
    return refusedBy(error, undefined)
  }
}

async function broadcast(slot: NonceSlot, version: Version): Promise<SendEvent> {
  try {
    await slot.provider.send("eth_sendRawTransaction", [version.raw])
    slot.onSent(version.hash)
    return { type: "sent", version }
  } catch (error) {
    const event = refusedBy(error, version)
    if (MAY_HAVE_TAKEN.includes(event.fault)) slot.onSent(version.hash)
    return event
  }
}

const MAY_HAVE_TAKEN: readonly string[] = ["known", "nonce-used", "unknown"]

function refusedBy(error: unknown, version: Version | undefined): SendEvent & { readonly type: "refused" } {
  const why = nodeMessage(error)
  return { type: "refused", fault: sendFaultOf(why), why, version }
}

/** Reads each receipt and the nonce. A failed request does not discard the answers of the others. */
async function look(slot: NonceSlot, versions: readonly Version[], recheck: boolean): Promise<SendEvent> {
  const { provider, address, nonce } = slot
  const last = versions.at(-1)
  const [count, known, ...receipts] = await Promise.allSettled([
    provider.getTransactionCount(address, "latest"),
    recheck ? (last === undefined ? false : isKnown(provider, last.hash)) : undefined,
    ...versions.map(async ({ hash }) => await provider.getTransactionReceipt(hash)),
  ])
  const nonceUsed = count.status === "fulfilled" && count.value > nonce
  for (const found of receipts) {
    if (found.status !== "fulfilled" || found.value === null) continue
    return { type: "seen", receipt: found.value, nonceUsed, isKnown: undefined }
  }
  const failed = [count, known, ...receipts].find(({ status }) => status === "rejected")
  if (failed?.status === "rejected") return { type: "unanswered", why: nodeMessage(failed.reason), nonceUsed }
  return {
    type: "seen",
    receipt: undefined,
    nonceUsed,
    isKnown: known.status === "fulfilled" ? known.value : undefined,
  }
}

async function isKnown(provider: JsonRpcApiProvider, hash: string): Promise<boolean> {
  return (await provider.getTransaction(hash)) !== null
}
