import { useEffect, useRef, useState } from "preact/hooks"
import { parseAddress, type Address } from "../../../scripts/core/primitives/address.ts"
import { ClaimFailure, failureOf, type Failure } from "../claim/failure.ts"
import { discoverWallets, type Wallet } from "../wallet/discovery.ts"
import { isFramed, safeWallet } from "../wallet/safe-app.ts"

export interface Connected {
  readonly wallet: Wallet
  readonly account: Address
}

export interface WalletsState {
  readonly found: readonly Wallet[]
  readonly connected: Connected | undefined
  readonly connecting: Wallet | undefined
  readonly failure: Failure | undefined
  /** True if the panel with the wallets is shown. */
  readonly open: boolean
  /** True if another page frames this one and has not offered a Safe. Then no claim is possible here. */
  readonly framed: boolean
  /** Shows the panel. @param then runs once a wallet is connected */
  readonly choose: (then?: (connected: Connected) => void) => void
  readonly close: () => void
  readonly connect: (wallet: Wallet) => void
  /** Stops waiting for a wallet that does not answer. */
  readonly cancel: () => void
  readonly disconnect: () => void
}

/** Keeps the list of wallets and the one in use. Follows changes of the account in the wallet. */
export function useWallets(safeOrigins: readonly string[]): WalletsState {
  const [found, setFound] = useState<readonly Wallet[]>([])
  const [connected, setConnected] = useState<Connected>()
  const [connecting, setConnecting] = useState<Wallet>()
  const [failure, setFailure] = useState<Failure>()
  const [open, setOpen] = useState(false)
  const [framed, setFramed] = useState(isFramed)
  const afterwards = useRef<(connected: Connected) => void>()
  const attempt = useRef(0)

  useEffect(() => {
    if (!isFramed()) return discoverWallets(setFound)
    void safeWallet(safeOrigins).then((safe) => {
      if (safe === undefined) return
      setFound([safe])
      setFramed(false)
      void ask(safe)
    })
    return undefined
  }, [])

  const wallet = connected?.wallet
  useEffect(() => {
    if (wallet === undefined) return undefined
    const changed = (accounts: unknown): void => {
      const account = firstAccount(accounts)
      setConnected(account === undefined ? undefined : { wallet, account })
    }
    wallet.provider.on?.("accountsChanged", changed)
    return () => {
      wallet.provider.removeListener?.("accountsChanged", changed)
    }
  }, [wallet])

  const ask = async (chosen: Wallet): Promise<void> => {
    const mine = ++attempt.current
    setConnecting(chosen)
    setFailure(undefined)
    try {
      const account = firstAccount(await chosen.provider.request({ method: "eth_requestAccounts" }))
      if (mine !== attempt.current) return
      if (account === undefined) throw new ClaimFailure("walletLocked")
      const now = { wallet: chosen, account }
      setConnected(now)
      setOpen(false)
      afterwards.current?.(now)
      afterwards.current = undefined
    } catch (error) {
      if (mine === attempt.current) setFailure(failureOf(error))
    } finally {
      if (mine === attempt.current) setConnecting(undefined)
    }
  }
  const cancel = (): void => {
    attempt.current++
    setConnecting(undefined)
  }
  return {
    found,
    connected,
    connecting,
    failure,
    open,
    framed,
    choose: (then) => {
      afterwards.current = then
      setFailure(undefined)
      setOpen(true)
    },
    close: () => {
      cancel()
      afterwards.current = undefined
      setOpen(false)
    },
    connect: (chosen) => {
      void ask(chosen)
    },
    cancel,
    disconnect: () => {
      setConnected(undefined)
      setOpen(false)
    },
  }
}

function firstAccount(accounts: unknown): Address | undefined {
  const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined
  // Wallets write addresses in any casing, so the casing carries no checksum here.
  return typeof first === "string" ? parseAddress(first.toLowerCase()) : undefined
}
