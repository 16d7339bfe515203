/** The snapshot's block against the chain. */
import { expect } from "chai"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as snapshotVerb from "../../../scripts/commands/snapshot.ts"
import { isoTime } from "../../../scripts/core/primitives/time.ts"
import { createRpc } from "../../../scripts/io/rpc/client.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import type { ChainStage } from "../../../scripts/stages/verification/chain-stage.ts"
import { blockStage } from "../../../scripts/stages/verification/verify-block.ts"
import { httpStatus, startFaultProxy } from "../../support/fault-proxy.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../../support/served-network.ts"

describe("The snapshot's block, compared with the chain", () => {
  let served: ServedNetwork
  before(async () => {
    served = await serveNetwork()
  })
  after(async () => {
    await served.close()
  })

  async function withSnapshot<T>(
    snapshot: object | undefined,
    work: (folder: string) => Promise<T>,
  ): Promise<T> {
    return await inScratch(async (scratch) => {
      const folder = await copySample(scratch, snapshot === undefined ? {} : { snapshot })
      const block = String(served.network.block.number)
      const run = await runVerb(snapshotVerb, [folder, "--rpc", served.url, "--block", block])
      expect(run.status, String(run.error)).to.equal(0)
      return await work(folder)
    })
  }
  const stageOf = async (folder: string, url = served.url): Promise<ChainStage | undefined> =>
    await blockStage(await loadProgram(folder), createRpc(url, { attempts: 1 }))

  it("agrees, by number and by time", async () => {
    const { timestamp } = served.network.block
    for (const choice of [undefined, { time: isoTime(timestamp) }, { time: isoTime(timestamp + 9) }]) {
      await withSnapshot(choice, async (folder) => {
        const stage = await stageOf(folder)
        expect(stage?.findings).to.deep.equal([])
        expect(stage?.summary).to.contain("is on the chain")
      })
    }
  })

  it("is another one on the chain", async () => {
    await withSnapshot(undefined, async (folder) => {
      const path = join(folder, "snapshot.json")
      const text = await readFile(path, "utf8")
      await writeFile(path, text.replace(/"hash": "0x[0-9a-f]{64}"/, `"hash": "0x${"ab".repeat(32)}"`))
      const problems = (await stageOf(folder))?.findings.map(({ problem }) => problem)
      expect(problems?.join()).to.match(/has the hash 0xabab.*on the chain it is 0x/)
    })
  })

  it("is not the last one at or before the program's time", async () => {
    const time = isoTime(served.network.block.timestamp + 10)
    await withSnapshot({ time }, async (folder) => {
      const problems = (await stageOf(folder))?.findings.map(({ problem }) => problem)
      expect(problems?.join()).to.match(/is not the last at or before the program's time/)
    })
  })

  it("is not judged where the provider does not answer", async () => {
    await withSnapshot(undefined, async (folder) => {
      const proxy = await startFaultProxy(served.url, [httpStatus(503, () => true)])
      const error: unknown = await stageOf(folder, proxy.url).catch((cause: unknown) => cause)
      await proxy.close()
      expect(error).to.include({ code: "rpc-later" })
    })
  })
})
