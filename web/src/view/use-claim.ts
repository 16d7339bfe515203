import { useReducer, useRef } from "preact/hooks"
import type { SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import { sendClaim, signClaim, waitFor, type ClaimRun } from "../claim/run.ts"
import { IDLE, isBusy, next, type ClaimEvent, type ClaimState } from "../claim/machine.ts"
import { signedSubmission, type ClaimSubmission } from "../../../scripts/core/claim/claim-submission.ts"

/** What to do with the claim: send it, or only sign it. */
export type Intent =
  | { readonly kind: "send"; readonly how: ClaimSubmission }
  | { readonly kind: "sign"; readonly to: `0x${string}`; readonly deadline: bigint }

export interface ClaimControl {
  readonly state: ClaimState
  readonly onlySigned: boolean
  readonly start: (run: Omit<ClaimRun, "dispatch">, intent: Intent) => void
  readonly waitAgain: (run: Pick<ClaimRun, "rpc">) => void
  readonly reset: () => void
}

/** One claim's way, from the first click to the end. */
export function useClaim(onDone: () => void): ClaimControl {
  const [state, dispatch] = useReducer(next, IDLE)
  const intentKind = useRef<Intent["kind"]>("send")

  const tell = (event: ClaimEvent): void => {
    dispatch(event)
    // A claim that found everything paid has learnt something that the page should show.
    if (event.type === "mined" || (event.type === "failed" && event.failure.code === "alreadyClaimed"))
      onDone()
  }
  return {
    state,
    onlySigned: intentKind.current === "sign",
    start: (run, intent) => {
      if (isBusy(state)) return
      intentKind.current = intent.kind
      tell({ type: "start" })
      const whole: ClaimRun = { ...run, dispatch: tell }
      void (intent.kind === "send"
        ? sendClaim(whole, intent.how)
        : signClaim(whole, intent.to, intent.deadline))
    },
    waitAgain: ({ rpc }) => {
      if (state.at !== "failed" || state.hash === undefined) return
      tell({ type: "waitAgain" })
      void waitFor({ rpc, dispatch: tell }, state.hash)
    },
    reset: () => {
      tell({ type: "reset" })
    },
  }
}

export function submitIntent(signed: SignedClaim): Intent {
  return { kind: "send", how: signedSubmission(signed) }
}
