import { useEffect, useMemo, useState } from "preact/hooks"
import { fromLinkText } from "../data/text.ts"

export interface HashControl {
  /** The address in the page's own address, empty if there is none. */
  readonly address: string
  /** The signed claim in the page's own address. */
  readonly signed: string | undefined
  readonly set: (address: string) => void
}

/** Follows what stands behind the # of the page's address: `#0x…` or `#signed=…`. */
export function useHash(onAddress: (address: string) => void): HashControl {
  const [text, setText] = useState(location.hash.slice(1))
  useEffect(() => {
    const changed = (): void => {
      const next = location.hash.slice(1)
      setText(next)
      if (next.startsWith("0x")) onAddress(next)
    }
    changed()
    window.addEventListener("hashchange", changed)
    return () => {
      window.removeEventListener("hashchange", changed)
    }
  }, [])
  return {
    address: text.startsWith("0x") ? text : "",
    signed: useMemo(() => signedIn(text), [text]),
    set: (address) => {
      // Without an event, which would look the address up a second time.
      history.replaceState(undefined, "", `#${encodeURIComponent(address)}`)
      setText(address)
    },
  }
}

function signedIn(text: string): string | undefined {
  if (!text.startsWith("signed=")) return undefined
  try {
    return fromLinkText(text.slice("signed=".length))
  } catch {
    return text // shown as what it is not
  }
}
