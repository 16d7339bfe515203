/**
 * The embedded chain: Hardhat's simulated network with the id of Arbitrum One, the replicas of the Session contracts
 * at their real addresses, and a network file loaded into their storage. Everything up to the loaded block is the
 * same in every run, its hash included.
 */
import type { HardhatEthers, HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types"
import type { NetworkConnection } from "hardhat/types/network"
import type { Address } from "../../core/primitives/address.ts"
import { installSafeContracts } from "../../io/safe/install.ts"
import { ARBITRUM_ONE } from "../../core/ethereum/chains.ts"
import { artifactOf } from "../../io/project/artifacts.ts"
import { REPLICAS } from "./load-accounts.ts"
import { placeToken } from "./place-token.ts"
import type { Token } from "../../core/primitives/token.ts"
import { loadNetwork } from "./load-network.ts"
import type { NetworkFile } from "./network-file.ts"
import { MULTICALL3 } from "../../io/rpc/multicall.ts"
import { REWARDS_IMPLEMENTATION, SESSION } from "../../core/session/contracts.ts"
import { IMPLEMENTATION_SLOT } from "../../core/ethereum/proxy.ts"
import { wordHex } from "../../core/primitives/words.ts"
import { serveProvider, type ServedChain } from "./serve.ts"
import { connect } from "../../io/rpc/provider.ts"
import { describeChain } from "../../io/simulator/fork.ts"
import type { Request } from "../../io/rpc/request.ts"

export interface EmbeddedChain {
  readonly connection: NetworkConnection
  readonly ethers: HardhatEthers
  /** Accounts with ether and known keys: Hardhat's first one deploys and pays. */
  readonly signers: readonly HardhatEthersSigner[]
  readonly request: Request
  /** Puts a network file into the replicas' storage and mines up to the block and the time that it names. */
  readonly load: (network: NetworkFile) => Promise<void>
  readonly setCode: (address: string, code: string) => Promise<void>
  /** Mints the chain's token, in base units, in a transaction of its own. */
  readonly fund: (to: string, amount: bigint) => Promise<void>
  /** Mines one block; at a time in seconds since 1970 if one is given. */
  readonly mine: (timestamp?: number) => Promise<void>
  /** Acts as any address, with ether to pay for gas. */
  readonly impersonate: (address: string) => Promise<HardhatEthersSigner>
  /** Opens a JSON-RPC endpoint on 127.0.0.1 to this same chain, at any free port by default. */
  readonly serve: (port?: number) => Promise<ServedChain>
  readonly close: () => Promise<void>
}

export interface EmbeddedChainOptions {
  /** Loaded before the chain is handed over. */
  readonly network?: NetworkFile
  /** The chain's first timestamp in seconds since 1970; a day before the network's block by default. */
  readonly start?: number
  /** A token to place in place of the Session contracts' replicas. */
  readonly token?: Token
  /** The URL of a node whose chain is forked at its newest block. Nothing is placed on it. */
  readonly fork?: string
  /** True to leave out the replicas and the Safe contracts. */
  readonly bare?: boolean
  /** The chain id; Arbitrum One's by default. */
  readonly chainId?: number
  /** Lets several blocks share a second, as they do on Arbitrum. */
  readonly sharedSeconds?: boolean
}

/** The chain's first timestamp without a network: the launch of Session's, 21 May 2025, 00:00 UTC. */
const DEFAULT_START = 1_747_785_600
/** The gas that Arbitrum nodes by default allow a call. */
const CALL_GAS = 50_000_000n
const DAY = 86_400

/** Starts an embedded chain in this process. Close it when done. */
export async function startEmbeddedChain(options: EmbeddedChainOptions = {}): Promise<EmbeddedChain> {
  const { default: hre } = await import("hardhat")
  const start = options.start ?? (options.network ? options.network.block.timestamp - DAY : DEFAULT_START)
  const chainId = options.chainId ?? ARBITRUM_ONE
  const forking = options.fork === undefined ? undefined : await forkingOf(options.fork, chainId)
  if (forking !== undefined) describeChain(hre, chainId)
  const connection = await hre.network.create({
    network: "embedded",
    chainType: "generic",
    override: {
      chainId,
      // EIP-7702 delegations came with prague; osaka would add a gas cap per transaction that Arbitrum has not.
      hardfork: "prague",
      blockGasLimit: CALL_GAS,
      ...(forking === undefined ? { initialDate: new Date(start * 1000) } : { forking }),
      allowBlocksWithSameTimestamp: options.sharedSeconds === true,
    },
  })
  const request: Request = async (method, params = []) => {
    const result: unknown = await connection.provider.request({ method, params: [...params] })
    return result
  }
  const { ethers } = connection
  const signers = await ethers.getSigners()
  const [payer] = signers
  const chain: EmbeddedChain = {
    connection,
    ethers,
    signers,
    request,
    load: async (network) => {
      await loadNetwork(request, network)
    },
    setCode: async (address, code) => {
      await request("hardhat_setCode", [address, code])
    },
    fund: async (to, amount) => {
      const { abi } = await artifactOf("StandInToken", `${REPLICAS}/StandInToken.sol`)
      const data = new ethers.Interface(abi).encodeFunctionData("mint", [to, amount])
      await (await payer?.sendTransaction({ to: options.token?.address ?? SESSION.token, data }))?.wait()
    },
    mine: async (timestamp) => {
      if (timestamp !== undefined) await request("evm_setNextBlockTimestamp", [`0x${timestamp.toString(16)}`])
      await request("hardhat_mine", ["0x1"])
    },
    impersonate: async (address) => {
      await request("hardhat_setBalance", [address, "0x8ac7230489e80000"])
      return await ethers.getImpersonatedSigner(address)
    },
    serve: async (port) => await serveProvider(request, port),
    close: async () => {
      await connection.close()
    },
  }
  if (options.bare !== true && forking === undefined) {
    await placeCode(chain, "Multicall3", MULTICALL3)
    if (options.token === undefined) await placeReplicas(chain)
    else await placeToken(chain.request, options.token)
    if (payer) await installSafeContracts(ethers.provider, withSteadyTime(payer, request))
  }
  if (options.network) await chain.load(options.network)
  return chain
}

/** As {@link startEmbeddedChain}, with an endpoint opened to it; closing that closes both. */
export async function serveEmbeddedChain(
  options: EmbeddedChainOptions = {},
): Promise<{ readonly chain: EmbeddedChain; readonly url: string; readonly close: () => Promise<void> }> {
  const chain = await startEmbeddedChain(options)
  const served = await chain.serve()
  return {
    chain,
    url: served.url,
    close: async () => {
      await served.close()
      await chain.close()
    },
  }
}

/** @throws AirdropError if the node serves another chain or does not answer */
async function forkingOf(
  url: string,
  chainId: number,
): Promise<{ readonly enabled: true; readonly url: string; readonly blockNumber: number }> {
  const node = await connect(url, chainId)
  try {
    // By default Hardhat forks some blocks back.
    return { enabled: true, url, blockNumber: await node.getBlockNumber() }
  } finally {
    node.destroy()
  }
}

async function placeCode(chain: EmbeddedChain, name: string, address: Address): Promise<void> {
  const { deployedBytecode } = await artifactOf(name, `${REPLICAS}/${name}.sol`)
  await chain.setCode(address, deployedBytecode)
}

async function placeReplicas(chain: EmbeddedChain): Promise<void> {
  await placeCode(chain, "SeshToken", SESSION.token)
  await placeCode(chain, "ServiceNodeRewards", REWARDS_IMPLEMENTATION)
  await placeCode(chain, "Proxy", SESSION.rewards)
  await chain.request("hardhat_setStorageAt", [
    SESSION.rewards,
    wordHex(IMPLEMENTATION_SLOT),
    wordHex(BigInt(REWARDS_IMPLEMENTATION)),
  ])
}

/** Returns a signer whose transactions are each mined one second after the block before, independent of the clock. */
function withSteadyTime(signer: HardhatEthersSigner, request: Request): HardhatEthersSigner {
  const sendTransaction: HardhatEthersSigner["sendTransaction"] = async (transaction) => {
    const latest = await signer.provider?.getBlock("latest")
    await request("evm_setNextBlockTimestamp", [`0x${((latest?.timestamp ?? 0) + 1).toString(16)}`])
    return await signer.sendTransaction(transaction)
  }
  return Object.create(signer, { sendTransaction: { value: sendTransaction } }) as HardhatEthersSigner
}
