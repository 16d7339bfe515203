import type { JSX } from "preact"
import { useState } from "preact/hooks"
import type { Address as AddressText } from "../../../scripts/core/primitives/address.ts"
import { parseSignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import { saveFile } from "../data/save.ts"
import { toLinkText } from "../data/text.ts"
import { timeText } from "../text/format.ts"
import { usePage } from "./context.ts"

/** Offers a signed claim as a file, or as a link to this page. */
export function SignedOutput({ text, account }: { text: string; account: AddressText }): JSX.Element {
  const { t, language } = usePage()
  const [copied, setCopied] = useState(false)
  const { deadline } = parseSignedClaim(text, "the signed claim")
  const link = `${location.href.split("#")[0] ?? ""}#signed=${toLinkText(text)}`

  const save = (): void => {
    saveFile(`signed-claim-${account}.json`, text, "application/json")
  }
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(link)
    setCopied(true)
  }
  return (
    <div class="signed" id="signed">
      <h2>{t("signed.title")}</h2>
      <p>{t("signed.text", { date: timeText(language.locale, deadline) })}</p>
      <p class="buttons">
        <button type="button" class="primary" onClick={save}>
          {t("signed.file")}
        </button>
        <button
          type="button"
          onClick={() => {
            void copy()
          }}
        >
          {t("signed.link")}
        </button>
      </p>
      <p class="status" role="status">
        {copied ? t("signed.copied") : ""}
      </p>
      <textarea id="signed-text" readOnly dir="ltr" rows={6} aria-label={t("signed.title")} value={text} />
    </div>
  )
}
