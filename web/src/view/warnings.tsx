import type { JSX } from "preact"
import type { TextKey } from "../text/en.ts"
import { usePage } from "./context.ts"

export interface Warning {
  readonly key: TextKey
  readonly values: Readonly<Record<string, string>>
}

/** Returns true for a file that could not be loaded. Any other key is a sign of tampering or damage. */
export function isMishap(key: TextKey): boolean {
  return key === "check.bad.data"
}

/** Shows the reasons against using this page. With any such reason, no claim is offered. */
export function Warnings({
  warnings,
  onAgain,
}: {
  warnings: readonly Warning[]
  onAgain: () => void
}): JSX.Element | null {
  const { t } = usePage()
  if (warnings.length === 0) return null
  const onlyMishaps = warnings.every(({ key }) => isMishap(key))
  return (
    <section class={onlyMishaps ? "note" : "warning"} role="alert" id="warning">
      {!onlyMishaps && <h2>{t("check.warning")}</h2>}
      {warnings.map(({ key, values }) => (
        <p key={key} data-warning={key}>
          {t(key, values)}
        </p>
      ))}
      <button type="button" onClick={onAgain}>
        {t("check.again")}
      </button>
    </section>
  )
}
