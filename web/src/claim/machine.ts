/**
 * The way of one claim as a pure state machine: what the page shows follows from the state alone, and an event
 * that does not belong to a state leaves it as it is (a late answer of a wallet, a second click).
 */
import type { Failure } from "./failure.ts"

export type Step = "switching" | "simulating" | "signing" | "waiting"

export type ClaimState =
  | { readonly at: "idle" }
  | { readonly at: "switching" | "simulating" | "signing" }
  | { readonly at: "waiting"; readonly hash: string }
  | { readonly at: "done"; readonly hash: string }
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
  | { readonly type: "simulated" }
  | { readonly type: "sent"; readonly hash: string }
  | { readonly type: "signed"; readonly text: string }
  | { readonly type: "mined" }
  | { readonly type: "failed"; readonly failure: Failure }
  | { readonly type: "waitAgain" }
  | { readonly type: "reset" }

export const IDLE: ClaimState = { at: "idle" }

export function next(state: ClaimState, event: ClaimEvent): ClaimState {
  switch (event.type) {
    case "start":
      return isBusy(state) ? state : { at: "switching" }
    case "rightChain":
      return state.at === "switching" ? { at: "simulating" } : state
    case "simulated":
      return state.at === "simulating" ? { at: "signing" } : state
    case "sent":
      return state.at === "signing" ? { at: "waiting", hash: event.hash } : state
    case "signed":
      return state.at === "signing" ? { at: "signed", text: event.text } : state
    case "mined":
      return state.at === "waiting" ? { at: "done", hash: state.hash } : state
    case "failed":
      return fail(state, event.failure)
    case "waitAgain":
      // Only a transaction that was sent, and whose fate is unknown, can be waited for again.
      return state.at === "failed" && state.hash !== undefined && state.failure.code === "rpcDown"
        ? { at: "waiting", hash: state.hash }
        : state
    case "reset":
      // A sent transaction is not forgotten: it goes on whether or not the page looks.
      return isBusy(state) && state.at === "waiting" ? state : IDLE
  }
}

function fail(state: ClaimState, failure: Failure): ClaimState {
  switch (state.at) {
    case "switching":
    case "simulating":
    case "signing":
      return { at: "failed", failure, during: state.at, hash: undefined }
    case "waiting":
      return { at: "failed", failure, during: "waiting", hash: state.hash }
    case "idle":
    case "done":
    case "signed":
    case "failed":
      return state
  }
}

/** True while something is under way that a second start must not cross. */
export function isBusy(state: ClaimState): boolean {
  return (
    state.at === "switching" || state.at === "simulating" || state.at === "signing" || state.at === "waiting"
  )
}
