/**
 * The states of one transaction on its way, without effects. An event and the time lead to the next state and the
 * next action. Every version signed for the nonce is watched, because any of them may be mined.
 */
import type { TransactionReceipt } from "ethers"
import { feesFor, highestPrice, limitFees, raiseFees, type FeeLevel, type Fees } from "./fees.ts"
import type { SendFault } from "./send-error.ts"

/** The transaction to send, built from the newest state of the chain. */
export interface SendRequest {
  readonly to: string
  readonly data: string
  readonly gasLimit: bigint
}

/** A transaction that was signed, or that a wallet has sent. */
export interface Version {
  readonly hash: string
  /** The signed transaction to resend; undefined if a wallet has signed and sent it. */
  readonly raw: string | undefined
}

export type SendOutcome =
  | { readonly kind: "mined"; readonly receipt: TransactionReceipt }
  /** It was mined and failed. */
  | { readonly kind: "reverted"; readonly receipt: TransactionReceipt }
  /** The nonce is used and the node shows none of the versions. The caller asks the contract what was done. */
  | { readonly kind: "displaced" }
  /** There was nothing left to send. */
  | { readonly kind: "nothing" }
  /** The node takes no transaction of that size. */
  | { readonly kind: "too-large"; readonly why: string }

/** The reason for an end without an outcome. */
export type SendFailure =
  | { readonly kind: "no-funds" | "declined" | "cannot-replace" | "not-taken"; readonly why: string }
  /** Sent, and not known to be mined. */
  | { readonly kind: "not-mined"; readonly hash: string; readonly why: string | undefined }

export interface SendLimits {
  /** The highest fee offered, in wei a unit of gas. */
  readonly maxFee: bigint | undefined
  /** Milliseconds after which a transaction that is not mined is replaced by one with higher fees. */
  readonly replaceAfter: number
  /** Milliseconds after which the sending is given up. */
  readonly patience: number
}

export interface Sending {
  readonly limits: SendLimits
  /** Milliseconds of a clock, like all times here. */
  readonly begun: number
  readonly versions: readonly Version[]
  /** True if the node may have taken one of the versions, or one whose hash is not known. */
  readonly mayBeMined: boolean
  readonly request: SendRequest | undefined
  readonly fees: Fees | undefined
  readonly legacy: boolean
  /** Percent of gas above the estimate. */
  readonly margin: number
  /** The time at which a version was last sent. */
  readonly offeredAt: number
  /** The time at which to check whether a version must be sent again. */
  readonly recheckAt: number
  readonly raises: number
  readonly refusals: number
  /** The number of times in a row that the nonce was used and there was no receipt. */
  readonly usedSeen: number
  /** The number of times that it was used while requests for receipts failed. */
  readonly usedUnanswered: number
  /** The end if the next look finds no version mined. */
  readonly ending: Ending | undefined
  /** The last words of the node. */
  readonly why: string | undefined
}

type Ending =
  | { readonly do: "end"; readonly outcome: SendOutcome }
  | { readonly do: "fail"; readonly failure: SendFailure }

export type SendAction =
  /** Build the request at the newest state. */
  | { readonly do: "prepare"; readonly margin: number }
  /** Read the present fees of the chain. */
  | { readonly do: "price" }
  | { readonly do: "send"; readonly request: SendRequest; readonly fees: Fees }
  | { readonly do: "repeat"; readonly version: Version }
  /** Look for receipts and the nonce after a pause; from `recheckAt` on also whether the node has the last version. */
  | { readonly do: "look"; readonly versions: readonly Version[]; readonly recheckAt: number }
  | Ending

export type SendEvent =
  | { readonly type: "prepared"; readonly request: SendRequest | undefined }
  | { readonly type: "priced"; readonly level: FeeLevel }
  | { readonly type: "sent"; readonly version: Version }
  /** `version` is the signed one; undefined if a wallet refused before it signed. */
  | {
      readonly type: "refused"
      readonly fault: SendFault
      readonly why: string
      readonly version: Version | undefined
    }
  | {
      readonly type: "seen"
      readonly receipt: TransactionReceipt | undefined
      readonly nonceUsed: boolean
      /** True if the node has the last version; undefined if it was not asked. */
      readonly isKnown: boolean | undefined
    }
  /** The node did not answer a request about a sent transaction. */
  | { readonly type: "unanswered"; readonly why: string; readonly nonceUsed: boolean }

export interface SendStep {
  readonly state: Sending
  readonly action: SendAction
  /** A line for the user. */
  readonly notice?: string | undefined
}

/** Percent of gas above an estimate. */
const FIRST_MARGIN = 15
/** The least percentage of gas above an estimate. Nothing is sent with less. */
export const LEAST_MARGIN = 5
const LAST_MARGIN = 300
const MAX_RAISES = 40
/** A nonce seen used this often, with no receipt, was used by another transaction. */
const DISPLACED_AFTER = 5
/** The same number if the node answers requests for receipts with errors. */
const DISPLACED_UNANSWERED_AFTER = 30
const FIRST_PAUSE_MS = 500

/** Starts to send. */
export function beginSending(limits: SendLimits, now: number): SendStep {
  const state: Sending = {
    limits,
    begun: now,
    versions: [],
    mayBeMined: false,
    request: undefined,
    fees: undefined,
    legacy: false,
    margin: FIRST_MARGIN,
    offeredAt: now,
    recheckAt: now,
    raises: 0,
    refusals: 0,
    usedSeen: 0,
    usedUnanswered: 0,
    ending: undefined,
    why: undefined,
  }
  return { state, action: { do: "prepare", margin: state.margin } }
}

/** Returns the state after an event, and the next action. */
export function nextStep(state: Sending, event: SendEvent, now: number): SendStep {
  switch (event.type) {
    case "prepared":
      if (event.request !== undefined) return to({ ...state, request: event.request }, { do: "price" })
      return state.mayBeMined ? look(state) : to(state, { do: "end", outcome: { kind: "nothing" } })
    case "priced":
      return offer(state, event.level, now)
    case "sent":
      return look({ ...watched(state, event.version, now), mayBeMined: true })
    case "refused":
      return refused(watched(state, event.version, now), event, now)
    case "seen":
      return seen(state, event, now)
    case "unanswered":
      return unanswered(state, event, now)
  }
}

/** Signs at the first fees, or at raised ones if a version was signed before. */
function offer(state: Sending, level: FeeLevel, now: number): SendStep {
  const { fees: before, request, limits, legacy } = state
  if (request === undefined) return to(state, { do: "prepare", margin: state.margin })
  const isLegacy = legacy || level.baseFee === undefined
  const isRaise = before !== undefined && (before.type === 0) === isLegacy
  const fees = limitFees(isRaise ? raiseFees(before, level) : feesFor(level, legacy), limits.maxFee)
  if (isRaise && state.mayBeMined && highestPrice(fees) <= highestPrice(before)) {
    const waiting = { ...state, recheckAt: now + limits.replaceAfter }
    return look(waiting, `the transaction waits at the fee limit: ${state.why ?? "it is not mined"}`)
  }
  return to({ ...state, fees }, { do: "send", request, fees })
}

function refused(
  before: Sending,
  { fault, why, version }: SendEvent & { readonly type: "refused" },
  now: number,
): SendStep {
  const state = { ...before, why, refusals: before.refusals + 1 }
  const { limits, raises, margin } = state
  switch (fault) {
    case "known":
    case "nonce-used":
      return look({ ...state, mayBeMined: true })
    case "underpriced":
      if (limits.maxFee !== undefined && priceOf(state) >= limits.maxFee) {
        return look(state, `the transaction waits at the fee limit: ${why}`)
      }
      if (raises >= MAX_RAISES) return endUnlessMined(state, { kind: "cannot-replace", why })
      return to({ ...state, raises: raises + 1 }, { do: "price" })
    case "gas-too-low": {
      const more = { ...state, margin: Math.min(LAST_MARGIN, margin * 2), request: undefined }
      const notice = `the gas is estimated again, with more margin: ${why}`
      return look({ ...more, recheckAt: now + pauseAfter(state) }, notice)
    }
    case "legacy-only":
      return state.legacy
        ? notYet({ ...state, mayBeMined: true }, now, version)
        : to({ ...state, legacy: true }, { do: "price" }, `a legacy transaction is sent instead: ${why}`)
    case "too-large":
      // The node may have a lower cap than the table of chains, within which less margin fits.
      if (version !== undefined && margin > LEAST_MARGIN) {
        return to({ ...state, margin: LEAST_MARGIN }, { do: "prepare", margin: LEAST_MARGIN })
      }
      return endUnlessMined(state, { do: "end", outcome: { kind: "too-large", why } })
    case "no-funds":
    case "declined":
      return endUnlessMined(state, { kind: fault, why })
    case "unknown":
      return notYet({ ...state, mayBeMined: true }, now, version)
  }
}

/**
 * Waits after a refusal that may not be final: the node may take the transaction later. A wallet is asked again
 * later than a node.
 */
function notYet(state: Sending, now: number, version: Version | undefined): SendStep {
  const pause = version?.raw === undefined ? state.limits.replaceAfter : pauseAfter(state)
  const notice = `the node does not take the transaction yet: ${state.why ?? ""}`
  return look({ ...state, recheckAt: now + pause }, notice)
}

/** Looks for an earlier version that may be mined before it ends, if the node refuses this one. */
function endUnlessMined(state: Sending, end: Ending | SendFailure): SendStep {
  const ending: Ending = "do" in end ? end : { do: "fail", failure: end }
  if (!state.mayBeMined) return look({ ...state, ending })
  const notice = `the transaction that was sent before is waited for: ${state.why ?? ""}`
  return look({ ...state, recheckAt: Number.POSITIVE_INFINITY }, notice)
}

function seen(
  before: Sending,
  { receipt, nonceUsed, isKnown }: SendEvent & { readonly type: "seen" },
  now: number,
): SendStep {
  if (receipt !== undefined) {
    const kind = receipt.status === 1 ? "mined" : "reverted"
    return to(before, { do: "end", outcome: { kind, receipt } })
  }
  const state = { ...before, usedSeen: nonceUsed ? before.usedSeen + 1 : 0 }
  if (state.usedSeen >= DISPLACED_AFTER) return to(state, { do: "end", outcome: { kind: "displaced" } })
  // A version that was taken meanwhile prevents the end by another version's refusal.
  if (!nonceUsed && state.ending !== undefined && !state.mayBeMined) return to(state, state.ending)
  const givenUp = giveUp(state, now)
  if (givenUp !== undefined) return givenUp
  return nonceUsed || isKnown === undefined ? look(state) : sendAgain(state, isKnown, now)
}

/** Sends again, the same or with higher fees: the nonce is free and a pause is over. */
function sendAgain(state: Sending, isKnown: boolean, now: number): SendStep {
  const replaceAt = state.offeredAt + state.limits.replaceAfter
  const waiting = { ...state, recheckAt: now + state.limits.replaceAfter }
  const last = state.versions.at(-1)
  if (!state.mayBeMined || state.request === undefined) {
    // The state of the chain may have changed since the refusal.
    return to({ ...waiting, fees: undefined }, { do: "prepare", margin: state.margin }, "it is offered again")
  }
  if (last?.raw !== undefined && !isKnown) {
    const notice = `the node does not have transaction ${last.hash}: it is sent again`
    return to(waiting, { do: "repeat", version: last }, notice)
  }
  if (now < replaceAt || state.raises >= MAX_RAISES)
    return look({ ...waiting, recheckAt: Math.max(now, replaceAt) })
  const raised = { ...waiting, raises: state.raises + 1, why: state.why ?? "it is not mined" }
  return to(raised, { do: "price" }, "the transaction is not mined: it is replaced at a higher fee")
}

function unanswered(
  before: Sending,
  { why, nonceUsed }: SendEvent & { readonly type: "unanswered" },
  now: number,
): SendStep {
  const state = { ...before, why, usedUnanswered: before.usedUnanswered + (nonceUsed ? 1 : 0) }
  if (state.usedUnanswered >= DISPLACED_UNANSWERED_AFTER)
    return to(state, { do: "end", outcome: { kind: "displaced" } })
  return giveUp(state, now) ?? look(state, `the node does not say what became of the transaction: ${why}`)
}

/** Ends the sending if patience is over. */
function giveUp(state: Sending, now: number): SendStep | undefined {
  if (now - state.begun <= state.limits.patience) return undefined
  const last = state.mayBeMined ? state.versions.at(-1) : undefined
  const failure: SendFailure =
    last === undefined
      ? { kind: "not-taken", why: state.why ?? "no answer" }
      : { kind: "not-mined", hash: last.hash, why: state.why }
  return to(state, { do: "fail", failure })
}

/** Adds a signed version, and starts to wait for it. */
function watched(state: Sending, version: Version | undefined, now: number): Sending {
  const isNew = version !== undefined && !state.versions.some(({ hash }) => hash === version.hash)
  return {
    ...state,
    versions: isNew ? [...state.versions, version] : state.versions,
    offeredAt: now,
    recheckAt: now + state.limits.replaceAfter,
  }
}

function look(state: Sending, notice?: string): SendStep {
  return to(state, { do: "look", versions: state.versions, recheckAt: state.recheckAt }, notice)
}

function to(state: Sending, action: SendAction, notice?: string): SendStep {
  return { state, action, notice }
}

function priceOf({ fees }: Sending): bigint {
  return fees === undefined ? 0n : highestPrice(fees)
}

/** Returns the pause, which grows with each refusal up to the time after which a transaction is replaced. */
function pauseAfter({ refusals, limits }: Sending): number {
  return Math.min(limits.replaceAfter, FIRST_PAUSE_MS * 2 ** Math.min(refusals - 1, 10))
}
