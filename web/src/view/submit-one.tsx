import type { JSX } from "preact"
import { useEffect } from "preact/hooks"
import { formatSignedClaim, type SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import { judgeClaims, type BatchClaim } from "../claim/batch.ts"
import { countText, numberText, timeText } from "../text/format.ts"
import { Address } from "./address.tsx"
import { usePage } from "./context.ts"
import { Paid } from "./paid.tsx"
import { Steps } from "./steps.tsx"
import { costText, wordsOf } from "./submit-many.tsx"
import { useAsync, valueOf } from "./use-async.ts"
import { useConnected } from "./use-connected.ts"
import { submitIntent, type ClaimControl } from "./use-claim.ts"
import type { Connected, WalletsState } from "./use-wallets.ts"

interface SubmitOneProps extends BatchClaim {
  readonly control: ClaimControl
  readonly wallets: WalletsState
}

/** Shows one signed claim, and sends it. */
export function SubmitOne({ claim, due, control, wallets }: SubmitOneProps): JSX.Element {
  const { t, tokens, config, rpc, language } = usePage()
  const values = { chain: config.chainName, currency: config.currency, rpc: rpc.url }
  const expired = claim.deadline < BigInt(Math.floor(Date.now() / 1000))
  const judging = useAsync(
    expired
      ? undefined
      : async () => {
          const terms = { withGas: true, signal: new AbortController().signal }
          return await judgeClaims(rpc, config, [{ claim, due }], terms)
        },
    [rpc, claim, due],
  )
  const { at } = control.state
  // A claim that was sent has changed the chain, or has found it changed.
  useEffect(() => {
    if (at === "done" || at === "failed") judging.again()
  }, [at])
  const judgement = valueOf(judging.result)
  const judged = judgement?.claims[0]
  const isOpen = judged === undefined || judged.at === "ready"
  const begin = ({ wallet, account }: Connected, evenWithoutGas = false): void => {
    const run = { config, rpc, wallet: wallet.provider, sender: account, due, evenWithoutGas }
    control.start(run, submitIntent(claim))
  }
  const connectFirst = useConnected(wallets, formatSignedClaim(claim), begin)
  const start = (evenWithoutGas = false): void => {
    if (wallets.connected === undefined) connectFirst()
    else begin(wallets.connected, evenWithoutGas)
  }
  return (
    <div class="signed-claim">
      <dl>
        <dt>{t("submit.from")}</dt>
        <dd>
          <Address of={claim.account} />
        </dd>
        <dt>{t("submit.to")}</dt>
        <dd>
          <Address of={claim.to} />
        </dd>
        <Amounts claim={claim} />
        <dt>{t("submit.until")}</dt>
        <dd>{timeText(language.locale, claim.deadline)}</dd>
      </dl>
      {expired ? (
        <p class="problem" role="alert">
          {t("submit.expired")}
        </p>
      ) : (
        control.state.at === "idle" && (
          <p class={judged?.at === "refused" ? "problem" : "hint"} id="submit-trial" role="status">
            {judging.result.state === "failed" &&
              t("submit.judge.failed", { detail: wordsOf(judging.result.error) })}
            {judging.result.state !== "failed" && judged === undefined && t("submit.judging")}
            {judged?.at === "paid" && t("submit.paid")}
            {judged?.at === "refused" && t(`fail.${judged.code}`, values)}
            {judged?.at === "ready" &&
              t("submit.cost", {
                amount: tokens(judged.amount),
                gas: countText(language.locale, judged.gas),
                cost: `${numberText(language.locale, costText(judged.gas * (judgement?.gasPrice ?? 0n)))}\u00a0${config.currency}`,
              })}
          </p>
        )
      )}
      {judging.result.state === "failed" && at === "idle" && (
        <p>
          <button type="button" onClick={judging.again}>
            {t("check.again")}
          </button>
        </p>
      )}
      {!expired && isOpen && control.state.at === "idle" && (
        <button
          id="submit-start"
          type="button"
          class="primary wide"
          onClick={() => {
            start()
          }}
        >
          {t("submit.start")}
        </button>
      )}
      <Steps state={control.state} onlySigned={false} onRetry={start} onReset={control.reset} />
      {control.state.at === "done" && <Paid due={due} payment={control.state.payment} />}
    </div>
  )
}

function Amounts({ claim }: { claim: SignedClaim }): JSX.Element {
  const { t, tokens } = usePage()
  return (
    <>
      {claim.automatic !== undefined && (
        <>
          <dt>{t("result.automatic")}</dt>
          <dd>
            <bdi>{tokens(claim.automatic.amount)}</bdi>
          </dd>
        </>
      )}
      {claim.reserve !== undefined && (
        <>
          <dt>{t("result.reserve")}</dt>
          <dd>
            <bdi>{tokens(claim.reserve.cumulativeAmount)}</bdi>
          </dd>
        </>
      )}
    </>
  )
}
