import { useEffect, useState } from "preact/hooks"
import { parseAddress, type Address } from "../../../scripts/core/primitives/address.ts"
import { ClaimFailure, failureOf, type Failure } from "../claim/failure.ts"
import { discoverWallets, type Wallet } from "../wallet/discovery.ts"

export interface WalletsState {
  readonly found: readonly Wallet[]
  readonly connected: { readonly wallet: Wallet; readonly account: Address } | undefined
  readonly connecting: Wallet | undefined
  readonly failure: Failure | undefined
  readonly connect: (wallet: Wallet) => void
  readonly disconnect: () => void
}

/** The wallets there are, and the one in use; follows changes of the account in the wallet. */
export function useWallets(): WalletsState {
  const [found, setFound] = useState<readonly Wallet[]>([])
  const [connected, setConnected] = useState<WalletsState["connected"]>()
  const [connecting, setConnecting] = useState<Wallet>()
  const [failure, setFailure] = useState<Failure>()

  useEffect(() => discoverWallets(setFound), [])

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
    setConnecting(chosen)
    setFailure(undefined)
    try {
      const account = firstAccount(await chosen.provider.request({ method: "eth_requestAccounts" }))
      if (account === undefined) throw new ClaimFailure("walletLocked")
      setConnected({ wallet: chosen, account })
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      setConnecting(undefined)
    }
  }
  return {
    found,
    connected,
    connecting,
    failure,
    connect: (chosen) => {
      void ask(chosen)
    },
    disconnect: () => {
      setConnected(undefined)
    },
  }
}

function firstAccount(accounts: unknown): Address | undefined {
  const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined
  // Wallets write addresses in any casing, so the checksum says nothing here.
  return typeof first === "string" ? parseAddress(first.toLowerCase()) : undefined
}
