import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { webSource } from "../data/source.ts"
import { readFingerprint } from "../fingerprint.ts"
import { isOnDisk } from "../settings.ts"
import { Address } from "./address.tsx"
import { Copy } from "./copy.tsx"
import { usePage } from "./context.ts"
import type { Verdict, Verdicts } from "./trust.tsx"

/** Shows the checks and their outcomes, with the values to compare by eye. */
export function Checks({ contract, list }: Verdicts): JSX.Element {
  const { t, config } = usePage()
  const [opened, setOpened] = useState(false)
  const [fingerprint, setFingerprint] = useState<string | undefined>(undefined)
  // It takes every script of the page, so that it is computed for those only who want to compare it.
  useEffect(() => {
    if (!opened || isOnDisk()) return
    readFingerprint(webSource(document.baseURI), config.files).then(setFingerprint, () => undefined)
  }, [opened])
  return (
    <details
      id="checks"
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true)
      }}
    >
      <summary>
        <h2>{t("check.title")}</h2>
      </summary>
      <dl class="checks">
        <dt>{t("check.contract")}</dt>
        <dd>
          <Address of={config.contract} link />
        </dd>
        <dt>{t("check.root")}</dt>
        <dd>
          <code class="hash" dir="ltr">
            {config.automaticRoot}
          </code>
        </dd>
        <dt>{t("check.chain")}</dt>
        <dd id="check-chain">
          <Finding verdict={contract} good={t("check.chain.same")} />
        </dd>
        <dt>{t("check.files")}</dt>
        <dd id="check-files">
          <Finding verdict={list} good={t("check.files.same")} />
        </dd>
        <dt>{t("check.page")}</dt>
        <dd>
          {fingerprint !== undefined && (
            <code class="hash" id="fingerprint" dir="ltr">
              {fingerprint}
            </code>
          )}
          <span class="hint">{t(isOnDisk() ? "check.page.disk" : "check.page.how")}</span>
        </dd>
      </dl>
    </details>
  )
}

/** Copies the fingerprint of the page's files. It reads them only when it is asked. */
export function CopyFingerprint(): JSX.Element | null {
  const { t, config } = usePage()
  if (isOnDisk()) return null
  return (
    <Copy
      text={async () => await readFingerprint(webSource(document.baseURI), config.files)}
      what={t("trust.page")}
    />
  )
}

function Finding({ verdict, good }: { verdict: Verdict; good: string }): JSX.Element {
  const { t } = usePage()
  switch (verdict) {
    case "good":
      return (
        <span class="good">
          <span aria-hidden="true">✓ </span>
          {good}
        </span>
      )
    case "bad":
      return (
        <span class="problem">
          <span aria-hidden="true">✕ </span>
          {t("check.warning")}
        </span>
      )
    case "checking":
    case "unknown":
      return <span>{t(`trust.${verdict}`)}</span>
  }
}
