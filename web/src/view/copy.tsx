import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { usePage } from "./context.ts"

const SHOWN_MS = 2_000

/** Shows a button that copies a text, and says so once it has. */
export function Copy({ text, what }: { text: string; what: string }): JSX.Element {
  const { t } = usePage()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => {
      setCopied(false)
    }, SHOWN_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [copied])
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // A browser may refuse. The text can still be selected by hand.
    }
  }
  return (
    <button
      type="button"
      class="copy"
      aria-label={t("common.copy", { what })}
      onClick={() => {
        void copy()
      }}
    >
      <span aria-live="polite">{t(copied ? "common.copied" : "common.copyShort")}</span>
    </button>
  )
}
