/** Stores the user's settings for this tab only. Nothing of a visit stays on the computer. */
import { isRpcUrl } from "../../scripts/core/ethereum/rpc-url.ts"
import type { PageConfig } from "../../scripts/core/publication/page-config.ts"

type Setting = "language" | "theme" | "rpc" | "nameRpc"

export type Theme = "auto" | "dark" | "light"

export function readSetting(name: Setting): string | undefined {
  try {
    return sessionStorage.getItem(`airdrop-${name}`) ?? undefined
  } catch {
    return undefined // storage may be forbidden; the page works anyway
  }
}

/** Keeps a setting, or forgets it where the value is empty. */
export function writeSetting(name: Setting, value: string): void {
  try {
    if (value === "") sessionStorage.removeItem(`airdrop-${name}`)
    else sessionStorage.setItem(`airdrop-${name}`, value)
  } catch {
    // storage may be forbidden; the page works anyway
  }
}

/** Returns the RPC in use: the user's, or the first in the page's settings. */
export function chosenRpc(config: PageConfig): string {
  const chosen = readSetting("rpc")
  return chosen !== undefined && isRpcUrl(chosen) ? chosen : (config.rpcUrls[0] ?? "")
}

/**
 * Returns the page's second RPC, for use when the first does not answer. Returns undefined if the user has chosen
 * their own RPC, because no other provider should learn what they look up.
 */
export function spareRpc(config: PageConfig): string | undefined {
  return readSetting("rpc") === undefined ? config.rpcUrls[1] : undefined
}

/** Returns the RPC of Ethereum for ENS names, if the user has entered one. */
export function nameRpc(config: PageConfig): string | undefined {
  const chosen = readSetting("nameRpc")
  if (chosen !== undefined && isRpcUrl(chosen)) return chosen
  return config.chainId === 1 ? chosenRpc(config) : undefined
}

export function readTheme(): Theme {
  const theme = readSetting("theme")
  return theme === "dark" || theme === "light" ? theme : "auto"
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme
}

/** Returns true if the page was opened from a disk. */
export function isOnDisk(): boolean {
  return location.protocol === "file:"
}
