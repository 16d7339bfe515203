import type { JSX } from "preact"
import type { ClaimState, Step } from "../claim/machine.ts"
import { usePage } from "./context.ts"
import { Transaction } from "./address.tsx"

const SENDING: readonly (Step | "done")[] = ["switching", "simulating", "signing", "waiting", "done"]
const SIGNING: readonly (Step | "done")[] = ["switching", "simulating", "signing", "done"]

interface StepsProps {
  readonly state: ClaimState
  /** A claim that is only signed is not sent and not waited for. */
  readonly onlySigned: boolean
  readonly onRetry: () => void
  readonly onWaitAgain: () => void
  readonly onReset: () => void
}

/** Where a claim stands: each step, what the user has to do now, and after a failure what can be done. */
export function Steps({ state, onlySigned, onRetry, onWaitAgain, onReset }: StepsProps): JSX.Element | null {
  const { t, config } = usePage()
  if (state.at === "idle") return null
  const steps = onlySigned ? SIGNING : SENDING
  const current = steps.indexOf(
    state.at === "failed" ? state.during : state.at === "signed" ? "done" : state.at,
  )
  const hash = "hash" in state ? state.hash : undefined
  return (
    <div class="steps" id="claim-steps" data-at={state.at}>
      <ol aria-label={t("claim.step")}>
        {steps.map((step, i) => (
          <li
            key={step}
            class={
              i < current || steps[current] === "done"
                ? "past"
                : i === current
                  ? state.at === "failed"
                    ? "broken"
                    : "now"
                  : undefined
            }
            aria-current={i === current ? "step" : undefined}
          >
            {t(`claim.step.${step}`)}
          </li>
        ))}
      </ol>
      <p class="status" role="status">
        {state.at !== "failed" &&
          state.at !== "signed" &&
          t(`claim.now.${state.at}`, { chain: config.chainName })}
      </p>
      {state.at === "failed" && (
        <Trouble state={state} onRetry={onRetry} onWaitAgain={onWaitAgain} onReset={onReset} />
      )}
      {hash !== undefined && (
        <p class="transaction">
          {t("claim.transaction")} <Transaction hash={hash} />
        </p>
      )}
    </div>
  )
}

type TroubleProps = Omit<StepsProps, "onlySigned" | "state"> & {
  state: Extract<ClaimState, { at: "failed" }>
}

function Trouble({ state, onRetry, onWaitAgain, onReset }: TroubleProps): JSX.Element {
  const { t, config, rpc } = usePage()
  const { failure, hash } = state
  const lost = failure.code === "rpcDown" && hash !== undefined
  return (
    <div class="trouble" role="alert" data-failure={failure.code}>
      <p>{t(`fail.${failure.code}`, { chain: config.chainName, currency: config.currency, rpc: rpc.url })}</p>
      {failure.detail !== undefined && (
        <details>
          <summary>{t("fail.detail")}</summary>
          <p class="detail" dir="ltr">
            {failure.detail}
          </p>
        </details>
      )}
      <p class="buttons">
        <button type="button" class="primary" onClick={lost ? onWaitAgain : onRetry}>
          {t(lost ? "claim.waitAgain" : "claim.retry")}
        </button>
        {failure.code === "rpcDown" && (
          <button type="button" onClick={focusRpc}>
            {t("claim.rpc")}
          </button>
        )}
        {!lost && (
          <button type="button" onClick={onReset}>
            {t("claim.startOver")}
          </button>
        )}
      </p>
    </div>
  )
}

export function focusRpc(): void {
  document.getElementById("rpc-url")?.focus()
}
