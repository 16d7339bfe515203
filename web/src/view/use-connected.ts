import { useEffect, useRef } from "preact/hooks"
import type { Connected, WalletsState } from "./use-wallets.ts"

/**
 * Returns a function that runs work with the connected wallet, and lets the user choose one first if there is none. If
 * what is asked for changes meanwhile, or its part of the page goes, the wallet is connected and nothing more is done.
 * @param asked identifies what the work does, for the user
 */
export function useConnected(
  wallets: WalletsState,
  asked: string,
  work: (connected: Connected) => void,
): () => void {
  const latest = useRef<{ readonly asked: string; readonly work: (connected: Connected) => void }>()
  latest.current = { asked, work }
  useEffect(
    () => () => {
      latest.current = undefined
    },
    [],
  )
  return () => {
    if (wallets.connected !== undefined) work(wallets.connected)
    else
      wallets.choose((connected) => {
        if (latest.current?.asked === asked) latest.current.work(connected)
      })
  }
}
