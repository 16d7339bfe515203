/** A second simulated chain that plays Ethereum, with a stand-in of Arbitrum's Outbox at its address. */
import { id } from "ethers"
import { CHAINS } from "../../core/ethereum/chains.ts"
import { serveProvider } from "../embedded/serve.ts"
import type { Request } from "../../io/rpc/request.ts"

export const OUTBOX = CHAINS.find(({ id: chainId }) => chainId === 42161)?.anchor?.outbox ?? "0x"

/**
 * Takes a send root and a block hash as two words of calldata. Keeps the hash as `roots[sendRoot]`, a mapping in slot 3,
 * and logs both, as the Outbox does.
 */
const OUTBOX_CODE = `0x${[
  "6000 35 6000 52", //             send root to memory
  "6003 6020 52", //                the mapping's slot behind it
  "6020 35 6040 6000 20 55", //     sstore(keccak256 of both, hash)
  `6020 35 6000 35 7f${id("SendRootUpdated(bytes32,bytes32)").slice(2)}`,
  "6000 6000 a3 00", //             log3 without data
]
  .join("")
  .replaceAll(" ", "")}`

export interface EthereumStandIn {
  readonly url: string
  readonly request: Request
  /** Confirms a block of Arbitrum, as the rollup does. */
  readonly confirm: (sendRoot: string, blockHash: string) => Promise<void>
  /** Mines as many blocks as make the latest final. */
  readonly finalize: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Starts the chain and serves it on 127.0.0.1. */
export async function startEthereum(): Promise<EthereumStandIn> {
  const { default: hre } = await import("hardhat")
  const connection = await hre.network.create({
    network: "embedded",
    chainType: "l1",
    override: { chainId: 1, hardfork: "prague" },
  })
  const request: Request = async (method, params = []) => {
    const result: unknown = await connection.provider.request({ method, params: [...params] })
    return result
  }
  await request("hardhat_setCode", [OUTBOX, OUTBOX_CODE])
  const [sender] = (await request("eth_accounts")) as readonly string[]
  const served = await serveProvider(request)
  return {
    url: served.url,
    request,
    confirm: async (sendRoot, blockHash) => {
      const data = `0x${sendRoot.slice(2)}${blockHash.slice(2)}`
      await request("eth_sendTransaction", [{ from: sender, to: OUTBOX, data }])
    },
    finalize: async () => {
      await request("hardhat_mine", ["0x60"])
    },
    close: async () => {
      await served.close()
      await connection.close()
    },
  }
}
