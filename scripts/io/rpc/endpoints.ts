/** Finds the providers of a program's chain: the given URLs, or the one in Hardhat's configuration variables. */
import { chainOf, chainText, findChain } from "../../core/ethereum/chains.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { quote } from "../../core/primitives/text.ts"
import { loadHardhat } from "../project/hardhat.ts"
import { createRpc, type RpcClient, type RpcOptions } from "./client.ts"
import { RpcError } from "./rpc-error.ts"

/**
 * Returns the URL for a chain: the given one, or that of the environment or Hardhat's keystore, which encrypts it.
 * It is never read from a file in the tree, because it may contain a key.
 * @throws AirdropError if no URL is configured
 */
export async function rpcUrl(chainId: number, given: string | undefined): Promise<string> {
  if (given !== undefined) return given
  const { rpcVariable, network: name } = chainOf(chainId)
  // The environment comes first, as in Hardhat. Hardhat need not be loaded for it.
  const fromEnvironment = process.env[rpcVariable]
  if (fromEnvironment !== undefined && fromEnvironment !== "") return fromEnvironment
  if (findChain(chainId) === undefined) throw noUrl(rpcVariable)
  const hre = await loadHardhat(`for its keystore, as neither --rpc nor ${rpcVariable} is given`)
  const network = hre.config.networks[name]
  try {
    if (network?.type !== "http") throw new Error(`${name} is not a network with a URL`)
    return await network.url.getUrl()
  } catch (cause) {
    throw noUrl(rpcVariable, cause)
  }
}

function noUrl(variable: string, cause?: unknown): AirdropError {
  return new AirdropError(`no RPC URL: ${variable} is not set`, {
    code: "usage",
    hint: `Give --rpc URL, set ${variable}, or keep it: ./airdrop hardhat keystore set ${variable}`,
    cause,
  })
}

/** Reads the id of the chain that a provider serves. @throws RpcError if it answers no number */
export async function chainIdOf(rpc: RpcClient): Promise<number> {
  const answer = await rpc.call("eth_chainId", [])
  const served = typeof answer === "string" || typeof answer === "number" ? Number(answer) : NaN
  if (Number.isSafeInteger(served)) return served
  throw new RpcError("bad-answer", rpc.host, `its chain id is ${quote(JSON.stringify(answer ?? null))}`)
}

/**
 * Opens a provider and checks that it serves the chain.
 * @param url the configured one if undefined
 * @throws AirdropError `wrong-chain` if it serves another, RpcError if it does not answer
 */
export async function openRpc(
  chainId: number,
  url: string | undefined,
  options: RpcOptions = {},
): Promise<RpcClient> {
  const rpc = createRpc(await rpcUrl(chainId, url), options)
  const served = await chainIdOf(rpc)
  if (served === chainId) return rpc
  throw new AirdropError(
    `${rpc.host} serves chain ${chainText(served)}, the program is on chain ${chainText(chainId)}`,
    { code: "wrong-chain", hint: "Give a provider of the program's chain with --rpc." },
  )
}

/** Opens the given providers, or the configured one. @throws like {@link openRpc} */
export async function openProviders(chainId: number, urls: readonly string[]): Promise<readonly RpcClient[]> {
  const clients: RpcClient[] = []
  for (const url of urls.length === 0 ? [undefined] : urls) clients.push(await openRpc(chainId, url))
  return clients
}
