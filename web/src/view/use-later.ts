import { useEffect, useState } from "preact/hooks"
import { loadLaterParts, type LaterParts } from "../later/parts.ts"

/** The time after which the other parts are loaded. An answer that takes long must not keep the user from them. */
const PAUSES_MS = { now: 0, idle: 1_500, answering: 8_000 } as const

/**
 * Loads the parts of the page that the first answer does not need.
 * @param when "now" once they are wanted, "idle" while the page is not asked anything
 * @returns undefined until they are loaded
 */
export function useLater(when: keyof typeof PAUSES_MS): LaterParts | undefined {
  const [parts, setParts] = useState<LaterParts | undefined>(undefined)
  useEffect(() => {
    if (parts !== undefined) return undefined
    const load = (): void => {
      loadLaterParts().then(setParts, () => undefined)
    }
    const timer = setTimeout(load, PAUSES_MS[when])
    return () => {
      clearTimeout(timer)
    }
  }, [when])
  return parts
}
