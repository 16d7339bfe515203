/** A private copy of a chain as it stands now, on which things can be tried out. */
import type { RpcProvider } from "./place.ts"

export interface Fork {
  readonly provider: RpcProvider
  /** The block that it was taken at. */
  readonly block: number
  close(): Promise<void>
}

/** Forks the chain behind a node with Hardhat's simulated network. The node is only read. */
export async function forkChain(url: string, chainId: number): Promise<Fork> {
  const { default: hre } = await import("hardhat")
  const connection = await hre.network.create({
    network: "arbitrumFork",
    chainType: "generic",
    override: { chainId, forking: { enabled: true, url } },
  })
  const { provider } = connection.ethers
  return {
    provider,
    block: await provider.getBlockNumber(),
    close: async () => {
      await connection.close()
    },
  }
}
