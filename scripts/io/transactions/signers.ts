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
import type { Command } from "commander"
import { quote } from "../../core/primitives/text.ts"
import { parseAddress, toChecksum } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { chainName } from "../rpc/endpoints.ts"

/** Where the signing key is. Exactly one is to be given; none of them is a key itself. */
export interface SignerOptions {
  /** Name of a variable of the environment or of Hardhat's keystore that holds a private key. */
  readonly key?: string
  /** Address of an account that the node, or the wallet behind `wallet`, signs for. */
  readonly account?: string
  /** URL of a wallet that answers JSON-RPC; the node itself if absent. */
  readonly wallet?: string
}

const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/
const PRIVATE_KEY = /^(0x)?[0-9a-fA-F]{64}$/

/** Adds the options of {@link SignerOptions} to a verb. */
export function addSignerOptions(command: Command): Command {
  return command
    .option("--key <name>", "variable that holds the key: of the environment, else of Hardhat's keystore")
    .option("--account <address>", "an account that the node or the wallet signs for")
    .option(
      "--wallet <url>",
      "a wallet's JSON-RPC, such as Frame's with a Ledger behind it: http://127.0.0.1:1248",
    )
}

/**
 * Looks at the options before anything else is done.
 * @throws AirdropError if none or more than one signer is named, or a key stands where a name should
 */
export function checkSignerOptions({ key, account, wallet }: SignerOptions): void {
  if (key === undefined && account === undefined && wallet === undefined) {
    throw new AirdropError("it is not said who signs", {
      hint: "Give --key NAME (./airdrop hardhat keystore set NAME stores one), --account ADDRESS or --wallet URL.",
    })
  }
  if (key !== undefined && (account !== undefined || wallet !== undefined)) {
    throw new AirdropError("--key and --account or --wallet name two different signers: give one")
  }
  if (key !== undefined && PRIVATE_KEY.test(key)) {
    throw new AirdropError("--key takes the name of a variable, not a key; take that key for known by now")
  }
  if (key !== undefined && !VARIABLE.test(key)) {
    throw new AirdropError(`${quote(key)} is not the name of a variable`)
  }
  if (wallet !== undefined && !/^https?:$/.test(URL.parse(wallet)?.protocol ?? "")) {
    throw new AirdropError("--wallet is not a URL that begins with http:// or https://", {
      hint: "It is where a wallet answers JSON-RPC; a key is given with --key NAME.",
    })
  }
}

/**
 * The account that signs and sends.
 * @throws AirdropError as {@link checkSignerOptions}, or if the signer cannot be had
 */
export async function openSigner(options: SignerOptions, provider: Provider): Promise<Signer> {
  checkSignerOptions(options)
  if (options.key !== undefined) return await keySigner(options.key, provider)
  return await nodeSigner(options, provider)
}

async function keySigner(name: string, provider: Provider): Promise<Signer> {
  const key = await readKey(name)
  try {
    return new Wallet(key, provider)
  } catch {
    // The cause would carry the key: zero, and numbers beyond the curve's order, are none.
    throw notAKey(name)
  }
}

function notAKey(name: string): AirdropError {
  return new AirdropError(`the variable ${name} does not hold a private key`)
}

/**
 * Reads a private key by the name of its variable: from the environment, else from Hardhat's encrypted keystore,
 * which asks for its password. Keys are never taken from arguments, which other users and the shell's history see.
 */
async function readKey(name: string): Promise<string> {
  const value = process.env[name] ?? (await readKeystore(name))
  if (!PRIVATE_KEY.test(value)) throw notAKey(name)
  return value.startsWith("0x") ? value : `0x${value}`
}

async function readKeystore(name: string): Promise<string> {
  const { default: hre } = await import("hardhat")
  const missing = (): never => {
    throw new AirdropError(`neither the environment nor Hardhat's keystore has ${name}`, {
      hint: `./airdrop hardhat keystore set ${name} stores it encrypted, outside the project.`,
    })
  }
  const variable = { _type: "ConfigurationVariable", name } as const
  try {
    return await hre.hooks.runHandlerChain("configurationVariables", "fetchValue", [variable], missing)
  } catch (cause) {
    if (cause instanceof AirdropError) throw cause
    const [reason = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n")
    throw new AirdropError(`Hardhat's keystore does not give ${name}: ${reason}`, { exit: 1, cause })
  }
}

async function nodeSigner({ account, wallet }: SignerOptions, provider: Provider): Promise<Signer> {
  const source = wallet === undefined ? provider : await openWallet(wallet, provider)
  if (!(source instanceof JsonRpcApiProvider))
    throw new AirdropError("--account needs a node reached by JSON-RPC")
  // A node may sign for accounts that it does not list; one that it cannot sign for is refused when it should.
  if (account !== undefined) return new JsonRpcSigner(source, toChecksum(parseAddress(account)))
  try {
    return await source.getSigner(0)
  } catch (cause) {
    if (cause instanceof AirdropError) throw cause
    throw new AirdropError(`${wallet ?? "the node"} signs for no account`, { cause })
  }
}

/** Asks a wallet once, and not again: what is repeated might be signed or sent twice. */
class WalletProvider extends JsonRpcProvider {
  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    try {
      return await super._send(payload)
    } catch (cause) {
      const { host } = new URL(this._getConnection().url)
      throw new AirdropError(`the wallet at ${host} does not answer`, {
        exit: 1,
        hint: "Start and unlock it, and look up where it serves JSON-RPC: that is what --wallet takes.",
        cause,
      })
    }
  }
}

/** A wallet sends to the chain that it has selected, which need not be the one that is read here. */
async function openWallet(url: string, provider: Provider): Promise<JsonRpcProvider> {
  const { chainId } = await provider.getNetwork()
  const wallet = new WalletProvider(url, chainId, { staticNetwork: true })
  const theirs: unknown = await wallet.send("eth_chainId", [])
  if (Number(theirs) !== Number(chainId)) {
    wallet.destroy()
    throw new AirdropError(`the wallet is on chain ${chainName(theirs)}, the program on ${chainId}`)
  }
  return wallet
}
