import {
  JsonRpcApiProvider,
  JsonRpcProvider,
  JsonRpcSigner,
  Wallet,
  type JsonRpcPayload,
  type JsonRpcResult,
  type Provider,
  type Signer,
} from "ethers"
import { parseAddress, toChecksum } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { checkSignerOptions, PRIVATE_KEY, type SignerOptions } from "../terminal/signer-options.ts"
import { loadHardhat } from "../project/hardhat.ts"
import { chainText } from "../../core/ethereum/chains.ts"

/**
 * Opens the account that signs and sends.
 * @throws AirdropError like {@link checkSignerOptions}, or if there is no such key, node or wallet
 */
export async function openSigner(options: SignerOptions, provider: Provider): Promise<Signer> {
  checkSignerOptions(options)
  if (options.key !== undefined) return await openKey(options.key, provider)
  return await nodeSigner(options, provider)
}

/**
 * Opens a key by the name of its variable.
 * @param provider undefined to sign messages only
 * @throws AirdropError if there is no such variable, or it holds no key
 */
export async function openKey(name: string, provider?: Provider): Promise<Signer> {
  const key = await readKey(name)
  try {
    return new Wallet(key, provider ?? null)
  } catch {
    // Zero and numbers beyond the curve's order are not keys. The cause is dropped, because it contains the number.
    throw notAKey(name)
  }
}

function notAKey(name: string): AirdropError {
  return new AirdropError(`the variable ${name} does not hold a private key`, { code: "invalid-value" })
}

/**
 * Reads a private key by the name of its variable: from the environment, or from Hardhat's encrypted keystore, which
 * asks for its password. Keys are never taken from arguments, which other users and the shell's history can see.
 */
export async function readKey(name: string): Promise<string> {
  const value = process.env[name] ?? (await readKeystore(name))
  if (!PRIVATE_KEY.test(value)) throw notAKey(name)
  return value.startsWith("0x") ? value : `0x${value}`
}

async function readKeystore(name: string): Promise<string> {
  const hre = await loadHardhat(`for its keystore, as the environment does not have ${name}`)
  const missing = (): never => {
    throw new AirdropError(`neither the environment nor Hardhat's keystore has ${name}`, {
      code: "unknown",
      hint: `./airdrop hardhat keystore set ${name} stores it encrypted, outside the project.`,
    })
  }
  const variable = { _type: "ConfigurationVariable", name } as const
  try {
    return await hre.hooks.runHandlerChain("configurationVariables", "fetchValue", [variable], missing)
  } catch (cause) {
    if (cause instanceof AirdropError) throw cause
    const [reason = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n")
    throw new AirdropError(`Hardhat's keystore does not give ${name}: ${reason}`, {
      code: "tool-failed",
      cause,
    })
  }
}

async function nodeSigner({ account, wallet }: SignerOptions, provider: Provider): Promise<Signer> {
  const source = wallet === undefined ? provider : await openWallet(wallet, provider)
  if (!(source instanceof JsonRpcApiProvider))
    throw new AirdropError("--account needs a node that is reached by JSON-RPC", { code: "usage" })
  // A node may sign for accounts that it does not list. It refuses the others itself.
  if (account !== undefined) return new JsonRpcSigner(source, toChecksum(parseAddress(account)))
  try {
    return await source.getSigner(0)
  } catch (cause) {
    if (cause instanceof AirdropError) throw cause
    throw new AirdropError(`${wallet ?? "the node"} signs for no account`, { code: "unknown", cause })
  }
}

/** A wallet that is asked only once: a repeated request might be signed or sent twice. */
class WalletProvider extends JsonRpcProvider {
  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    try {
      return await super._send(payload)
    } catch (cause) {
      const { host } = new URL(this._getConnection().url)
      throw new AirdropError(`the wallet at ${host} does not answer`, {
        code: "rpc-later",
        hint: "Start and unlock it, and give --wallet the URL where it serves JSON-RPC.",
        cause,
      })
    }
  }
}

/** Opens a wallet. It sends to its selected chain, which may differ from the one read here. */
async function openWallet(url: string, provider: Provider): Promise<JsonRpcProvider> {
  const { chainId } = await provider.getNetwork()
  const wallet = new WalletProvider(url, chainId, { staticNetwork: true })
  const theirs: unknown = await wallet.send("eth_chainId", [])
  if (Number(theirs) !== Number(chainId)) {
    wallet.destroy()
    throw new AirdropError(`the wallet is on chain ${chainText(Number(theirs))}, the program on ${chainId}`, {
      code: "wrong-chain",
      hint: "Select the chain of the program in the wallet, then run the same command again.",
    })
  }
  return wallet
}
