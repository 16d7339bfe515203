import { useEffect, useState } from "preact/hooks"
import { webSource } from "../data/source.ts"
import { loadLaterParts, type LaterParts } from "../later/parts.ts"
import { isOnDisk } from "../settings.ts"

/** A page that is not asked anything loads its other parts after this time. */
const PAUSE_MS = 1_500

export interface Later {
  /** Undefined until they are loaded. */
  readonly parts: LaterParts | undefined
  /** SHA-256 over the page's own files, once computed. */
  readonly fingerprint: string | undefined
}

/**
 * Loads the parts of the page that the first answer does not need, and computes its fingerprint with them.
 * @param isNeeded true once they are wanted without a pause
 * @param files the page's own files
 */
export function useLater(isNeeded: boolean, files: readonly string[]): Later {
  const [later, setLater] = useState<Later>({ parts: undefined, fingerprint: undefined })
  useEffect(() => {
    if (later.parts !== undefined) return undefined
    const load = async (): Promise<void> => {
      const parts = await loadLaterParts()
      setLater({ parts, fingerprint: undefined })
      if (isOnDisk()) return
      const fingerprint = await parts.readFingerprint(webSource(document.baseURI), files)
      setLater({ parts, fingerprint })
    }
    const timer = setTimeout(
      () => {
        load().catch(() => undefined)
      },
      isNeeded ? 0 : PAUSE_MS,
    )
    return () => {
      clearTimeout(timer)
    }
  }, [isNeeded, files])
  return later
}
