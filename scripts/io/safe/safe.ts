/** Creates Safes and reads them. */
import { BaseContract, Interface, type BlockTag, type Provider, type Signer } from "ethers"
import { parseAddress, ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { SafeIdentity } from "../../core/safe/safe-transaction.ts"
import { RpcError } from "../rpc/rpc-error.ts"
import { safeContracts } from "./deployments.ts"

/** The functions of a Safe that are used here. */
export const SAFE = new Interface([
  "function setup(address[] owners, uint256 threshold, address to, bytes data, address fallbackHandler, address paymentToken, uint256 payment, address payable paymentReceiver)",
  "function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, bytes signatures) payable returns (bool)",
  "function getTransactionHash(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, uint256 nonce) view returns (bytes32)",
  "function approveHash(bytes32 hashToApprove)",
  "function domainSeparator() view returns (bytes32)",
  "function nonce() view returns (uint256)",
  "function VERSION() view returns (string)",
  "function getThreshold() view returns (uint256)",
  "function getOwners() view returns (address[])",
  "event ExecutionSuccess(bytes32 indexed txHash, uint256 payment)",
  "event ExecutionFailure(bytes32 indexed txHash, uint256 payment)",
])

type View<Value> = (at?: { readonly blockTag: BlockTag }) => Promise<Value>

/** The views of a Safe that are called here, for `BaseContract.from`. */
export interface SafeViews {
  readonly VERSION: View<string>
  readonly nonce: View<bigint>
  readonly getThreshold: View<bigint>
  readonly getOwners: View<readonly string[]>
}

const FACTORY = new Interface([
  "function createProxyWithNonce(address singleton, bytes initializer, uint256 saltNonce) returns (address proxy)",
  "event ProxyCreation(address indexed proxy, address singleton)",
])

/** The state of a Safe on chain. */
export interface SafeState extends SafeIdentity {
  readonly owners: readonly Address[]
  readonly threshold: number
  /** The nonce of the next transaction. */
  readonly nonce: bigint
}

export interface NewSafe {
  readonly owners: readonly string[]
  readonly threshold: number
  /** Distinguishes Safes of the same owners. */
  readonly saltNonce?: bigint
}

/** Creates a Safe through the real factory and returns its address. */
export async function createSafe(
  sender: Signer,
  { owners, threshold, saltNonce = 0n }: NewSafe,
): Promise<Address> {
  const chainId = Number((await requireProvider(sender).getNetwork()).chainId)
  const { singleton, proxyFactory, fallbackHandler } = safeContracts(chainId)
  const initializer = SAFE.encodeFunctionData("setup", [
    owners,
    threshold,
    ZERO_ADDRESS,
    "0x",
    fallbackHandler,
    ZERO_ADDRESS,
    0n,
    ZERO_ADDRESS,
  ])
  const data = FACTORY.encodeFunctionData("createProxyWithNonce", [singleton, initializer, saltNonce])
  const receipt = await (await sender.sendTransaction({ to: proxyFactory, data })).wait()
  for (const log of receipt?.logs ?? []) {
    const event = parseAddress(log.address.toLowerCase()) === proxyFactory ? FACTORY.parseLog(log) : null
    if (event !== null) return parseAddress(String(event.args["proxy"]))
  }
  throw new AirdropError("the Safe's factory announced no new Safe", { code: "rpc-answer" })
}

/**
 * Reads a Safe.
 * @throws AirdropError if the address is not a Safe
 */
export async function readSafe(provider: Provider, address: Address): Promise<SafeState> {
  const safe = BaseContract.from<SafeViews>(address, SAFE, provider)
  try {
    const [network, version, nonce, threshold, owners] = await Promise.all([
      provider.getNetwork(),
      safe.VERSION(),
      safe.nonce(),
      safe.getThreshold(),
      safe.getOwners(),
    ])
    return {
      chainId: Number(network.chainId),
      address,
      version,
      nonce,
      threshold: Number(threshold),
      owners: Array.from(owners, parseAddress),
    }
  } catch (cause) {
    // A failure of the provider says nothing about the account.
    if (cause instanceof RpcError) throw cause
    throw new AirdropError(`${address} does not answer as a Safe does`, { code: "mismatch", cause })
  }
}

/** Returns the provider of a signer. */
export function requireProvider(signer: Signer): Provider {
  if (signer.provider === null)
    throw new AirdropError("the signer is connected to no chain", { code: "not-ready" })
  return signer.provider
}
