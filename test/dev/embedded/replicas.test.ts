import { expect } from "chai"
import { readFile } from "node:fs/promises"
import { startEmbeddedChain, type EmbeddedChain } from "../../../scripts/dev/embedded/embedded-chain.ts"
import { readNetworkFile } from "../../../scripts/dev/embedded/network-file.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { artifactOf } from "../../../scripts/io/project/artifacts.ts"
import { nodeBase, NODE_WORDS, REWARDS_SLOTS } from "../../../scripts/core/session/storage-layout.ts"
import { sharedData } from "../../support/shared.ts"
import { SAMPLE } from "../../support/served-network.ts"

interface Vector {
  readonly to: string
  readonly data: string
  readonly result: string
}

/** Returns the calls in the vectors at any depth. */
function vectorsOf(value: unknown): readonly Vector[] {
  if (typeof value !== "object" || value === null) return []
  const { to, data, result } = value as Record<string, unknown>
  if (typeof to === "string" && typeof data === "string" && typeof result === "string")
    return [{ to, data, result }]
  return Object.values(value).flatMap(vectorsOf)
}

describe("the replicas of the Session contracts", () => {
  let chain: EmbeddedChain

  before(async () => {
    chain = await startEmbeddedChain({ network: await readNetworkFile(`${SAMPLE}/network.json`) })
  })
  after(async () => {
    await chain.close()
  })

  const rewards = async () => {
    const { abi } = await artifactOf("ServiceNodeRewards", "contracts/replica/ServiceNodeRewards.sol")
    return new chain.ethers.Contract(SESSION.rewards, abi, chain.signers[0])
  }
  const send = async (name: string, ...values: readonly unknown[]): Promise<void> => {
    const transaction = (await (await rewards()).getFunction(name)(...values)) as { wait(): Promise<unknown> }
    await transaction.wait()
  }
  const call = async (name: string, ...values: readonly unknown[]): Promise<unknown> =>
    await (await rewards()).getFunction(name).staticCall(...values)

  it("keep the loaded network in the slots of the real contracts", async () => {
    const word = async (slot: bigint): Promise<bigint> =>
      BigInt(await chain.ethers.provider.getStorage(SESSION.rewards, slot))
    expect(await word(REWARDS_SLOTS.totalNodes)).to.equal(25n)
    expect((await word(nodeBase(0n) + NODE_WORDS.links)) & 0xffffffffffffffffn).to.equal(1n)
    expect((await word(REWARDS_SLOTS.token)) >> 8n).to.equal(BigInt(SESSION.token))
    expect((await word(REWARDS_SLOTS.nextId)) >> 160n).to.equal(30n)
  })

  it("add nodes, take leave requests and remove nodes", async () => {
    const state: unknown = await chain.request("evm_snapshot")
    const staker = chain.signers[1]?.address
    await send("addNode", [1n, 2n], 3n, [[[staker, staker], 25_000_000_000_000n]])
    expect(await call("totalNodes")).to.equal(26n)
    await send("requestExit", 30n)
    await send("removeNode", 1n)
    const [ids] = (await call("allServiceNodeIDs")) as [bigint[]]
    expect(ids.slice(0, 2)).to.deep.equal([2n, 4n])
    expect(ids.at(-1)).to.equal(30n)
    const removed = (await call("serviceNodes", 1n)) as { operator: string; contributors: unknown[] }
    expect(removed.operator).to.equal(chain.ethers.ZeroAddress)
    expect(removed.contributors).to.have.length(0)
    await chain.request("evm_revert", [state])
  })

  it("give the same block hash for the same network in every run", async () => {
    const other = await startEmbeddedChain({ network: await readNetworkFile(`${SAMPLE}/network.json`) })
    const hashes = await Promise.all(
      [chain, other].map(async ({ ethers }) => (await ethers.provider.getBlock(100))?.hash),
    )
    await other.close()
    expect(hashes[0]).to.be.a("string")
    expect(hashes[0]).to.equal(hashes[1])
  })

  const vectors = sharedData("session/abi-vectors.json")
  const network = sharedData("session/network.json")
  if (vectors !== undefined && network !== undefined) {
    it("answer calls for 803 nodes with the bytes of the real contracts", async () => {
      const large = await startEmbeddedChain({ network: await readNetworkFile(network) })
      const all = vectorsOf(JSON.parse(await readFile(vectors, "utf8")))
      expect(all.length).to.be.greaterThan(15)
      for (const { to, data, result } of all) {
        expect(await large.request("eth_call", [{ to, data }, "latest"]), data).to.equal(result)
      }
      await large.close()
    })
  }
})
