import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { usePage } from "./context.ts"

const SHOWN_MS = 2_000

interface CopyProps {
  /** The text, or how to get it: nothing is copied where that gives undefined. */
  readonly text: string | (() => Promise<string | undefined>)
  readonly what: string
}

/** Shows a button that copies a text, and says so once it has. */
export function Copy({ text, what }: CopyProps): JSX.Element {
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
      const value = typeof text === "string" ? text : await text()
      if (value === undefined) return
      await navigator.clipboard.writeText(value)
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
      title={t("common.copy", { what })}
      onClick={() => {
        void copy()
      }}
    >
      {!copied && (
        <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden="true">
          <path d="M5.5 5.5v-4h9v9h-4M1.5 5.5h9v9h-9z" />
        </svg>
      )}
      <span aria-live="polite">{copied && t("common.copied")}</span>
    </button>
  )
}
