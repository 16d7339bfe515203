import type { ComponentChildren, JSX } from "preact"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import type { ContractStatus } from "../chain/status.ts"
import { isBusy, type ClaimState } from "../claim/machine.ts"
import type { Later, Standing } from "../claim/standing.ts"
import type { Due } from "../data/due.ts"
import type { TextKey } from "../text/en.ts"
import { timeText } from "../text/format.ts"
import { Address } from "./address.tsx"
import { Contact } from "./contact.tsx"
import { Copy } from "./copy.tsx"
import { usePage } from "./context.ts"
import { Identicon } from "./identicon.tsx"
import { useFocus } from "./use-focus.ts"

interface ResultProps {
  readonly due: Due
  readonly name: string | undefined
  readonly standing: Standing
  readonly status: ContractStatus | undefined
  readonly claim: ClaimState
  /** True if the wallet has changed to this account. */
  readonly isFollowed: boolean
  /** Loads anew what could not be loaded. */
  readonly onAgain: () => void
  /** The button and what follows from it. */
  readonly children: ComponentChildren
}

/** Shows the first screen after a look-up: the account, the amount, its status, and the one thing to do. */
export function Result({
  due,
  name,
  standing,
  status,
  claim,
  isFollowed,
  onAgain,
  children,
}: ResultProps): JSX.Element {
  const { t } = usePage()
  const heading = useFocus(due.account)
  const account = toChecksum(due.account)
  const isWhole = due.unread.every((part) => part === "explanation")
  // Until the chain is read again, a payment that was just seen counts.
  const isJustPaid = claim.at === "done" && (standing.at === "ready" || standing.at === "checking")
  const state =
    claim.at === "waiting" ? "sent" : isBusy(claim) ? "claiming" : isJustPaid ? "paid" : standing.at
  // A claim says itself how it goes.
  const isSaid = isBusy(claim) || claim.at === "done" || standing.at === "paid"
  const isLate = state === "ready" && standing.at === "ready" && standing.isLate
  return (
    <section class="hero" aria-labelledby="result-title">
      <div class="who">
        <Identicon of={due.account} />
        <h1 id="result-title" ref={heading} tabIndex={-1}>
          <span class="unseen">{t("result.for")} </span>
          {name !== undefined && <span class="name">{name} </span>}
          <Address of={due.account} link short />
        </h1>
        <Copy text={account} what={t("common.address")} />
        <span class={`pill ${isLate ? "wait" : TONE[state]}`} id="state" data-state={state} role="status">
          {t(`state.${state}`)}
        </span>
      </div>
      <BigAmount amount={standing.amount} />
      {!isSaid && (
        <p class="sub">
          <Sentence standing={standing} status={status} />
        </p>
      )}
      {isFollowed && (
        <p class="note" id="followed" role="status">
          {t("wallet.followed")}
        </p>
      )}
      {!isWhole && (
        <p class="note" id="unread" role="alert">
          {t("result.unread")}{" "}
          <button type="button" class="link" onClick={onAgain}>
            {t("check.again")}
          </button>
        </p>
      )}
      {state === "closed" && <Contact />}
      <Tranches due={due} />
      {children}
    </section>
  )
}

const TONE: Readonly<Record<Standing["at"] | "sent" | "claiming", string>> = {
  checking: "wait",
  mismatch: "bad",
  unknown: "wait",
  soon: "wait",
  ready: "good",
  announced: "wait",
  unfunded: "wait",
  closed: "wait",
  paid: "good",
  sent: "wait",
  claiming: "wait",
}

/** Shows the amount with its fraction set smaller. The number is never broken over two lines. */
export function BigAmount({ amount }: { amount: bigint }): JSX.Element {
  const { tokens, config } = usePage()
  const [number = ""] = tokens(amount).split("\u00a0")
  const cut = Math.max(number.lastIndexOf("."), number.lastIndexOf(","), number.lastIndexOf("٫"))
  // A single separator before three digits may group thousands. It starts a fraction only if the amount has one.
  const hasFraction = amount % 10n ** BigInt(config.token.decimals) !== 0n && cut > 0
  return (
    <p class="amount" id="due-total" dir="ltr">
      <span class="number">
        {hasFraction ? number.slice(0, cut) : number}
        {hasFraction && <span class="fraction">{number.slice(cut)}</span>}
      </span>{" "}
      <span class="symbol">{config.token.symbol}</span>
    </p>
  )
}

function Sentence({ standing, status }: Pick<ResultProps, "standing" | "status">): JSX.Element | null {
  const { t, tokens, language } = usePage()
  const time = (seconds: bigint): string => timeText(language.locale, seconds)
  const laterText = (later: Later): string => {
    const amount = tokens(later.amount)
    if (later.until === "funded") return t("sub.ready.unfunded", { amount })
    return later.opensAt === undefined
      ? t("sub.ready.notYet", { amount })
      : t("sub.ready.later", { amount, when: time(later.opensAt) })
  }
  switch (standing.at) {
    case "ready":
      return (
        <>
          {status !== undefined &&
            t(standing.isLate ? "sub.late" : "sub.ready", { date: time(status.sweepTime) })}
          {standing.paid > 0n && ` ${t("sub.ready.partly", { amount: tokens(standing.paid) })}`}
          {standing.later !== undefined && <> {laterText(standing.later)}</>}
        </>
      )
    case "announced":
      return (
        <>
          {standing.opensAt === undefined
            ? t("sub.notYet")
            : t("sub.announced", { when: time(standing.opensAt) })}
        </>
      )
    case "unknown":
      return <>{t(standing.otherChain ? "sub.otherChain" : "sub.unknown")}</>
    case "checking":
    case "mismatch":
    case "soon":
    case "unfunded":
    case "closed": {
      const key: TextKey = `sub.${standing.at}`
      return <>{t(key)}</>
    }
    case "paid":
      return null
  }
}

/** Shows the parts of the sum, for an account of both tranches. */
function Tranches({ due: { automatic, reserve } }: { due: Due }): JSX.Element | null {
  const { t, tokens } = usePage()
  if (automatic === undefined || reserve === undefined) return null
  return (
    <dl class="rows">
      <div id="automatic">
        <dt>{t("result.automatic")}</dt>
        <dd>
          <bdi>{tokens(automatic.amount)}</bdi>
        </dd>
      </div>
      <div id="reserve">
        <dt>{t("result.reserve")}</dt>
        <dd>
          <bdi>{tokens(reserve.cumulativeAmount)}</bdi>
        </dd>
      </div>
    </dl>
  )
}
