/** Where a program's chain is reached: the URLs given, else the one in Hardhat's configuration variables. */
import { findChain } from "../../core/ethereum/chains.ts"
import { quote } from "../../core/primitives/text.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { createRpc, type RpcClient } from "./client.ts"
import { RpcError } from "./rpc-error.ts"

/**
 * The URL for a chain: the one given, else from the environment or Hardhat's keystore, which keeps it encrypted.
 * Never from a file in the tree: it may hold a key.
 * @throws AirdropError if there is none
 */
export async function rpcUrl(chainId: number, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  const known = findChain(chainId)
  if (known === undefined) {
    throw new AirdropError(`no RPC URL is configured for chain ${chainId}`, { hint: "Give one: --rpc URL" })
  }
  // As Hardhat has it, the environment goes first; for that alone Hardhat need not be loaded.
  const fromEnvironment = process.env[known.rpcVariable]
  if (fromEnvironment !== undefined && fromEnvironment !== "") return fromEnvironment
  const { default: hre } = await import("hardhat")
  const network = hre.config.networks[known.network]
  try {
    if (network?.type !== "http") throw new Error(`${known.network} is not a network with a URL`)
    return await network.url.getUrl()
  } catch (cause) {
    throw new AirdropError(`no RPC URL: ${known.rpcVariable} is not set`, {
      hint: `Give --rpc URL, set ${known.rpcVariable}, or keep it: ./airdrop hardhat keystore set ${known.rpcVariable}`,
      cause,
    })
  }
}

/**
 * Opens the providers of a chain and checks that they are of it.
 * @param urls as given by the user; the configured one if there are none
 * @throws AirdropError if one is of another chain or cannot be reached
 */
export async function openProviders(chainId: number, urls: readonly string[]): Promise<readonly RpcClient[]> {
  const clients = (urls.length === 0 ? [await rpcUrl(chainId, undefined)] : urls).map((url) => createRpc(url))
  for (const client of clients) {
    const answer = await client.call("eth_chainId", [])
    if (Number(answer) !== chainId) {
      throw new AirdropError(
        `${client.host} is of chain ${chainName(answer)}, the program of chain ${chainId}`,
      )
    }
  }
  return clients
}

/** Runs `work` and turns what a provider could not do into one clear line; other errors pass. */
export async function explainRpcErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    throw new AirdropError(error.message, { exit: 1, cause: error, hint: HINTS[error.kind] })
  }
}

const HINTS: Readonly<Record<RpcError["kind"], string>> = {
  "too-much": "Even the smallest question was too much for this provider: try another.",
  "missing-method": "This provider does not serve a method that is needed: try another.",
  "missing-state": "This provider does not keep the state of that block: an archive provider does.",
  reverted: "A contract refused: is this the right network, block and contract?",
  rejected: "The provider says no: check its URL and its terms, or try another.",
  unreachable: "Run the same again later: what was read already is kept, and it goes on from there.",
}

/** The chain id of an answer, or the answer itself where it is none. */
export function chainName(answer: unknown): string {
  const id = Number(answer)
  return Number.isSafeInteger(id) ? String(id) : quote(JSON.stringify(answer ?? null))
}
