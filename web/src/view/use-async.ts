import { useCallback, useEffect, useRef, useState } from "preact/hooks"

export type Async<T> =
  | { readonly state: "idle" }
  | { readonly state: "busy"; readonly value?: T | undefined }
  | { readonly state: "done"; readonly value: T }
  | { readonly state: "failed"; readonly error: unknown }

/**
 * Runs work whenever its inputs change, and again on demand. A late answer is dropped. While work runs again, the
 * last value stays.
 * @param work undefined if there is nothing to do yet
 */
export function useAsync<T>(
  work: (() => Promise<T>) | undefined,
  inputs: readonly unknown[],
): { readonly result: Async<T>; readonly again: () => void } {
  const [result, setResult] = useState<Async<T>>({ state: "idle" })
  const [turn, setTurn] = useState(0)
  const newest = useRef(0)
  useEffect(() => {
    const mine = ++newest.current
    const put = (next: Async<T>): void => {
      if (newest.current === mine) setResult(next)
    }
    if (work === undefined) {
      put({ state: "idle" })
      return
    }
    setResult((last) => ({ state: "busy", value: last.state === "done" ? last.value : undefined }))
    work().then(
      (value) => {
        put({ state: "done", value })
      },
      (error: unknown) => {
        put({ state: "failed", error })
      },
    )
  }, [...inputs, turn])
  const again = useCallback(() => {
    setTurn((last) => last + 1)
  }, [])
  return { result, again }
}

/** Returns the value, also while it is being read again. */
export function valueOf<T>(result: Async<T>): T | undefined {
  return result.state === "done" || result.state === "busy" ? result.value : undefined
}
