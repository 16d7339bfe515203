import type { JSX } from "preact"
import { useEffect, useRef } from "preact/hooks"
import { formatSignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { formatAmount } from "../../../scripts/core/primitives/amount.ts"
import { BASE_GAS, judgeClaims, sendBatch, type BatchClaim, type Judged } from "../claim/batch.ts"
import { isBusy } from "../claim/machine.ts"
import { countText, numberText, shortAddress } from "../text/format.ts"
import { usePage } from "./context.ts"
import { Transaction } from "./address.tsx"
import { Steps } from "./steps.tsx"
import { useAsync, valueOf } from "./use-async.ts"
import { useConnected } from "./use-connected.ts"
import type { ClaimControl } from "./use-claim.ts"
import type { Connected, WalletsState } from "./use-wallets.ts"

/** Decimals of the currencies that gas is paid in. */
const CURRENCY_DECIMALS = 18
/** Decimals of a cost that are shown. */
const SHOWN_DECIMALS = 6

interface SubmitManyProps {
  readonly claims: readonly BatchClaim[]
  /** Texts that are not signed claims of this program, each with its reason. */
  readonly wrong: readonly string[]
  readonly control: ClaimControl
  readonly wallets: WalletsState
}

/** Shows several signed claims with the state and the gas of each, and sends those that can be paid together. */
export function SubmitMany({ claims, wrong, control, wallets }: SubmitManyProps): JSX.Element {
  const { t, tokens, config, rpc, language } = usePage()
  const { state } = control
  const abort = useRef(new AbortController())
  const judging = useAsync(async () => {
    abort.current.abort()
    abort.current = new AbortController()
    return await judgeClaims(rpc, config, claims, { withGas: true, signal: abort.current.signal })
  }, [rpc, claims])
  // The chain has changed once the transaction is settled, whether it paid or not.
  useEffect(() => {
    if (state.at === "done" || state.at === "failed") judging.again()
  }, [state.at])
  const judgement = valueOf(judging.result)
  const ready = (judgement?.claims ?? []).filter((one) => one.at === "ready")
  const number = (count: number | bigint): string => countText(language.locale, count)
  const gas = gasOf(ready)
  const begin = ({ wallet, account }: Connected, evenWithoutGas = false): void => {
    const [first] = ready
    if (first === undefined) return
    const run = { config, rpc, wallet: wallet.provider, sender: account, due: first.due, evenWithoutGas }
    control.start(run, { kind: "batch", send: async (whole) => await sendBatch(whole, ready) })
  }
  const asked = ready.map(({ claim }) => formatSignedClaim(claim)).join("")
  const connectFirst = useConnected(wallets, asked, begin)
  const start = (evenWithoutGas = false): void => {
    if (wallets.connected === undefined) connectFirst()
    else begin(wallets.connected, evenWithoutGas)
  }
  return (
    <div class="signed-claims">
      <h3>{t("submit.many", { count: number(claims.length) })}</h3>
      {judgement === undefined && judging.result.state !== "failed" && (
        <p class="status" role="status">
          {t("submit.judging")}
        </p>
      )}
      {judging.result.state === "failed" && (
        <div class="problem" role="alert">
          <p>{t("submit.judge.failed", { detail: wordsOf(judging.result.error) })}</p>
          <button type="button" onClick={judging.again}>
            {t("check.again")}
          </button>
        </div>
      )}
      <ul class="batch">
        {(judgement?.claims ?? []).map((one) => (
          <Row key={one.claim.account} judged={one} />
        ))}
        {wrong.map((detail) => (
          <li key={detail} data-state="wrong" class="problem">
            {t("submit.wrong", { detail })}
          </li>
        ))}
      </ul>
      {judgement !== undefined && ready.length > 0 && (
        <p id="batch-total">
          {t("submit.all", {
            count: number(ready.length),
            amount: tokens(ready.reduce((sum, { amount }) => sum + amount, 0n)),
            gas: number(gas),
            cost: `${numberText(language.locale, costText(gas * judgement.gasPrice))}\u00a0${config.currency}`,
          })}
        </p>
      )}
      {!isBusy(state) && state.at !== "failed" && ready.length > 0 && (
        <button
          id="submit-batch"
          type="button"
          class="primary wide"
          onClick={() => {
            start()
          }}
        >
          {ready.length === 1 ? t("submit.start") : t("submit.start.many", { count: number(ready.length) })}
        </button>
      )}
      <Steps state={state} onlySigned={false} onRetry={start} onReset={control.reset} />
      {state.at === "done" && (
        <div class="paid" id="claim-steps" data-at="done">
          <p role="status">{t("submit.done", { amount: tokens(BigInt(state.payment.sent.total)) })}</p>
          <p class="buttons">
            {state.payment.hash !== undefined && <Transaction hash={state.payment.hash} />}
          </p>
        </div>
      )}
    </div>
  )
}

function Row({ judged }: { judged: Judged }): JSX.Element {
  const { t, tokens, language, config, rpc } = usePage()
  const values = { chain: config.chainName, currency: config.currency, rpc: rpc.url }
  const account = toChecksum(judged.claim.account)
  return (
    <li data-state={judged.at} data-account={judged.claim.account}>
      <code dir="ltr" title={account}>
        {shortAddress(account)}
      </code>{" "}
      <span class={judged.at === "refused" ? "problem" : undefined}>
        {judged.at === "ready" &&
          t("submit.ready", {
            amount: tokens(judged.amount),
            gas: countText(language.locale, judged.gas),
          })}
        {judged.at === "paid" && t("submit.paid")}
        {judged.at === "refused" && t("submit.left", { reason: t(`fail.${judged.code}`, values) })}
      </span>
    </li>
  )
}

/** Returns the gas of one transaction with all of these claims. */
function gasOf(ready: readonly { readonly gas: bigint }[]): bigint {
  return ready.reduce((sum, { gas }) => sum + (gas > BASE_GAS ? gas - BASE_GAS : gas), BASE_GAS)
}

/** Returns a cost as a plain decimal, rounded up to a few decimals. */
export function costText(cost: bigint): string {
  const unit = 10n ** BigInt(CURRENCY_DECIMALS - SHOWN_DECIMALS)
  return formatAmount((cost + unit - 1n) / unit, SHOWN_DECIMALS)
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
