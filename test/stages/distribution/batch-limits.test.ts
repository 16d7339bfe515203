import { expect } from "chai"
import { Transaction } from "ethers"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as distribute from "../../../scripts/commands/distribute.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import {
  balancesOf,
  knownWallet,
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import { startFaultProxy, type Fault, type FaultProxy } from "../../support/fault-proxy.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { refusedTransactions } from "../../support/send-faults.ts"

const RECIPIENTS = 1_024
const ARBITRUM_CAP = 32_000_000
const EIP_7825_CAP = 16_777_216n

describe("the size of batches", () => {
  let parent: string
  let stage: DeployedProgram
  let proxy: FaultProxy
  let snapshot: unknown

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    process.env["OPS_KEY"] = knownWallet(2).privateKey
    process.env["OPS_SECOND"] = knownWallet(4).privateKey
    stage = await startDeployedProgram(parent, { recipients: madeUpRecipients(RECIPIENTS) })
    proxy = await startFaultProxy(stage.url)
  })
  beforeEach(async () => {
    proxy.setFaults([])
    snapshot = await stage.chain.request("evm_snapshot")
  })
  afterEach(async () => {
    await stage.chain.request("evm_revert", [snapshot])
  })
  after(async () => {
    for (const name of ["OPS_KEY", "OPS_SECOND"]) Reflect.deleteProperty(process.env, name)
    await proxy.close()
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  const push = async (...args: readonly string[]): Promise<VerbRun> =>
    await runVerb(distribute, [
      stage.folder,
      ...["--rpc", proxy.url, "--replace-after", "1", "--patience", "30", "--yes", "--json"],
      ...(args.includes("--key") ? [] : ["--key", "OPS_KEY"]),
      ...args,
    ])
  const plannedTransactions = async (...args: readonly string[]): Promise<number> => {
    const { json, error } = await push("--dry-run", ...args)
    expect(error).to.equal(undefined)
    return (json as { readonly estimate: { readonly transactions: number } }).estimate.transactions
  }
  const sentHashes = ({ json }: VerbRun): readonly string[] =>
    (json as { readonly transactions: readonly string[] }).transactions
  const expectAllPaidOnce = async (): Promise<void> => {
    const amounts = stage.recipients.map(({ amount }) => amount)
    expect(await balancesOf(stage, SESSION.token)).to.deep.equal(amounts)
  }

  it("lets a level of 1,024 go out in one transaction with an empty proof, within Arbitrum's cap", async () => {
    expect(await plannedTransactions()).to.equal(1)
    const done = await push()
    const [hash = ""] = sentHashes(done)
    expect(sentHashes(done)).to.have.length(1)
    const transaction = await stage.chain.ethers.provider.getTransaction(hash)
    const call = stage.airdrop.interface.parseTransaction({ data: transaction?.data ?? "" })
    expect(call?.name).to.equal("claimRange")
    expect(call?.args[2]).to.deep.equal([])
    expect(Number(transaction?.gasLimit)).to.be.within(29_000_000, ARBITRUM_CAP)
    await expectAllPaidOnce()
  })

  /** A chain with the cap of EIP-7825: its node refuses both the estimate and the transaction above. */
  const capped: Fault = {
    onReply: (reply, { method, id }) =>
      method === "eth_estimateGas" && BigInt(String(reply.result)) > EIP_7825_CAP
        ? {
            jsonrpc: "2.0",
            id,
            error: { code: -32000, message: `gas required exceeds allowance (${EIP_7825_CAP})` },
          }
        : reply,
    onCall: (call) => {
      if (call.method !== "eth_sendRawTransaction") return call
      const { gasLimit } = Transaction.from(String(call.params[0]))
      if (gasLimit <= EIP_7825_CAP) return call
      const message = `transaction gas limit too high (cap: ${EIP_7825_CAP}, tx: ${gasLimit})`
      return { reply: { jsonrpc: "2.0", id: call.id, error: { code: -32000, message } } }
    },
  }

  it("is planned so that the run sends as many transactions as the dry run says, also under a lower cap", async () => {
    proxy.setFaults([capped])
    const planned = await plannedTransactions()
    expect(planned).to.equal(2)
    const done = await push()
    expect(sentHashes(done)).to.have.length(planned)
    expect(done.lines.join("\n")).to.not.match(/too large/)
    await expectAllPaidOnce()
  })

  it("is reduced to what fits where --batch names more, in the dry run and in the run", async () => {
    const planned = await plannedTransactions("--batch", "1200")
    const done = await push("--batch", "1200")
    expect(done.lines.join("\n")).to.match(/--batch 1200 does not fit the 32000000 gas of one transaction/)
    expect(sentHashes(done)).to.have.length(planned)
    await expectAllPaidOnce()
  })

  it("stays the same where the price of data on L1 rises, which the node calls too little gas", async () => {
    let left = 3
    proxy.setFaults([refusedTransactions("intrinsic gas too low", () => left-- > 0)])
    const done = await push("--batch", "512")
    expect(sentHashes(done)).to.have.length(2)
    expect(done.lines.join("\n")).to.match(/estimated again, with more margin/)
    await expectAllPaidOnce()
  })

  it("is sent once where two operators distribute at the same time", async () => {
    const runs = await Promise.all([
      push("--batch", "16", "--key", "OPS_KEY"),
      push("--batch", "16", "--key", "OPS_SECOND"),
    ])
    for (const { error } of runs) expect(error).to.equal(undefined)
    await expectAllPaidOnce()
    const events = await stage.airdrop.queryFilter(stage.airdrop.filters.Claimed())
    const paying = new Set(events.map(({ transactionHash }) => transactionHash))
    const sent = runs.flatMap((run) => [...sentHashes(run)])
    for (const run of runs) expect(sentHashes(run).length).to.be.greaterThan(8)
    // Each of the 64 batches is sent once, but for the few on which both decide at the same moment.
    expect(sent.length - paying.size).to.be.at.most(8)
  })
})
