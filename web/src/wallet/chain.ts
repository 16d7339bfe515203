/** Switches a wallet to the program's chain, and adds the chain first if the wallet does not know it. */
import { isObject } from "../chain/rpc.ts"
import { ClaimFailure } from "../claim/failure.ts"
import type { WalletProvider } from "./provider.ts"

/** The chain's terms for wallet_addEthereumChain (EIP-3085). */
export interface ChainTerms {
  readonly chainId: number
  readonly name: string
  readonly currency: string
  readonly rpcUrls: readonly string[]
  readonly explorer: string | undefined
}

const UNKNOWN_CHAIN = 4902
const UNKNOWN_WORDS =
  /(?:unrecognized|unknown|unsupported) (?:chain|network)|(?:chain|network)\b.*\bnot (?:been )?(?:added|configured|found|supported|recognized)|try adding the chain|add the (?:chain|network)/i

/**
 * Switches the wallet to the chain.
 * @throws the wallet's error, or ClaimFailure "wrongChain" if it agrees and does not switch
 */
export async function ensureChain(wallet: WalletProvider, chain: ChainTerms): Promise<void> {
  if ((await chainOf(wallet)) === chain.chainId) return
  const chainId = `0x${chain.chainId.toString(16)}`
  try {
    await wallet.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] })
  } catch (error) {
    if (!isUnknownChain(error)) throw error
    await wallet.request({
      method: "wallet_addEthereumChain",
      params: [
        {
          chainId,
          chainName: chain.name,
          nativeCurrency: { name: chain.currency, symbol: chain.currency, decimals: 18 },
          rpcUrls: chain.rpcUrls,
          ...(chain.explorer === undefined ? {} : { blockExplorerUrls: [chain.explorer] }),
        },
      ],
    })
    // Some wallets switch to a chain that they add, others do not.
    if ((await chainOf(wallet)) !== chain.chainId) {
      await wallet.request({ method: "wallet_switchEthereumChain", params: [{ chainId }] })
    }
  }
  if ((await chainOf(wallet)) !== chain.chainId) throw new ClaimFailure("wrongChain")
}

export async function chainOf(wallet: WalletProvider): Promise<number> {
  return Number(await wallet.request({ method: "eth_chainId" }))
}

/** Returns true if the wallet does not know the chain: by code, by a wrapped code, or by the message alone. */
function isUnknownChain(error: unknown, depth = 0): boolean {
  if (!isObject(error) || depth > 4) return false
  if (error["code"] === UNKNOWN_CHAIN) return true
  const { message } = error
  if (typeof message === "string" && UNKNOWN_WORDS.test(message)) return true
  return ["data", "error", "originalError", "cause"].some((name) => isUnknownChain(error[name], depth + 1))
}
