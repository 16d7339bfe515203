import type { JSX } from "preact"
import type { FailureCode } from "../claim/failure.ts"
import type { ClaimState, Step } from "../claim/machine.ts"
import type { TextKey } from "../text/en.ts"
import { usePage } from "./context.ts"
import { Transaction } from "./address.tsx"
import { Digests } from "./digests.tsx"

const SENDING: readonly Step[] = ["switching", "simulating", "signing", "waiting"]
const SIGNING: readonly Step[] = ["switching", "simulating", "signing"]

/** What another try of the same claim cannot change. */
const FINAL: ReadonlySet<FailureCode> = new Set([
  "alreadyClaimed",
  "nothingToClaim",
  "swept",
  "capExceeded",
  "expired",
])

interface StepsProps {
  readonly state: ClaimState
  /** True if the claim is only signed, and so neither sent nor awaited. */
  readonly onlySigned: boolean
  readonly onRetry: (evenWithoutGas?: boolean) => void
  readonly onReset: () => void
  /** Lets another account pay the gas; undefined where only this one can. */
  readonly onSponsor?: (() => void) | undefined
}

/** Shows the progress of a claim, the user's next action, and an exit from each step. */
export function Steps({ state, onlySigned, onRetry, onReset, onSponsor }: StepsProps): JSX.Element | null {
  const { t, config, isSafe } = usePage()
  if (state.at === "idle" || state.at === "signed" || state.at === "done") return null
  const steps = onlySigned ? SIGNING : SENDING
  const step = state.at === "failed" ? state.during : state.at
  const current = steps.indexOf(step)
  const hash = state.at === "waiting" ? state.sent.hash : state.at === "failed" ? state.hash : undefined
  return (
    <div class="steps" id="claim-steps" data-at={state.at}>
      <ol aria-label={t("claim.step")}>
        {steps.map((one, i) => (
          <li
            key={one}
            class={i < current ? "past" : i > current ? undefined : state.at === "failed" ? "broken" : "now"}
            aria-current={i === current ? "step" : undefined}
          >
            <span class="unseen">{t(`claim.step.${one}`)}</span>
          </li>
        ))}
      </ol>
      {state.at === "failed" ? (
        <Trouble state={state} onRetry={onRetry} onReset={onReset} onSponsor={onSponsor} />
      ) : (
        <p class="status" role="status">
          {t(nowOf(state, isSafe), { chain: config.chainName })}
        </p>
      )}
      {state.at === "signing" && <Digests of={state.digests} />}
      <p class="buttons">
        {hash !== undefined && <Transaction hash={hash} />}
        {state.at === "waiting" && (
          <button type="button" onClick={onReset}>
            {t("claim.startOver")}
          </button>
        )}
        {state.at !== "waiting" && state.at !== "failed" && (
          <button type="button" id="claim-cancel" onClick={onReset}>
            {t("common.cancel")}
          </button>
        )}
      </p>
    </div>
  )
}

/** Returns the text of a step under way. */
function nowOf(
  state: Exclude<ClaimState, { at: "idle" | "signed" | "done" | "failed" }>,
  isSafe: boolean,
): TextKey {
  if (state.at !== "waiting") return `claim.now.${state.at}`
  if (state.unheard) return "claim.now.waiting.unheard"
  return isSafe ? "claim.now.waiting.safe" : "claim.now.waiting"
}

type TroubleProps = Pick<StepsProps, "onRetry" | "onReset" | "onSponsor"> & {
  state: Extract<ClaimState, { at: "failed" }>
}

function Trouble({ state: { failure }, onRetry, onReset, onSponsor }: TroubleProps): JSX.Element {
  const { t, config, rpc } = usePage()
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
        {!FINAL.has(failure.code) && (
          <button
            type="button"
            class="primary"
            onClick={() => {
              onRetry()
            }}
          >
            {t("claim.retry")}
          </button>
        )}
        {failure.code === "noGas" && onSponsor !== undefined && (
          <button type="button" id="claim-sponsor" onClick={onSponsor}>
            {t("claim.way.sign")}
          </button>
        )}
        {failure.code === "noGas" && (
          <button
            type="button"
            onClick={() => {
              onRetry(true)
            }}
          >
            {t("claim.evenWithoutGas")}
          </button>
        )}
        {failure.code === "rpcDown" && (
          <button type="button" onClick={focusRpc}>
            {t("claim.rpc")}
          </button>
        )}
        <button type="button" onClick={onReset}>
          {t("claim.startOver")}
        </button>
      </p>
    </div>
  )
}

/** Opens the details and focuses the RPC field. */
export function focusRpc(): void {
  const field = document.getElementById("rpc-url")
  const box = field?.closest("details") ?? undefined
  if (box !== undefined) box.open = true
  field?.focus()
}
