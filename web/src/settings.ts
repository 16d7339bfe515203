/** What the user has chosen. It is kept for this tab alone: nothing of a visit stays on the computer. */
import { isRpcUrl, type PageConfig } from "../../scripts/core/publication/page-config.ts"

type Setting = "language" | "theme" | "rpc"

export type Theme = "auto" | "dark" | "light"

export function readSetting(name: Setting): string | undefined {
  try {
    return sessionStorage.getItem(`airdrop-${name}`) ?? undefined
  } catch {
    return undefined // storage may be forbidden; the page works without
  }
}

export function writeSetting(name: Setting, value: string): void {
  try {
    sessionStorage.setItem(`airdrop-${name}`, value)
  } catch {
    // as above
  }
}

/** The RPC in use: the user's, or the first that the page was built with. */
export function chosenRpc(config: PageConfig): string {
  const chosen = readSetting("rpc")
  return chosen !== undefined && isRpcUrl(chosen) ? chosen : (config.rpcUrls[0] ?? "")
}

export function readTheme(): Theme {
  const theme = readSetting("theme")
  return theme === "dark" || theme === "light" ? theme : "auto"
}

export function applyTheme(theme: Theme): void {
  document.documentElement.dataset["theme"] = theme
}
