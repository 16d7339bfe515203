/** Wallets as they announce themselves by EIP-6963, several at once, and each as an EIP-1193 provider. */
import { isObject } from "../chain/rpc.ts"

export interface WalletProvider {
  readonly request: (request: {
    readonly method: string
    readonly params?: readonly unknown[]
  }) => Promise<unknown>
  readonly on?: (event: string, listener: (value: unknown) => void) => void
  readonly removeListener?: (event: string, listener: (value: unknown) => void) => void
}

export interface Wallet {
  readonly id: string
  readonly name: string
  /** A data: address of a picture; anything else is dropped, nothing is ever loaded from elsewhere. */
  readonly icon: string | undefined
  readonly provider: WalletProvider
}

/** Calls back with the whole list, in the order of arrival, whenever a wallet announces itself. Returns the way out. */
export function discoverWallets(changed: (wallets: readonly Wallet[]) => void): () => void {
  const found = new Map<string, Wallet>()
  const announced = (event: Event): void => {
    const wallet = "detail" in event ? walletOf(event.detail) : undefined
    if (wallet === undefined || found.get(wallet.id)?.provider === wallet.provider) return
    found.set(wallet.id, wallet)
    changed([...found.values()])
  }
  window.addEventListener("eip6963:announceProvider", announced)
  window.dispatchEvent(new Event("eip6963:requestProvider"))
  return () => {
    window.removeEventListener("eip6963:announceProvider", announced)
  }
}

/** What an announcement has to be; wallets are strangers, so every part is looked at. */
function walletOf(detail: unknown): Wallet | undefined {
  if (!isObject(detail) || !isObject(detail["info"])) return undefined
  const { uuid, name, icon } = detail["info"]
  const { provider } = detail
  if (typeof uuid !== "string" || typeof name !== "string" || !isProvider(provider)) return undefined
  const picture = typeof icon === "string" && icon.startsWith("data:image/") ? icon : undefined
  return { id: uuid, name: name.slice(0, 40), icon: picture, provider }
}

function isProvider(value: unknown): value is WalletProvider {
  return (
    typeof value === "object" && value !== null && "request" in value && typeof value.request === "function"
  )
}
