import type { JSX } from "preact"
import { useEffect, useState } from "preact/hooks"
import { usePage } from "./context.ts"
import { focusRpc } from "./steps.tsx"

/** Answers that take longer than this many milliseconds are not waited for without a way out. */
const PATIENCE = 5_000

interface ReachProps {
  /** The time of the question, as of performance.now(); undefined if it is known that the network does not answer. */
  readonly since: number | undefined
  readonly onRetry: () => void
}

/** Shows what can be done while the network does not answer. An answer that is due any moment is waited for first. */
export function Reach({ since, onRetry }: ReachProps): JSX.Element | null {
  const { t } = usePage()
  const [isLate, setIsLate] = useState(since === undefined)
  useEffect(() => {
    if (since === undefined) return undefined
    const timer = setTimeout(
      () => {
        setIsLate(true)
      },
      Math.max(since + PATIENCE - performance.now(), 0),
    )
    return () => {
      clearTimeout(timer)
    }
  }, [since])
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
