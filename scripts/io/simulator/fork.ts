/** A private copy of a chain at its newest block, to try transactions on. */
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre"
import { loadHardhat } from "../project/hardhat.ts"
import { connect } from "../rpc/provider.ts"
import type { RpcProvider } from "../rpc/request.ts"

const BLOCK_GAS = 50_000_000n

/** Later hard forks of Ethereum bring a gas cap per transaction that Arbitrum does not have. */
const HARDFORK = "prague"

export interface Fork {
  readonly provider: RpcProvider
  /** The number of the block that was forked. */
  readonly block: number
  close(): Promise<void>
}

/**
 * Forks the chain behind a node with Hardhat's simulated network. The node is only read.
 * @param chainId any chain's id; the node must serve this chain
 * @throws AirdropError if the node serves another chain or does not answer
 */
export async function forkChain(url: string, chainId: number): Promise<Fork> {
  const hre = await loadHardhat("to simulate on a copy of the chain")
  const node = await connect(url, chainId)
  // By default Hardhat forks some blocks back, where the Safe's last transaction may be missing.
  const block = await node.getBlockNumber()
  node.destroy()
  describeChain(hre, chainId)
  const connection = await hre.network.create({
    network: "arbitrumFork",
    chainType: "generic",
    override: {
      chainId,
      hardfork: HARDFORK,
      blockGasLimit: BLOCK_GAS,
      forking: { enabled: true, url, blockNumber: block },
    },
  })
  const { provider } = connection.ethers
  return {
    provider,
    block,
    close: async () => {
      await connection.close()
    },
  }
}

/**
 * Gives a chain that Hardhat does not know a history of hard forks. Without one Hardhat refuses every call at the
 * forked block with "No known hardfork". A chain that Hardhat knows as another type (Optimism, Base) needs one too,
 * because the fork is of the type "generic".
 */
export function describeChain({ config }: HardhatRuntimeEnvironment, chainId: number): void {
  const known = config.chainDescriptors.get(BigInt(chainId))
  if (known?.hardforkHistory !== undefined && known.chainType !== "op") return
  config.chainDescriptors.set(BigInt(chainId), {
    name: known?.name ?? `chain ${chainId}`,
    chainType: "generic",
    hardforkHistory: new Map([[HARDFORK, { timestamp: 0 }]]),
    blockExplorers: known?.blockExplorers ?? {},
  })
}
