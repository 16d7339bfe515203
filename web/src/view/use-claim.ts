import { useEffect, useReducer, useRef } from "preact/hooks"
import type { SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import type { Rpc } from "../chain/rpc.ts"
import { follow, sendClaim, signClaim, type ClaimRun } from "../claim/run.ts"
import { IDLE, isBusy, next, type ClaimEvent, type ClaimState } from "../claim/machine.ts"
import { keepSent } from "../claim/follow.ts"
import type { Sent } from "../claim/sent.ts"
import { signedSubmission, type ClaimSubmission } from "../../../scripts/core/claim/claim-submission.ts"

/** Sends several claims that other accounts have signed. Handed over by the part of the page that has the code. */
export type SendBatch = (run: ClaimRun) => Promise<Sent | undefined>

/** The user's choice: send the claim, send several at once, or only sign it. */
export type Intent =
  | { readonly kind: "send"; readonly how: ClaimSubmission }
  | { readonly kind: "batch"; readonly send: SendBatch }
  | { readonly kind: "sign"; readonly to: `0x${string}`; readonly deadline: bigint }

export interface ClaimControl {
  readonly state: ClaimState
  readonly onlySigned: boolean
  readonly start: (run: Omit<ClaimRun, "dispatch" | "signal">, intent: Intent) => void
  /** Returns to the start, whatever is under way. A transaction that was sent continues without the page. */
  readonly reset: () => void
}

/**
 * Controls one claim, from the first click to the payment seen on chain.
 * @param resumed a claim that this tab sent before it was loaded again
 */
export function useClaim(onPaid: () => void, rpc: Rpc, resumed?: Sent): ClaimControl {
  const [state, dispatch] = useReducer(next, IDLE)
  const intentKind = useRef<Intent["kind"]>("send")
  const abort = useRef(new AbortController())

  const tell = (event: ClaimEvent): void => {
    dispatch(event)
    if (event.type === "sent") keepSent(event.sent)
    if (event.type === "paid" || event.type === "failed") keepSent(undefined)
    // A claim that found everything paid has read a newer state than the page shows.
    if (event.type === "paid" || (event.type === "failed" && event.failure.code === "alreadyClaimed"))
      onPaid()
  }
  useEffect(() => {
    if (resumed === undefined) return
    const { signal } = abort.current
    tell({ type: "sent", sent: resumed })
    void follow(resumed, { rpc, wallet: undefined, dispatch: tell, signal })
  }, [])

  const send = async (run: ClaimRun, sending: Promise<Sent | undefined>): Promise<void> => {
    const sent = await sending
    if (sent === undefined) return
    // The user may have cancelled before the wallet answered. The transaction is sent anyway, so the page follows
    // it.
    if (run.signal.aborted) {
      abort.current.abort()
      abort.current = new AbortController()
    }
    await follow(sent, { ...run, signal: abort.current.signal })
  }
  return {
    state,
    onlySigned: intentKind.current === "sign",
    start: (run, intent) => {
      if (isBusy(state)) return
      intentKind.current = intent.kind
      abort.current = new AbortController()
      tell({ type: "start" })
      const whole: ClaimRun = { ...run, dispatch: tell, signal: abort.current.signal }
      switch (intent.kind) {
        case "send":
          void send(whole, sendClaim(whole, intent.how))
          break
        case "batch":
          void send(whole, intent.send(whole))
          break
        case "sign":
          void signClaim(whole, intent.to, intent.deadline)
      }
    },
    reset: () => {
      abort.current.abort()
      abort.current = new AbortController()
      keepSent(undefined)
      tell({ type: "reset" })
    },
  }
}

export function submitIntent(signed: SignedClaim): Intent {
  return { kind: "send", how: signedSubmission(signed) }
}
