import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { usePage } from "./context.ts"
import { focusRpc } from "./steps.tsx"

/** Answers that take longer than this many milliseconds are not waited for without a way out. */
const PATIENCE = 5_000

/**
 * Shows what can be done while the network does not answer.
 * @param waits true if it has not said yet that it does not: then a moment is waited first
 */
export function Reach({ waits, onRetry }: { waits: boolean; onRetry: () => void }): JSX.Element | null {
  const { t } = usePage()
  const [isLate, setIsLate] = useState(!waits)
  useEffect(() => {
    if (!waits) return undefined
    const timer = setTimeout(() => {
      setIsLate(true)
    }, PATIENCE)
    return () => {
      clearTimeout(timer)
    }
  }, [waits])
  if (!isLate) return null
  return (
    <p class="buttons" id="reach">
      <button type="button" onClick={onRetry}>
        {t("rpc.retry")}
      </button>
      <button type="button" onClick={focusRpc}>
        {t("claim.rpc")}
      </button>
    </p>
  )
}
