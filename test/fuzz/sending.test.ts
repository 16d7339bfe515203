import { expect } from "chai"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as claim from "../../scripts/commands/claim.ts"
import * as distribute from "../../scripts/commands/distribute.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import {
  balancesOf,
  knownWallet,
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../../scripts/dev/rigs/deployed-program.ts"
import { setRpcDefaults, type RpcOptions } from "../../scripts/io/rpc/client.ts"
import { startFaultProxy, type FaultProxy } from "../support/fault-proxy.ts"
import { announceSeed, DEEP, SEED } from "../support/fuzz.ts"
import { runVerb } from "../support/run-verb.ts"
import { sendMixture } from "../support/send-mixture.ts"

const RECIPIENTS = 8
const MIXTURES = DEEP ? 200 : 10
/** The time limit of a question, in milliseconds: some are never answered. */
const HANGS_MS = 2_000

describe("claims and distributions through a provider with a mixture of faults", function () {
  this.timeout(MIXTURES * 60_000)
  let parent: string
  let stage: DeployedProgram
  let proxy: FaultProxy
  let usual: RpcOptions

  before(async () => {
    announceSeed()
    usual = setRpcDefaults({ timeout: HANGS_MS })
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    process.env["OPS_KEY"] = knownWallet(2).privateKey
    stage = await startDeployedProgram(parent, { recipients: madeUpRecipients(RECIPIENTS) })
    proxy = await startFaultProxy(stage.url)
  })
  after(async () => {
    setRpcDefaults(usual)
    Reflect.deleteProperty(process.env, "OPS_KEY")
    await proxy.close()
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  for (let i = 0; i < MIXTURES; i++) {
    const seed = SEED * 1_000 + i
    it(`end with every recipient paid once, with mixture ${seed}`, async () => {
      const snapshot = await stage.chain.request("evm_snapshot")
      const sending = ["--key", "OPS_KEY", "--rpc", proxy.url, "--replace-after", "0.5", "--patience", "40"]
      const account = stage.recipients[seed % RECIPIENTS]?.account ?? ""
      proxy.setFaults(sendMixture(seed))
      const claimed = await runVerb(claim, [stage.folder, account, ...sending])
      expect(claimed.error, `${String(claimed.error)}\n${claimed.lines.join("\n")}`).to.equal(undefined)
      const pushed = await runVerb(distribute, [stage.folder, "--yes", "--batch", "4", ...sending])
      expect(pushed.error, `${String(pushed.error)}\n${pushed.lines.join("\n")}`).to.equal(undefined)
      proxy.setFaults([])
      const amounts = stage.recipients.map(({ amount }) => amount)
      expect(await balancesOf(stage, SESSION.token)).to.deep.equal(amounts)
      const events = await stage.airdrop.queryFilter(stage.airdrop.filters.Claimed())
      expect(events).to.have.length(RECIPIENTS)
      await stage.chain.request("evm_revert", [snapshot])
    })
  }
})
