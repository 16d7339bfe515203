import { expect } from "chai"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as recipientsVerb from "../../scripts/commands/recipients.ts"
import * as snapshotVerb from "../../scripts/commands/snapshot.ts"
import * as statusVerb from "../../scripts/commands/status.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { startDeployedProgram, type DeployedProgram } from "../../scripts/dev/rigs/deployed-program.ts"
import { setRpcDefaults, type RpcOptions } from "../../scripts/io/rpc/client.ts"
import { startFaultProxy } from "../support/fault-proxy.ts"
import { announceSeed, DEEP, SEED } from "../support/fuzz.ts"
import { mixedFaults } from "../support/node-faults.ts"
import { runVerb, type VerbRun } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../support/served-network.ts"

const TRANSFER = ["function transfer(address to, uint256 amount) returns (bool)"]
const SEEDS = DEEP ? 200 : 10
/** The time limit of a question, in milliseconds: some are never answered. */
const HANGS_MS = 3_000

describe("fuzz: a provider that fails at random in every known form", function () {
  this.timeout(DEEP ? 7_200_000 : 600_000)
  let parent: string
  let served: ServedNetwork
  let stage: DeployedProgram
  let range: string
  let distributor: string
  let usual: RpcOptions

  before(async () => {
    announceSeed()
    usual = setRpcDefaults({ timeout: HANGS_MS })
    parent = await mkdtemp(join(tmpdir(), "airdrop-providers-"))
    served = await serveNetwork()
    const { chain } = served
    const first = await chain.ethers.provider.getBlockNumber()
    const sender = chain.signers[17]
    distributor = sender?.address ?? ""
    await chain.fund(distributor, 1_000_000n)
    const token = new chain.ethers.Contract(SESSION.token, TRANSFER, sender)
    for (const digit of ["a1", "b2", "c3"]) {
      const sent = (await token.getFunction("transfer")(`0x${digit.repeat(20)}`, 1_000n)) as {
        wait: () => Promise<unknown>
      }
      await sent.wait()
    }
    range = `${first}..${await chain.ethers.provider.getBlockNumber()}`
    stage = await startDeployedProgram(parent, {
      recipients: [1, 2, 3].map((i) => ({ account: `0x${`c${i}`.repeat(20)}`, amount: 1_000n })),
      reserve: 0n,
    })
  })
  after(async () => {
    setRpcDefaults(usual)
    await served.close()
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  /** Runs a verb through a proxy with faults and returns what it has written or said. */
  const through = async (
    upstream: string,
    seed: number | undefined,
    work: (url: string) => Promise<VerbRun>,
  ): Promise<VerbRun> => {
    const proxy = await startFaultProxy(upstream, seed === undefined ? [] : mixedFaults(seed))
    try {
      const run = await work(proxy.url)
      expect(run.error, `seed ${seed ?? "none"}`).to.equal(undefined)
      return run
    } finally {
      await proxy.close()
    }
  }
  const snapshot = async (seed?: number): Promise<string> =>
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      await through(served.url, seed, async (url) => {
        return await runVerb(snapshotVerb, [program, "--rpc", url, "--prove"])
      })
      const files = ["snapshot.json", "snapshot.proof"].map((name) => readFile(join(program, name), "base64"))
      return (await Promise.all(files)).join()
    })
  const recipients = async (seed?: number): Promise<string> =>
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      await through(served.url, seed, async (url) => {
        const where = ["--from", distributor, "--blocks", range, "--force", "--allow-unfinalized"]
        return await runVerb(recipientsVerb, [program, "--rpc", url, ...where])
      })
      return await readFile(join(program, "recipients.detail.csv"), "utf8")
    })
  const status = async (seed?: number): Promise<string> => {
    const run = await through(stage.url, seed, async (url) => {
      const options = ["--fresh", "--cache", join(parent, "cache"), "--no-network", "--json"]
      return await runVerb(statusVerb, [stage.folder, "--rpc", url, ...options])
    })
    return JSON.stringify(run.json)
  }

  for (const [name, run] of Object.entries({ snapshot, recipients, status })) {
    it(`${name} ends as it does through one that never fails`, async () => {
      const right = await run()
      for (let i = 0; i < SEEDS; i++) expect(await run(SEED + i), `seed ${SEED + i}`).to.equal(right)
    })
  }
})
