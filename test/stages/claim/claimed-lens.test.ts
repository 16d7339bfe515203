import { expect } from "chai"
import { encodeRange } from "../../../scripts/core/claim/range-call.ts"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { madeUpRecipients, startDeployedProgram } from "../../../scripts/dev/rigs/deployed-program.ts"
import { createRpc, type RpcClient } from "../../../scripts/io/rpc/client.ts"
import { readBlock } from "../../../scripts/io/rpc/find-block.ts"
import { NO_JOURNAL } from "../../../scripts/io/rpc/journal.ts"
import { pinTo } from "../../../scripts/io/rpc/pinned-reader.ts"
import { lookAtClaimed } from "../../../scripts/stages/claim/claimed-lens.ts"
import { readClaimed } from "../../../scripts/stages/claim/read-claimed.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { readLeaves } from "../../../scripts/stages/publication/read-leaves.ts"
import { errorFor, startFaultProxy } from "../../support/fault-proxy.ts"
import { inScratch } from "../../support/scratch.ts"

describe("The flags of claimed leaves in one call", function () {
  this.timeout(120_000)

  it("are those that the contract answers one by one, and undefined where no creation code is run", async () => {
    await inScratch(async (parent) => {
      const stage = await startDeployedProgram(parent, { recipients: madeUpRecipients(600) })
      try {
        const address = (await stage.airdrop.getAddress()).toLowerCase() as Address
        const leaves = await readLeaves(await loadProgram(stage.folder))
        for (const range of [
          { start: 0, count: 3 },
          { start: 254, count: 4 },
          { start: 599, count: 1 },
        ]) {
          const data = encodeRange(stage.airdrop, leaves, range)
          await (await stage.sender.sendTransaction({ to: address, data })).wait()
        }
        const look = async (rpc: RpcClient, at = address): Promise<Uint8Array | undefined> =>
          await lookAtClaimed(pinTo(rpc, await readBlock(rpc, "latest"), NO_JOURNAL), at, 600)
        const rpc = createRpc(stage.url)
        const { number } = await readBlock(rpc, "latest")
        const flags = await look(rpc)
        expect(flags).to.deep.equal(await readClaimed(stage.airdrop, 600, number))
        expect(flags?.reduce((sum, flag) => sum + flag, 0)).to.equal(8)
        expect(await look(rpc, `0x${"12".repeat(20)}`)).to.equal(undefined)
        const refusing = errorFor(
          ({ method, params }) => method === "eth_call" && (params[0] as { to?: string }).to === undefined,
          -32602,
          "missing to",
        )
        const proxy = await startFaultProxy(stage.url, [refusing])
        expect(await look(createRpc(proxy.url))).to.equal(undefined)
        await proxy.close()
      } finally {
        await stage.close()
      }
    })
  })
})
