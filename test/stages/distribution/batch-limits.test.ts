import { expect } from "chai"
import { AbiCoder, Transaction } from "ethers"
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

const ARBITRUM_CAP = 32_000_000
/** The gas limit of the node in these tests, far below the table of chains. */
const NODE_CAP = 4_000_000n

const NODE_INTERFACE = "0x00000000000000000000000000000000000000c8"

/** A deployed program behind a fault proxy; each test begins with nothing paid. */
class Stage {
  program!: DeployedProgram
  proxy!: FaultProxy
  #parent = ""
  #snapshot: unknown

  async start(recipients: number): Promise<void> {
    this.#parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    process.env["OPS_KEY"] = knownWallet(2).privateKey
    process.env["OPS_SECOND"] = knownWallet(4).privateKey
    this.program = await startDeployedProgram(this.#parent, { recipients: madeUpRecipients(recipients) })
    this.proxy = await startFaultProxy(this.program.url)
  }

  async begin(): Promise<void> {
    this.proxy.setFaults([])
    this.#snapshot = await this.program.chain.request("evm_snapshot")
  }

  async end(): Promise<void> {
    await this.program.chain.request("evm_revert", [this.#snapshot])
  }

  async close(): Promise<void> {
    for (const name of ["OPS_KEY", "OPS_SECOND"]) Reflect.deleteProperty(process.env, name)
    await this.proxy.close()
    await this.program.close()
    await rm(this.#parent, { recursive: true, force: true })
  }

  async push(...args: readonly string[]): Promise<VerbRun> {
    const key = args.includes("--key") ? [] : ["--key", "OPS_KEY"]
    const sending = ["--rpc", this.proxy.url, "--replace-after", "1", "--patience", "30", "--yes", "--json"]
    return await runVerb(distribute, [this.program.folder, ...sending, ...key, ...args])
  }

  async plannedTransactions(...args: readonly string[]): Promise<number> {
    const { json, error } = await this.push("--dry-run", ...args)
    expect(error).to.equal(undefined)
    return (json as { readonly estimate: { readonly transactions: number } }).estimate.transactions
  }

  async expectAllPaidOnce(): Promise<void> {
    const amounts = this.program.recipients.map(({ amount }) => amount)
    expect(await balancesOf(this.program, SESSION.token)).to.deep.equal(amounts)
  }
}

function sentHashes({ json }: VerbRun): readonly string[] {
  return (json as { readonly transactions: readonly string[] }).transactions
}

describe("a level of 1,024 leaves", () => {
  const stage = new Stage()
  before(async () => {
    await stage.start(1_024)
  })
  beforeEach(async () => {
    await stage.begin()
  })
  afterEach(async () => {
    await stage.end()
  })
  after(async () => {
    await stage.close()
  })

  it("goes out in one transaction with an empty proof, within Arbitrum's cap", async () => {
    const done = await stage.push()
    const [hash = ""] = sentHashes(done)
    expect(sentHashes(done)).to.have.length(1)
    const transaction = await stage.program.chain.ethers.provider.getTransaction(hash)
    const call = stage.program.airdrop.interface.parseTransaction({ data: transaction?.data ?? "" })
    expect(call?.name).to.equal("claimRange")
    expect(call?.args[2]).to.deep.equal([])
    expect(Number(transaction?.gasLimit)).to.be.within(29_000_000, ARBITRUM_CAP)
    await stage.expectAllPaidOnce()
  })

  it("is planned as one transaction also where data on L1 takes the estimate above the cap", async () => {
    const l1Gas = (data: unknown): bigint => BigInt(String(data).length) * 200n
    stage.proxy.setFaults([
      {
        onCall: (call) => {
          const [{ to, data } = {} as { to?: string; data?: string }] = call.params as {
            to?: string
            data?: string
          }[]
          if (call.method !== "eth_call" || to?.toLowerCase() !== NODE_INTERFACE) return call
          // The calldata to be sent is the last of three arguments.
          const inner = Number.parseInt(String(data).slice(10 + 64 * 3, 10 + 64 * 4), 16)
          const types = ["uint64", "uint64", "uint256", "uint256"]
          const values = [0, l1Gas("x".repeat(2 + 2 * inner)), 1, 1]
          return {
            reply: { jsonrpc: "2.0", id: call.id, result: AbiCoder.defaultAbiCoder().encode(types, values) },
          }
        },
        onReply: (reply, { method, params }) => {
          if (method !== "eth_estimateGas") return reply
          const [{ data, input }] = params as [{ data?: string; input?: string }]
          const all = BigInt(String(reply.result)) + l1Gas(data ?? input)
          return { ...reply, result: `0x${all.toString(16)}` }
        },
      },
    ])
    expect(await stage.plannedTransactions()).to.equal(1)
  })
})

describe("the size of batches", () => {
  const stage = new Stage()
  before(async () => {
    await stage.start(256)
  })
  beforeEach(async () => {
    await stage.begin()
  })
  afterEach(async () => {
    await stage.end()
  })
  after(async () => {
    await stage.close()
  })

  /** A node with a cap that refuses both the estimate and the transaction above it. */
  const capped: Fault = {
    onReply: (reply, { method, id }) =>
      method === "eth_estimateGas" && BigInt(String(reply.result)) > NODE_CAP
        ? {
            jsonrpc: "2.0",
            id,
            error: { code: -32000, message: `gas required exceeds allowance (${NODE_CAP})` },
          }
        : reply,
    onCall: (call) => {
      if (call.method !== "eth_sendRawTransaction") return call
      const { gasLimit } = Transaction.from(String(call.params[0]))
      if (gasLimit <= NODE_CAP) return call
      const message = `transaction gas limit too high (cap: ${NODE_CAP}, tx: ${gasLimit})`
      return { reply: { jsonrpc: "2.0", id: call.id, error: { code: -32000, message } } }
    },
  }

  it("is planned so that the run sends as many transactions as the dry run says, also under a lower cap", async () => {
    stage.proxy.setFaults([capped])
    const planned = await stage.plannedTransactions()
    expect(planned).to.be.within(2, 4)
    const done = await stage.push()
    expect(sentHashes(done)).to.have.length(planned)
    expect(done.lines.join("\n")).to.not.match(/too large/)
    await stage.expectAllPaidOnce()
  })

  it("is reduced to what fits where --batch names more, in the dry run and in the run", async () => {
    stage.proxy.setFaults([capped])
    const planned = await stage.plannedTransactions("--batch", "200")
    const done = await stage.push("--batch", "200")
    expect(done.lines.join("\n")).to.match(/--batch 200 does not fit one transaction: \d+ recipients do/)
    expect(sentHashes(done)).to.have.length(planned)
    await stage.expectAllPaidOnce()
  })

  it("stays the same where the price of data on L1 rises, which the node calls too little gas", async () => {
    let left = 3
    stage.proxy.setFaults([refusedTransactions("intrinsic gas too low", () => left-- > 0)])
    const done = await stage.push("--batch", "128")
    expect(sentHashes(done)).to.have.length(2)
    expect(done.lines.join("\n")).to.match(/estimated again, with more margin/)
    await stage.expectAllPaidOnce()
  })

  it("is sent once where two operators distribute at the same time", async () => {
    const runs = await Promise.all([
      stage.push("--batch", "4", "--key", "OPS_KEY"),
      stage.push("--batch", "4", "--key", "OPS_SECOND"),
    ])
    for (const { error } of runs) expect(error).to.equal(undefined)
    await stage.expectAllPaidOnce()
    const events = await stage.program.airdrop.queryFilter(stage.program.airdrop.filters.Claimed())
    const paying = new Set(events.map(({ transactionHash }) => transactionHash))
    const sent = runs.flatMap((run) => [...sentHashes(run)])
    for (const run of runs) expect(sentHashes(run).length).to.be.greaterThan(8)
    // Each of the 64 batches is sent once, but for the few on which both decide at the same moment.
    expect(sent.length - paying.size).to.be.at.most(8)
  })
})
