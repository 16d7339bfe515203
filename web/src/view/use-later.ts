import { useEffect, useState } from "preact/hooks"
import { loadLaterParts, type LaterParts } from "../later/parts.ts"

/** The time after which the other parts are loaded. An answer that takes long must not keep the user from them. */
const PAUSES_MS = { now: 0, idle: 1_500, answering: 3_000 } as const

/** A host that fails once is asked again. */
const FIRST_RETRY_MS = 1_000
const SLOWEST_RETRY_MS = 15_000

/**
 * Loads the parts of the page that the first answer does not need.
 * @param when "now" once they are wanted, "idle" while the page is not asked anything
 * @returns undefined until they are loaded
 */
export function useLater(when: keyof typeof PAUSES_MS): LaterParts | undefined {
  const [parts, setParts] = useState<LaterParts | undefined>(undefined)
  useEffect(() => {
    if (parts !== undefined) return undefined
    let timer: ReturnType<typeof setTimeout>
    const loadAfter = (pause: number): void => {
      timer = setTimeout(() => {
        loadLaterParts().then(setParts, () => {
          if (!isOver) loadAfter(Math.min(Math.max(pause * 2, FIRST_RETRY_MS), SLOWEST_RETRY_MS))
        })
      }, pause)
    }
    let isOver = false
    loadAfter(PAUSES_MS[when])
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [when])
  return parts
}
