import type { JSX } from "preact"
import type { WalletDigest } from "../claim/machine.ts"
import { usePage } from "./context.ts"

/** Shows the digests that a wallet may show too, to be compared before the user confirms there. */
export function Digests({ of }: { of: readonly WalletDigest[] }): JSX.Element {
  const { t } = usePage()
  const tranches = new Set(of.map(({ tranche }) => tranche))
  return (
    <details class="digests" id="digests">
      <summary>{t("digests.title")}</summary>
      <p class="hint">{t("digests.text")}</p>
      <dl>
        {of.map(({ tranche, name, value }) => (
          <div key={`${tranche ?? ""}-${name}`}>
            <dt>
              {t(`digests.${name}`)}
              {tranche !== undefined && tranches.size > 1 && ` (${t(`result.${tranche}`)})`}
            </dt>
            <dd dir="ltr" data-digest={name}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
