import { useEffect, useMemo, useState } from "preact/hooks"
import { fromLinkText } from "../data/text.ts"

export interface HashControl {
  /** The address or name in the page's own address, or empty. */
  readonly subject: string
  /** The signed claim in the page's own address. */
  readonly signed: string | undefined
  /** Adds an entry to the browser's history, so that its Back button works. */
  readonly set: (subject: string) => void
}

/** Follows the page's address: `#0x…`, `#/0x…`, `?address=0x…` or `#signed=…`. */
export function useHash(onSubject: (subject: string) => void): HashControl {
  const [text, setText] = useState(readLocation)
  useEffect(() => {
    const changed = (): void => {
      const next = readLocation()
      setText(next)
      if (!next.startsWith("signed=")) onSubject(next)
    }
    changed()
    window.addEventListener("hashchange", changed)
    window.addEventListener("popstate", changed)
    return () => {
      window.removeEventListener("hashchange", changed)
      window.removeEventListener("popstate", changed)
    }
  }, [])
  return {
    subject: text.startsWith("signed=") ? "" : text,
    signed: useMemo(() => signedIn(text), [text]),
    set: (subject) => {
      if (subject === readLocation()) return
      const url = subject === "" ? location.pathname : `#${encodeURIComponent(subject)}`
      history.pushState(undefined, "", url)
      setText(subject)
    },
  }
}

function readLocation(): string {
  const hash = location.hash.replace(/^#\/?/, "")
  if (hash.startsWith("signed=")) return hash
  const subject = hash === "" ? (new URLSearchParams(location.search).get("address") ?? "") : hash
  try {
    return decodeURIComponent(subject).trim()
  } catch {
    return subject
  }
}

function signedIn(text: string): string | undefined {
  if (!text.startsWith("signed=")) return undefined
  try {
    return fromLinkText(text.slice("signed=".length))
  } catch {
    return text // shown as an invalid address
  }
}
