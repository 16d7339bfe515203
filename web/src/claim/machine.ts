/**
 * A claim as a pure state machine: the page is drawn from the state alone. An event that does not belong to a
 * state is ignored, with one exception: a transaction that was sent is never forgotten, whatever the user does
 * meanwhile.
 */
import type { Failure } from "./failure.ts"
import type { Payment, Sent } from "./sent.ts"

export type Step = "switching" | "simulating" | "signing" | "waiting"

/** A digest of ERC-8213, which a wallet may show. A tranche is named where an account signs a message for each. */
export interface WalletDigest {
  readonly tranche: "automatic" | "reserve" | undefined
  readonly name: "calldata" | "domain" | "message" | "digest"
  readonly value: string
}

export type ClaimState =
  | { readonly at: "idle" }
  | { readonly at: "switching" | "simulating" }
  | { readonly at: "signing"; readonly digests: readonly WalletDigest[] }
  | {
      readonly at: "waiting"
      readonly sent: Sent
      /** The RPC has not answered lately; the page keeps asking. */
      readonly unheard: boolean
    }
  | {
      readonly at: "done"
      readonly payment: Payment
    }
  | { readonly at: "signed"; readonly text: string }
  | {
      readonly at: "failed"
      readonly failure: Failure
      readonly during: Step
      readonly hash: string | undefined
    }

export type ClaimEvent =
  | { readonly type: "start" }
  | { readonly type: "rightChain" }
  | { readonly type: "simulated"; readonly digests: readonly WalletDigest[] }
  | { readonly type: "sent"; readonly sent: Sent }
  | { readonly type: "signed"; readonly text: string }
  | { readonly type: "paid"; readonly payment: Payment }
  | { readonly type: "heard"; readonly fromRpc: boolean }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "reset" }

export const IDLE: ClaimState = { at: "idle" }

export function next(state: ClaimState, event: ClaimEvent): ClaimState {
  switch (event.type) {
    case "start":
      return isBusy(state) ? state : { at: "switching" }
    case "rightChain":
      return state.at === "switching" ? { at: "simulating" } : state
    case "simulated":
      return state.at === "simulating" ? { at: "signing", digests: event.digests } : state
    case "sent":
      return { at: "waiting", sent: event.sent, unheard: false }
    case "signed":
      return state.at === "signing" ? { at: "signed", text: event.text } : state
    case "paid":
      return { at: "done", payment: event.payment }
    case "heard":
      return state.at === "waiting" && state.unheard === event.fromRpc
        ? { ...state, unheard: !event.fromRpc }
        : state
    case "failed":
      return fail(state, event.failure)
    case "reset":
      return IDLE
  }
}

function fail(state: ClaimState, failure: Failure): ClaimState {
  switch (state.at) {
    case "switching":
    case "simulating":
    case "signing":
      return { at: "failed", failure, during: state.at, hash: undefined }
    case "waiting":
      return { at: "failed", failure, during: "waiting", hash: state.sent.hash }
    case "idle":
    case "done":
    case "signed":
    case "failed":
      return state
  }
}

/** Returns true while a claim is under way and a second one must not start. */
export function isBusy(state: ClaimState): boolean {
  return (
    state.at === "switching" || state.at === "simulating" || state.at === "signing" || state.at === "waiting"
  )
}
