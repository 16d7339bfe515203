/**
 * Opens the chain that the fork tests fork: Arbitrum One if a provider is named, otherwise a stand-in with the same
 * contracts.
 */
import { join } from "node:path"
import { startEmbeddedChain } from "../../scripts/dev/embedded/embedded-chain.ts"
import { readNetworkFile } from "../../scripts/dev/embedded/network-file.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { serveAsArbitrum } from "../support/upstream.ts"

export interface UpstreamChain {
  readonly url: string
  /** The block that is forked, and that the snapshot is taken at. */
  readonly block: number
  readonly isReal: boolean
  close(): Promise<void>
}

/** 5 October 2026. Any later block serves as well, and any earlier one after 21 May 2025. */
const PINNED_BLOCK = 511_882_413

export async function openUpstreamChain(): Promise<UpstreamChain> {
  const url = process.env["ARBITRUM_RPC_URL"]
  if (url !== undefined && url !== "") {
    const block = Number(process.env["ARBITRUM_FORK_BLOCK"] ?? PINNED_BLOCK)
    return { url, block, isReal: true, close: () => Promise.resolve() }
  }
  return await openStandIn()
}

/** Opens the stand-in, also if a provider is named. */
export async function openStandIn(): Promise<UpstreamChain> {
  const network = await readNetworkFile(join(PROJECT_ROOT, "programs", "sample", "network.json"))
  const chain = await startEmbeddedChain({ network })
  // Enough blocks on top that the one of the snapshot is final, as it is on the real chain.
  await chain.request("hardhat_mine", ["0x80", "0x1"])
  const served = await serveAsArbitrum(chain.connection.provider)
  return {
    url: served.url,
    block: network.block.number,
    isReal: false,
    close: async () => {
      await served.close()
      await chain.close()
    },
  }
}
