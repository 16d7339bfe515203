import type { JSX } from "preact"
import type { Due } from "../data/due.ts"
import type { LaterParts } from "../later/parts.ts"
import type { TextKey } from "../text/en.ts"
import { countText, percentText } from "../text/format.ts"
import { usePage } from "./context.ts"

interface WhyProps {
  readonly due: Due
  /** False for an address that has contributions and is paid nothing: then there is no share to explain. */
  readonly paid?: boolean
  /** Undefined until it is loaded. */
  readonly Details: LaterParts["WhyDetails"] | undefined
  /** Loads anew what could not be loaded. */
  readonly onAgain: () => void
}

/** Shows the derivation of the amount in one sentence, and every line on demand. */
export function Why({ due, paid = true, Details, onAgain }: WhyProps): JSX.Element {
  const { t } = usePage()
  const { derivation } = due
  return (
    <section class="card why" id="why" aria-labelledby="why-title">
      <h2 id="why-title">{t(paid ? "why.title" : "why.has")}</h2>
      {paid && <Sentence due={due} onAgain={onAgain} />}
      {derivation !== undefined && Details !== undefined && <Details derivation={derivation} paid={paid} />}
    </section>
  )
}

function Sentence({
  due: { derivation, reserve, automatic, unread },
  onAgain,
}: Pick<WhyProps, "due" | "onAgain">): JSX.Element {
  const { t, tokens, language } = usePage()
  const granted =
    reserve !== undefined && t("why.short.reserve", { amount: tokens(reserve.cumulativeAmount) })
  if (automatic === undefined) return <p>{granted}</p>
  if (unread.includes("explanation"))
    return (
      <p>
        {t("why.unread")} {granted}{" "}
        <button type="button" class="link" onClick={onAgain}>
          {t("check.again")}
        </button>
      </p>
    )
  const first = derivation?.participants[0]
  if (derivation === undefined || first === undefined)
    return (
      <p>
        {t("why.none")} {granted}
      </p>
    )
  const value = derivation.participants.reduce((sum, one) => sum + one.value, 0n)
  const counted = derivation.participants
    .flatMap(({ contributions }) => contributions)
    .filter(({ counts }) => counts).length
  const values = {
    count: countText(language.locale, counted),
    percent: percentText(language.locale, value, derivation.totalValue),
    pool: tokens(derivation.pool),
    amount: tokens(automatic.amount),
  }
  const isOne = new Intl.PluralRules(language.locale).select(counted) === "one"
  const unit = derivation.units.origin === "node" ? "node" : "line"
  const key: TextKey =
    derivation.basis === "share" ? `why.short.${unit}.${isOne ? "one" : "other"}` : "why.short.amount"
  return (
    <p>
      {t(key, values)} {granted}
    </p>
  )
}
