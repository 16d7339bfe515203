/** Discovers wallets by EIP-6963, several at once, each as an EIP-1193 provider. */
import { visible } from "../../../scripts/core/primitives/text.ts"
import { isObject } from "../chain/rpc.ts"
import type { WalletProvider } from "./provider.ts"

export interface Wallet {
  readonly id: string
  /** Empty if the wallet did not announce a name. */
  readonly name: string
  /** A data: address of a picture. Any other address is dropped, because the page loads nothing from elsewhere. */
  readonly icon: string | undefined
  readonly provider: WalletProvider
}

/** An in-app browser may set only window.ethereum, the older convention, and announce nothing. */
const LEGACY_ID = "window.ethereum"
const LEGACY_AFTER_MS = 300

/**
 * Calls back with the whole list, in the order of arrival, whenever a wallet announces itself.
 * @returns a function that stops it
 */
export function discoverWallets(changed: (wallets: readonly Wallet[]) => void): () => void {
  const found = new Map<string, Wallet>()
  const announced = (event: Event): void => {
    const wallet = "detail" in event ? walletOf(event.detail) : undefined
    if (wallet === undefined || found.get(wallet.id)?.provider === wallet.provider) return
    found.delete(LEGACY_ID)
    found.set(wallet.id, wallet)
    changed([...found.values()])
  }
  const legacy = (): void => {
    const provider: unknown = Reflect.get(window, "ethereum")
    if (found.size > 0 || !isProvider(provider)) return
    found.set(LEGACY_ID, { id: LEGACY_ID, name: "", icon: undefined, provider })
    changed([...found.values()])
  }
  window.addEventListener("eip6963:announceProvider", announced)
  window.dispatchEvent(new Event("eip6963:requestProvider"))
  // Some set it after the page's scripts have run, and announce that by this event.
  const timer = setTimeout(legacy, LEGACY_AFTER_MS)
  window.addEventListener("ethereum#initialized", legacy)
  return () => {
    clearTimeout(timer)
    window.removeEventListener("ethereum#initialized", legacy)
    window.removeEventListener("eip6963:announceProvider", announced)
  }
}

/**
 * Reads an announcement; undefined if it is malformed. Announcements come from outside, so every field is checked.
 */
function walletOf(detail: unknown): Wallet | undefined {
  if (!isObject(detail) || !isObject(detail["info"])) return undefined
  const { uuid, name, icon } = detail["info"]
  const { provider } = detail
  if (typeof uuid !== "string" || typeof name !== "string" || !isProvider(provider)) return undefined
  const picture = typeof icon === "string" && icon.startsWith("data:image/") ? icon : undefined
  return { id: uuid, name: visible(name.slice(0, 40)), icon: picture, provider }
}

function isProvider(value: unknown): value is WalletProvider {
  return (
    typeof value === "object" && value !== null && "request" in value && typeof value.request === "function"
  )
}
