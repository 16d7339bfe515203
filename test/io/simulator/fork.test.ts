import { expect } from "chai"
import hre from "hardhat"
import type { EthereumProvider } from "hardhat/types/providers"
import { TOKEN } from "../../../scripts/core/ethereum/erc20.ts"
import { serveProvider } from "../../../scripts/dev/embedded/serve.ts"
import { artifactOf } from "../../../scripts/io/project/artifacts.ts"
import { forkChain } from "../../../scripts/io/simulator/fork.ts"
import { serveAsArbitrum } from "../../support/upstream.ts"

const TOKEN_ADDRESS = "0x00000000000000000000000000000000000a1d09"
const HOLDER = "0x00000000000000000000000000000000000b0b0b"
const RECIPIENT = "0x00000000000000000000000000000000000c0c0c"

/** Arbitrum One and Sepolia, Optimism, Base, Polygon, Gnosis, Ethereum, and an id that no list of chains has. */
const CHAINS = [42161, 421614, 10, 8453, 137, 100, 1, 987_654_321]
const ARBITRUM = new Set([42161, 421614])

/** Serves a chain of this id with a token whose holder has 5 units, and some blocks on top. */
async function serveChain(chainId: number): Promise<{ url: string; close: () => Promise<void> }> {
  const connection = await hre.network.create({
    network: "embedded",
    chainType: "generic",
    override: { chainId, hardfork: "prague" },
  })
  const provider: EthereumProvider = connection.provider
  const request = async (method: string, params: readonly unknown[] = []): Promise<unknown> =>
    (await provider.request({ method, params: [...params] })) as unknown
  const { deployedBytecode, abi } = await artifactOf("SeshToken", "contracts/replica/SeshToken.sol")
  await request("hardhat_setCode", [TOKEN_ADDRESS, deployedBytecode])
  const { Interface } = connection.ethers
  const [payer] = await connection.ethers.getSigners()
  const data = new Interface(abi).encodeFunctionData("mint", [HOLDER, 5n])
  await payer?.sendTransaction({ to: TOKEN_ADDRESS, data })
  await request("hardhat_mine", ["0x5"])
  const served = ARBITRUM.has(chainId) ? await serveAsArbitrum(provider) : await serveProvider(request)
  return {
    url: served.url,
    close: async () => {
      await served.close()
      await connection.close()
    },
  }
}

describe("a fork of a chain", () => {
  for (const chainId of CHAINS) {
    it(`calls and sends on chain ${chainId}, and leaves the forked node unchanged`, async () => {
      const upstream = await serveChain(chainId)
      const fork = await forkChain(upstream.url, chainId)
      try {
        const balanceOf = async (account: string, block: string): Promise<bigint> =>
          BigInt(
            String(
              await fork.provider.send("eth_call", [
                { to: TOKEN_ADDRESS, data: TOKEN.encodeFunctionData("balanceOf", [account]) },
                block,
              ]),
            ),
          )
        expect(BigInt(String(await fork.provider.send("eth_chainId", [])))).to.equal(BigInt(chainId))
        expect(await balanceOf(HOLDER, "latest")).to.equal(5n)
        expect(await balanceOf(HOLDER, `0x${(fork.block - 2).toString(16)}`)).to.equal(5n)
        await fork.provider.send("hardhat_setBalance", [HOLDER, "0xde0b6b3a7640000"])
        await fork.provider.send("hardhat_impersonateAccount", [HOLDER])
        const transfer = TOKEN.encodeFunctionData("transfer", [RECIPIENT, 2n])
        await fork.provider.send("eth_sendTransaction", [{ from: HOLDER, to: TOKEN_ADDRESS, data: transfer }])
        expect(await balanceOf(RECIPIENT, "latest")).to.equal(2n)

        const untouched = await forkChain(upstream.url, chainId)
        const asked = { to: TOKEN_ADDRESS, data: TOKEN.encodeFunctionData("balanceOf", [RECIPIENT]) }
        expect(BigInt(String(await untouched.provider.send("eth_call", [asked, "latest"])))).to.equal(0n)
        await untouched.close()
      } finally {
        await fork.close()
        await upstream.close()
      }
    })
  }
})
