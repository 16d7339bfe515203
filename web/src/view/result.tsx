import type { JSX } from "preact"
import type { AccountStatus, ContractStatus } from "../chain/status.ts"
import { claimStatesOf, type TrancheState } from "../../../scripts/core/claim/claim-state.ts"
import type { Due } from "../data/due.ts"
import { countText, timeText } from "../text/format.ts"
import { Address } from "./address.tsx"
import { usePage } from "./context.ts"
import { useFocus } from "./use-focus.ts"
import { Why } from "./why.tsx"

interface ResultProps {
  readonly due: Due
  /** Undefined while the chain has not answered, or disagrees. */
  readonly chain: { readonly account: AccountStatus; readonly status: ContractStatus } | undefined
}

/** What the looked-up address is due from each tranche, how that stands, and why. */
export function Result({ due, chain }: ResultProps): JSX.Element {
  const { t, tokens, config, language } = usePage()
  const heading = useFocus(due.account)
  const { automatic, reserve } = due
  const states = chain && claimStatesOf(due, chain.account, chain.status)
  return (
    <section class="card" aria-labelledby="result-title">
      <h2 id="result-title" ref={heading} tabIndex={-1}>
        {t("result.for")} <Address of={due.account} link />
      </h2>
      {automatic !== undefined && reserve !== undefined && (
        <p class="total">
          <span>{t("result.total")}</span>
          <strong id="due-total">{breakable(tokens(automatic.amount + reserve.cumulativeAmount))}</strong>
        </p>
      )}
      <div class="tranches">
        {automatic !== undefined && (
          <div class="tranche" id="automatic">
            <h3>{t("result.automatic")}</h3>
            <Amount text={tokens(automatic.amount)} />
            <State of={states?.automatic} />
            <p class="hint">
              {t("result.leaf", {
                index: countText(language.locale, automatic.index + 1),
                count: countText(language.locale, config.leafCount),
              })}
            </p>
          </div>
        )}
        {reserve !== undefined && (
          <div class="tranche" id="reserve">
            <h3>{t("result.reserve")}</h3>
            <Amount text={tokens(reserve.cumulativeAmount)} />
            <State of={states?.reserve} />
            <p class="hint">{t("why.reserve", { amount: tokens(reserve.cumulativeAmount) })}</p>
          </div>
        )}
      </div>
      <p class="good">
        <span aria-hidden="true">✓ </span>
        {t("result.proof.good")}
      </p>
      {automatic !== undefined && <Why derivation={due.derivation} />}
    </section>
  )
}

function Amount({ text }: { text: string }): JSX.Element {
  return <p class="amount">{breakable(text)}</p>
}

/** Number and symbol may stand on two lines, so that a number is never broken. */
function breakable(amount: string): string {
  return amount.replace("\u00a0", " ")
}

function State({ of: state }: { of: TrancheState | undefined }): JSX.Element {
  const { t, tokens, language } = usePage()
  if (state === undefined) return <p class="badge">{t("result.state.unknown")}</p>
  switch (state.state) {
    case "open":
      return (
        <p class="badge open">
          {t("result.state.open")}
          {state.paid > 0n && ` · ${t("result.state.partly", { amount: tokens(state.paid) })}`}
        </p>
      )
    case "claimed":
      return <p class="badge claimed">{t("result.state.claimed")}</p>
    case "pending":
      return (
        <p class="badge">
          {t("result.state.pending", { when: timeText(language.locale, state.acceptableAt) })}
        </p>
      )
    case "notSubmitted":
      return <p class="badge">{t("result.state.notYet")}</p>
  }
}
