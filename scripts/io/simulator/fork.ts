/** A private copy of a chain as it stands now, on which things can be tried out. */
import { connect } from "../rpc/provider.ts"
import type { RpcProvider } from "../rpc/request.ts"

const BLOCK_GAS = 50_000_000n

export interface Fork {
  readonly provider: RpcProvider
  /** The block that it was taken at. */
  readonly block: number
  close(): Promise<void>
}

/** Forks the chain behind a node with Hardhat's simulated network. The node is only read. */
export async function forkChain(url: string, chainId: number): Promise<Fork> {
  const { default: hre } = await import("hardhat")
  const node = await connect(url, chainId)
  // Unless told, Hardhat forks some blocks back, where the Safe's last transaction may not have happened yet.
  const block = await node.getBlockNumber()
  node.destroy()
  const connection = await hre.network.create({
    network: "arbitrumFork",
    chainType: "generic",
    // Later forks of Ethereum bring a gas cap per transaction that Arbitrum has not.
    override: {
      chainId,
      hardfork: "prague",
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
