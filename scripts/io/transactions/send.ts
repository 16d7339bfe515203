/**
 * Sends one transaction until its nonce is settled, whatever becomes of it on the way. The nonce is the account's next
 * on chain: a transaction that waits there from an earlier run is replaced, so that no gap can arise.
 */
import { JsonRpcSigner, keccak256, type JsonRpcApiProvider, type Signer } from "ethers"
import { setTimeout as sleep } from "node:timers/promises"
import { AirdropError } from "../../core/primitives/error.ts"
import { nodeMessage } from "../rpc/node-message.ts"
import type { Fees } from "./fees.ts"
import { readFeeLevel } from "./read-fees.ts"
import { sendFaultOf } from "./send-error.ts"
import {
  beginSending,
  nextStep,
  type SendAction,
  type SendEvent,
  type SendFailure,
  type SendLimits,
  type SendOutcome,
  type SendRequest,
  type Version,
} from "./send-machine.ts"

export interface SendOptions extends SendLimits {
  readonly onRemark: (text: string) => void
  /** Called with the hash of each version as soon as the node may have taken it. */
  readonly onSent: (hash: string) => void
}

export interface SendJob {
  readonly signer: Signer
  readonly provider: JsonRpcApiProvider
  /**
   * Builds what is sent, from the newest state; called again before it is offered anew.
   * @param margin percent of gas above the estimate
   * @returns undefined if there is nothing left to send; `tooLarge` says why it does not fit one transaction
   */
  readonly prepare: (margin: number) => Promise<SendRequest | { readonly tooLarge: string } | undefined>
}

const FIRST_POLL_MS = 50
const LAST_POLL_MS = 1_000

/** The account and the nonce of one job. */
interface Place extends SendJob {
  readonly address: string
  readonly chainId: number
  readonly nonce: number
  readonly onSent: (hash: string) => void
}

/**
 * Sends and waits.
 * @throws AirdropError `insufficient-funds`, `unsettled`, or what `prepare` throws before anything was sent
 */
export async function sendUntilSettled(job: SendJob, options: SendOptions): Promise<SendOutcome> {
  const place = await findPlace(job, options)
  const begun = performance.now()
  const clock = (): number => performance.now() - begun
  let lastRemark: string | undefined
  let pause = FIRST_POLL_MS
  let step = beginSending(options, clock())
  for (;;) {
    const { state, action, remark } = step
    if (remark !== undefined && remark !== lastRemark) options.onRemark((lastRemark = remark))
    if (action.do === "end") return action.outcome
    if (action.do === "fail") throw failureError(action.failure, place, clock())
    if (action.do === "look") {
      await sleep(pause)
      pause = Math.min(LAST_POLL_MS, pause * 1.5)
    }
    const event = await carryOut(action, place, clock).catch((error: unknown): SendEvent => {
      // Before anything was sent, nothing can have been paid, and the error is as good as any.
      if (!state.mayBeMined && state.versions.length === 0) throw error
      return { type: "unanswered", why: nodeMessage(error), nonceUsed: false }
    })
    step = nextStep(state, event, clock())
  }
}

/** Finds the next nonce. What waits already is given the time after which it would be replaced. */
async function findPlace(job: SendJob, options: SendOptions): Promise<Place> {
  const { signer, provider } = job
  const address = await signer.getAddress()
  const chainId = Number((await provider.getNetwork()).chainId)
  const countAt = async (tag: string): Promise<number> => await provider.getTransactionCount(address, tag)
  let nonce = await countAt("latest")
  const pending = await countAt("pending").catch(() => nonce)
  if (pending > nonce) {
    options.onRemark(`${pending - nonce} transactions of ${address} wait already: they are waited for`)
    const until = performance.now() + options.replaceAfter
    while (nonce < pending && performance.now() < until) {
      await sleep(LAST_POLL_MS / 4)
      nonce = Math.max(nonce, await countAt("latest").catch(() => nonce))
    }
    if (nonce < pending) options.onRemark(`the transaction that waits with nonce ${nonce} is replaced`)
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
  place: Place,
  clock: () => number,
): Promise<SendEvent> {
  switch (action.do) {
    case "prepare": {
      const request = await place.prepare(action.margin)
      return request !== undefined && "tooLarge" in request
        ? { type: "refused", fault: "too-large", why: request.tooLarge, version: undefined }
        : { type: "prepared", request }
    }
    case "price":
      return { type: "priced", level: await readFeeLevel(place.provider) }
    case "send":
      return await send(place, action.request, action.fees)
    case "repeat":
      return await broadcast(place, action.version)
    case "look":
      return await look(place, action.versions, clock() >= action.recheckAt)
  }
}

async function send(place: Place, request: SendRequest, fees: Fees): Promise<SendEvent> {
  const { signer, nonce, chainId } = place
  const transaction = { ...request, ...fees, nonce, chainId, value: 0n }
  if (!(signer instanceof JsonRpcSigner)) {
    const raw = await signer.signTransaction(transaction)
    return await broadcast(place, { hash: keccak256(raw), raw })
  }
  try {
    const hash = await signer.sendUncheckedTransaction(transaction)
    place.onSent(hash)
    return { type: "sent", version: { hash, raw: undefined } }
  } catch (error) {
    return refusedBy(error, undefined)
  }
}

async function broadcast(place: Place, version: Version): Promise<SendEvent> {
  try {
    await place.provider.send("eth_sendRawTransaction", [version.raw])
    place.onSent(version.hash)
    return { type: "sent", version }
  } catch (error) {
    const event = refusedBy(error, version)
    if (MAY_HAVE_TAKEN.includes(event.fault)) place.onSent(version.hash)
    return event
  }
}

const MAY_HAVE_TAKEN: readonly string[] = ["known", "nonce-used", "unknown"]

function refusedBy(error: unknown, version: Version | undefined): SendEvent & { readonly type: "refused" } {
  const why = nodeMessage(error)
  return { type: "refused", fault: sendFaultOf(why), why, version }
}

/** Asks for each receipt and for the nonce. A question that is not answered says nothing about the others. */
async function look(place: Place, versions: readonly Version[], recheck: boolean): Promise<SendEvent> {
  const { provider, address, nonce } = place
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

const AGAIN = "Run the same command again: it reads from the chain what is done, and goes on from there."

function failureError(failure: SendFailure, { address, nonce }: Place, waited: number): AirdropError {
  const after = `after ${Math.round(waited / 1000)} s`
  switch (failure.kind) {
    case "no-funds":
      return new AirdropError(`${address} cannot pay for the gas of a transaction: ${failure.why}`, {
        code: "insufficient-funds",
      })
    case "declined":
      return new AirdropError(`the wallet declined, and nothing was sent: ${failure.why}`, {
        code: "unanswered",
      })
    case "cannot-replace":
      return new AirdropError(`nonce ${nonce} of ${address} cannot be replaced: ${failure.why}`, {
        code: "unsettled",
      })
    case "not-taken":
      return new AirdropError(
        `no transaction of nonce ${nonce} of ${address} is taken ${after}: ${failure.why}`,
        { code: "unsettled", hint: AGAIN },
      )
    case "not-mined": {
      const why = failure.why === undefined ? "" : `: ${failure.why}`
      return new AirdropError(`transaction ${failure.hash} is not mined ${after}${why}`, {
        code: "unsettled",
        hint: AGAIN,
      })
    }
  }
}
