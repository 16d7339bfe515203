/** The context of every part of the page: the settings, the language, and the RPC. */
import { createContext } from "preact"
import { useContext } from "preact/hooks"
import type { Rpc } from "../chain/rpc.ts"
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import type { Language } from "../text/language.ts"
import type { WalletProvider } from "../wallet/provider.ts"
import { amountText } from "../text/format.ts"

export interface PageContext {
  readonly config: PageConfig
  readonly language: Language
  readonly rpc: Rpc
  /** The connected wallet. */
  readonly wallet: WalletProvider | undefined
  /** True if the wallet is a Safe, whose other owners confirm what is sent. */
  readonly isSafe: boolean
}

export const Page = createContext<PageContext | undefined>(undefined)

export function usePage(): PageContext & {
  readonly t: Language["t"]
  /** Writes base units as tokens with the symbol. */
  readonly tokens: (amount: bigint) => string
} {
  const page = useContext(Page)
  if (page === undefined) throw new Error("usePage is called outside of the page's context")
  const { config, language } = page
  const tokens = (amount: bigint): string =>
    `${amountText(language.locale, amount, config.token.decimals)}\u00a0${config.token.symbol}`
  return { ...page, t: language.t, tokens }
}
