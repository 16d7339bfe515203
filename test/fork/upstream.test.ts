import { cp, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "chai"
import { JsonRpcProvider } from "ethers"
import * as allocate from "../../scripts/commands/allocate.ts"
import * as build from "../../scripts/commands/build.ts"
import * as snapshot from "../../scripts/commands/snapshot.ts"
import * as verify from "../../scripts/commands/verify.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import type { JsonObject } from "../support/arbitrum-blocks.ts"
import { runVerb } from "../support/run-verb.ts"
import { forkOf } from "./fork.ts"
import { openStandIn, type UpstreamChain } from "./upstream.ts"

describe("the stand-in for Arbitrum One", function () {
  this.timeout(600_000)
  let upstream: UpstreamChain
  let provider: JsonRpcProvider
  before(async () => {
    upstream = await openStandIn()
    provider = new JsonRpcProvider(upstream.url)
  })
  after(async () => {
    provider.destroy()
    await upstream.close()
  })

  it("has blocks that look like Arbitrum's, opened by a transaction of type 0x6a", async () => {
    const block = (await provider.send("eth_getBlockByNumber", ["latest", true])) as JsonObject
    expect(block).to.include.all.keys("l1BlockNumber", "sendRoot", "sendCount")
    expect(block).to.not.have.any.keys(
      "withdrawalsRoot",
      "blobGasUsed",
      "excessBlobGas",
      "parentBeaconBlockRoot",
    )
    const [opening] = block["transactions"] as readonly JsonObject[]
    expect(opening?.["type"]).to.equal("0x6a")
    const before = (await provider.send("eth_getBlockByHash", [block["parentHash"], false])) as JsonObject
    expect(before["hash"]).to.equal(block["parentHash"])
  })

  it("offers nothing that a provider would not", async () => {
    for (const method of ["hardhat_setCode", "evm_mine", "eth_sendTransaction", "eth_accounts"]) {
      const answer: unknown = await provider.send(method, []).catch((error: unknown) => String(error))
      expect(answer, method).to.match(/does not exist/)
    }
  })

  it("is forked with all of its blocks: the opening transactions disturb nothing", async () => {
    const fork = await forkOf(upstream)
    const block = (await fork.ethers.provider.send("eth_getBlockByNumber", ["0x60", true])) as JsonObject
    expect(block["number"]).to.equal("0x60")
    await fork.close()
  })

  it("gives evidence that proves its block hash by Arbitrum's own rule", async () => {
    const folder = join(await mkdtemp(join(tmpdir(), "airdrop-evidence-")), "sample")
    await cp(join(PROJECT_ROOT, "programs", "sample"), folder, { recursive: true })
    const verbs = [[snapshot, "--rpc", upstream.url, "--prove"], [allocate], [build], [verify]] as const
    for (const [verb, ...args] of verbs) {
      const { status, error } = await runVerb(verb, [folder, ...args])
      expect(status, error instanceof Error ? error.message : "").to.equal(0)
    }
    await rm(folder, { recursive: true })
  })
})
