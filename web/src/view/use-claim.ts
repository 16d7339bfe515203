import { useReducer, useRef } from "preact/hooks"
import type { SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import type { Rpc } from "../chain/rpc.ts"
import { follow, sendClaim, signClaim, type ClaimRun } from "../claim/run.ts"
import { IDLE, isBusy, next, type ClaimEvent, type ClaimState } from "../claim/machine.ts"
import { forgetSent, keepPaid, keepSent, keptSent } from "../claim/kept.ts"
import type { Sent } from "../claim/sent.ts"
import type { WalletProvider } from "../wallet/provider.ts"
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
  /** Turns to an account: goes on waiting for what this tab has sent for it, or begins at the start. */
  readonly turnTo: (account: string | undefined) => void
}

/** Controls one claim, from the first click to the payment seen on chain. */
export function useClaim(onSettled: () => void, rpc: Rpc, contract: string): ClaimControl {
  const [state, dispatch] = useReducer(next, IDLE)
  const intentKind = useRef<Intent["kind"]>("send")
  const abort = useRef(new AbortController())
  /** The account that the page has turned to; undefined where it shows no single account. */
  const subject = useRef<string | undefined>(undefined)
  const current = useRef<Sent | undefined>(undefined)

  const tell = (event: ClaimEvent): void => {
    dispatch(event)
    if (event.type === "sent") current.current = event.sent
    if (event.type === "paid") keepPaid(event.payment)
    if ((event.type === "paid" || event.type === "failed") && current.current !== undefined)
      forgetSent(current.current.account)
    // A claim that failed has often read a newer state than the page shows.
    if (event.type === "paid" || event.type === "failed") onSettled()
  }
  const stop = (): void => {
    abort.current.abort()
    abort.current = new AbortController()
    current.current = undefined
    dispatch({ type: "reset" })
  }
  /** Waits for what was sent, unless the page has turned to another account meanwhile. */
  const followSent = async (sent: Sent, wallet: WalletProvider | undefined): Promise<void> => {
    if (subject.current !== undefined && subject.current !== sent.account) return
    abort.current.abort()
    abort.current = new AbortController()
    tell({ type: "sent", sent })
    await follow(sent, { rpc, wallet, dispatch: tell, signal: abort.current.signal })
  }
  const send = async (run: ClaimRun, sending: Promise<Sent | undefined>): Promise<void> => {
    const sent = await sending
    if (sent === undefined) return
    // The user may have cancelled before the wallet answered. The transaction is sent anyway, so the page follows it.
    keepSent(sent)
    await followSent(sent, run.wallet)
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
      if (current.current !== undefined) forgetSent(current.current.account)
      stop()
    },
    turnTo: (account) => {
      stop()
      subject.current = account
      const sent = keptSent(contract).find((one) => one.account === account)
      if (sent !== undefined) void followSent(sent, undefined)
    },
  }
}

export function submitIntent(signed: SignedClaim): Intent {
  return { kind: "send", how: signedSubmission(signed) }
}
