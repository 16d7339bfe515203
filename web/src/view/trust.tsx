import type { ComponentChildren, FunctionComponent, JSX } from "preact"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { Copy } from "./copy.tsx"
import { usePage } from "./context.ts"

/** The result of one check so far. */
export type Verdict = "checking" | "good" | "bad" | "unknown"

export interface Verdicts {
  /** The comparison of the contract on chain with the page's settings. */
  readonly contract: Verdict
  /** The comparison of the published files with the contract. */
  readonly list: Verdict
}

interface TrustProps extends Verdicts {
  /** Copies the fingerprint of the page's files; undefined until it is loaded. */
  readonly Fingerprint: FunctionComponent | undefined
  /** Starts the check of the whole program; undefined until the published files are at hand. */
  readonly onCheckAll: (() => void) | undefined
}

/** Shows contract, list and page in one line: a tick each, and the value to compare by eye. */
export function Trust({ contract, list, Fingerprint, onCheckAll }: TrustProps): JSX.Element {
  const { t, config } = usePage()
  return (
    <section class="trust" aria-label={t("trust.title")}>
      <Tick verdict={contract} text={t("trust.contract")}>
        <Copy text={toChecksum(config.contract)} what={t("trust.contract")} />
      </Tick>
      <Tick verdict={list} text={t("trust.list")}>
        <Copy text={config.automaticRoot} what={t("trust.list")} />
      </Tick>
      <Tick verdict="unknown" text={t("trust.page")}>
        {Fingerprint !== undefined && <Fingerprint />}
      </Tick>
      <a
        href="#checks"
        onClick={(event) => {
          event.preventDefault()
          openDetails("checks")
        }}
      >
        {t("trust.details")}
      </a>
      {onCheckAll !== undefined && (
        <button type="button" class="quiet" id="check-everything" onClick={onCheckAll}>
          {t("all.start")}
        </button>
      )}
    </section>
  )
}

const SIGNS: Readonly<Record<Verdict, string>> = { checking: "…", good: "✓", bad: "✕", unknown: "○" }

function Tick({
  verdict,
  text,
  children,
}: {
  readonly verdict: Verdict
  readonly text: string
  /** The button that copies the value. */
  readonly children: ComponentChildren
}): JSX.Element {
  const { t } = usePage()
  return (
    <span class={`tick ${verdict}`} data-verdict={verdict}>
      <b aria-hidden="true">{SIGNS[verdict]}</b> {text}
      <span class="unseen">: {t(`trust.${verdict}`)}</span>
      {children}
    </span>
  )
}

/** Opens a folded part of the page and scrolls to it. */
export function openDetails(id: string): void {
  const box = document.getElementById(id)
  if (box instanceof HTMLDetailsElement) box.open = true
  box?.scrollIntoView({ block: "start" })
  box?.querySelector("summary")?.focus()
}
