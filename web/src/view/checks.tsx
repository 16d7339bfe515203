import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { webSource } from "../data/source.ts"
import { readFingerprint } from "../fingerprint.ts"
import { Address } from "./address.tsx"
import { usePage } from "./context.ts"

interface ChecksProps {
  /** What the chain says: undefined while it has not answered. */
  readonly chainAgrees: boolean | undefined
  readonly chainDown: boolean
  readonly filesAgree: boolean | undefined
}

/** What was checked and with what outcome, with the values to compare by eye. */
export function Checks({ chainAgrees, chainDown, filesAgree }: ChecksProps): JSX.Element {
  const { t, config } = usePage()
  const fingerprint = useFingerprint(config.files)
  return (
    <section class="card" aria-labelledby="check-title" id="checks">
      <h2 id="check-title">{t("check.title")}</h2>
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
          {chainDown ? (
            <Mark good={false} text={t("rpc.down")} />
          ) : chainAgrees === undefined ? (
            t("check.chain.asking")
          ) : (
            <Mark good={chainAgrees} text={t(chainAgrees ? "check.chain.same" : "check.warning")} />
          )}
        </dd>
        <dt>{t("check.files")}</dt>
        <dd id="check-files">
          {filesAgree === undefined ? (
            t("check.files.none")
          ) : (
            <Mark good={filesAgree} text={t(filesAgree ? "check.files.same" : "check.warning")} />
          )}
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
    </section>
  )
}

export function isOnDisk(): boolean {
  return location.protocol === "file:"
}

function Mark({ good, text }: { good: boolean; text: string }): JSX.Element {
  return (
    <span class={good ? "good" : "problem"}>
      <span aria-hidden="true">{good ? "✓ " : "✕ "}</span>
      {text}
    </span>
  )
}

const AFTER_THE_REST_MS = 1_500

/** The page's own fingerprint, computed once the page has come to rest. */
function useFingerprint(files: readonly string[]): string | undefined {
  const [fingerprint, setFingerprint] = useState<string>()
  useEffect(() => {
    if (isOnDisk()) return undefined
    const timer = setTimeout(() => {
      readFingerprint(webSource(document.baseURI), files).then(setFingerprint, () => undefined)
    }, AFTER_THE_REST_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [files])
  return fingerprint
}
