import type { ErrorCode } from "../../../scripts/core/primitives/error.ts"
import { expect } from "chai"
import { keccak256 } from "ethers"
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { formatAmount } from "../../../scripts/core/primitives/amount.ts"
import { estimateRange } from "../../../scripts/stages/distribution/batch-gas.ts"
import { encodeRange } from "../../../scripts/core/claim/range-call.ts"
import { billedBytes } from "../../../scripts/stages/distribution/distribution-cost.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import * as distribute from "../../../scripts/commands/distribute.ts"
import { readLeaves } from "../../../scripts/stages/publication/read-leaves.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { readBatch } from "../../support/read-batch.ts"
import { errorFor, startFaultProxy, type Fault, type FaultProxy } from "../../support/fault-proxy.ts"
import {
  balancesOf,
  knownWallet,
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import * as inspect from "../../../scripts/commands/inspect.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { forgottenTransactions, refusedTransactions } from "../../support/send-faults.ts"
import { expectError } from "../../support/errors.ts"

const NODE_INTERFACE = "0x00000000000000000000000000000000000000C8"
/** Answers anything with (1000000, 250000, 1, 1). */
const NODE_INTERFACE_CODE = "0x620f42406000526203d090602052600160405260016060526080 6000f3".replace(" ", "")

describe("distribute", () => {
  let parent: string
  let stage: DeployedProgram
  let proxy: FaultProxy
  let snapshot: unknown

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    process.env["OPS_KEY"] = knownWallet(2).privateKey
    stage = await startDeployedProgram(parent, { recipients: madeUpRecipients(150) })
    proxy = await startFaultProxy(stage.url)
  })
  beforeEach(async () => {
    proxy.setFaults([])
    snapshot = await stage.chain.request("evm_snapshot")
  })
  afterEach(async () => {
    await stage.chain.request("evm_setAutomine", [true])
    await stage.chain.request("evm_setIntervalMining", [0])
    await stage.chain.request("evm_revert", [snapshot])
  })
  after(async () => {
    Reflect.deleteProperty(process.env, "OPS_KEY")
    await proxy.close()
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  const run = async (...args: readonly string[]): Promise<VerbRun> =>
    await runVerb(distribute, [
      stage.folder,
      ...["--rpc", proxy.url, "--replace-after", "0.3", "--patience", "30"],
      ...args,
    ])
  const push = async (...args: readonly string[]): Promise<VerbRun> =>
    await run("--key", "OPS_KEY", "--yes", "--json", ...args)
  const expectAllPaidOnce = async (done: VerbRun): Promise<void> => {
    expect(done.error).to.equal(undefined)
    expect(done.json).to.include({ unclaimed: 0 })
    expect(await balancesOf(stage, SESSION.token)).to.deep.equal(stage.recipients.map(({ amount }) => amount))
  }

  it("pays every recipient, and has nothing to do the second time", async () => {
    await expectAllPaidOnce(await push())
    const nonce = await stage.sender.getNonce()
    const again = await push()
    expect(again.json).to.include({ paid: 0, unclaimed: 0 })
    expect(await stage.sender.getNonce()).to.equal(nonce)
  })

  it("pays through an account that the node or a wallet signs for", async () => {
    const args = ["--account", stage.sender.address, "--yes", "--json", "--batch", "64"]
    await expectAllPaidOnce(await run(...args))
  })

  it("says what it would cost, with the share of L1 where the node tells it, and sends nothing", async () => {
    const without = (await push("--dry-run")).json as { estimate: { l1Wei?: bigint; wei: bigint } }
    expect(without.estimate.l1Wei).to.equal(undefined)
    await stage.chain.setCode(NODE_INTERFACE, NODE_INTERFACE_CODE)
    const nonce = await stage.sender.getNonce()
    const { estimate } = (await push("--dry-run")).json as {
      estimate: { l1Wei: bigint; l1Bytes: number; gasPrice: bigint; gas: bigint }
    }
    // The node prices the piece that is measured, the leaves of the deeper level; the others are priced by their bytes.
    const leaves = await readLeaves(await loadProgram(stage.folder))
    const piece = billedBytes(encodeRange(stage.airdrop, leaves, { start: 0, count: 44 }))
    const expected = (250_000n * estimate.gasPrice * BigInt(estimate.l1Bytes)) / BigInt(piece)
    expect(estimate.l1Wei).to.equal(expected)
    expect(estimate.l1Bytes).to.be.within(150 * 22, 150 * 36)
    expect(Number(estimate.gas)).to.be.within(150 * 26_000, 150 * 31_000)
    expect(await stage.sender.getNonce()).to.equal(nonce)
  })

  it("estimates within a twentieth of what it then costs", async () => {
    const { estimate } = (await push("--dry-run")).json as { estimate: { gas: bigint } }
    const { gasUsed } = (await push()).json as { gasUsed: bigint }
    expect(Number(estimate.gas) / Number(gasUsed)).to.be.within(0.95, 1.05)
  })

  it("does not take a batch for free when no node can measure it", async () => {
    const leaves = await readLeaves(await loadProgram(stage.folder))
    const airdrop = stage.airdrop.connect(null)
    const measured = estimateRange(airdrop, leaves, stage.sender.address, { start: 0, count: 1 })
    expect(await measured.then(String, String)).to.match(/^InvariantError: .*provider/)
  })

  it("sends again what the node has taken and forgotten", async () => {
    let left = 2
    proxy.setFaults([forgottenTransactions(keccak256, () => left-- > 0)])
    await expectAllPaidOnce(await push("--batch", "64"))
  })

  it("replaces an earlier run's waiting transactions, also after gaps", async () => {
    await stage.chain.request("evm_setAutomine", [false])
    const nonce = await stage.sender.getNonce()
    const fees = { maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1n, gasLimit: 21_000n }
    for (const offset of [0, 2]) {
      await stage.sender.sendTransaction({ to: stage.sender.address, nonce: nonce + offset, ...fees })
    }
    await stage.chain.request("evm_setIntervalMining", [150])
    await expectAllPaidOnce(await push("--batch", "64"))
  })

  it("offers more when the price rises while a transaction waits", async () => {
    await stage.chain.request("evm_setAutomine", [false])
    let sent = 0
    proxy.setFaults([
      {
        onReply: (reply, { method }) => {
          if (method === "eth_sendRawTransaction" && ++sent === 1) {
            // The next blocks ask for a hundred times as much.
            void stage.chain
              .request("hardhat_setNextBlockBaseFeePerGas", ["0x174876e800"])
              .then(() => stage.chain.request("evm_setIntervalMining", [200]))
          }
          return reply
        },
      },
    ])
    const done = await push()
    await expectAllPaidOnce(done)
    // More were sent than were mined: the first was replaced.
    expect(sent).to.be.greaterThan((done.json as { transactions: string[] }).transactions.length)
  })

  it("resends at the fee limit what a wallet's node has refused, and reports it if refused again", async () => {
    const { baseFeePerGas = null } = (await stage.chain.ethers.provider.getBlock("latest")) ?? {}
    const limit = formatAmount(((baseFeePerGas ?? 0n) * 5n) / 4n, 9)
    const args = ["--account", stage.sender.address, "--yes", "--json", "--max-fee", limit]
    const message = "max fee per gas less than block base fee"
    let left = 2
    proxy.setFaults([refusedTransactions(message, () => left-- > 0)])
    await expectAllPaidOnce(await run(...args, "--patience", "5"))
    await stage.chain.request("evm_revert", [snapshot])
    snapshot = await stage.chain.request("evm_snapshot")
    proxy.setFaults([refusedTransactions(message, () => true)])
    const done = await run(...args, "--patience", "1")
    expect(done.status).to.equal(1)
    expectError(done.error, "unsettled", /0x\w+ with nonce \d+/)
  })

  it("gives up on a wallet's node that wants ever more, where no limit is given", async () => {
    let refused = 0
    proxy.setFaults([refusedTransactions("replacement transaction underpriced", () => ++refused > 0)])
    const done = await run("--account", stage.sender.address, "--yes", "--patience", "5")
    expect(done.status).to.equal(1)
    expectError(done.error, "unsettled", "underpriced")
    expect(refused).to.be.below(60)
  })

  it("pays no recipient twice when one claims just before the batch is mined", async () => {
    let claimed = false
    const claimFirst: Fault = {
      onReply: (reply, { method }) => {
        if (method === "eth_estimateGas" && !claimed) {
          claimed = true
          void claimLeaf(stage, 7)
        }
        return reply
      },
    }
    proxy.setFaults([claimFirst])
    const done = await push()
    await expectAllPaidOnce(done)
    const events = await stage.airdrop.queryFilter(stage.airdrop.filters.Claimed())
    expect(events).to.have.length(150)
  })

  it("makes batches smaller when the node does not take large ones", async () => {
    let refused = 0
    proxy.setFaults([refusedTransactions("oversized data: transaction size too large", () => ++refused <= 2)])
    const done = await push("--batch", "128")
    await expectAllPaidOnce(done)
    expect((done.json as { transactions: string[] }).transactions.length).to.be.greaterThan(4)
  })

  it("waits for a node that lags behind what it has shown before", async () => {
    let lag = 4
    const old = await stage.chain.ethers.provider.getBlockNumber()
    proxy.setFaults([
      {
        onReply: (reply, { method }) =>
          method === "eth_blockNumber" && Number(reply.result) > old && lag-- > 0
            ? { ...reply, result: `0x${old.toString(16)}` }
            : reply,
      },
    ])
    await expectAllPaidOnce(await push("--batch", "64"))
  })

  it("works through a node that serves no batches of calls and little gas a call", async () => {
    proxy.setFaults([
      errorFor(
        ({ method, params: [call] }) => method === "eth_call" && JSON.stringify(call).length > 20_000,
        -32000,
        "out of gas",
      ),
    ])
    await expectAllPaidOnce(await push())
  })

  it("writes batches for the multisig that pay every recipient, in any order and also twice", async () => {
    const out = join(parent, "batches")
    const done = await run("--via", "safe", "--out", out, "--batch", "64", "--json")
    expect(done.error).to.equal(undefined)
    const files = (await readdir(out)).sort().reverse()
    expect(files.length).to.be.greaterThan(2)
    const seen = await runVerb(inspect, [join(out, files.at(-1) ?? ""), "--program", stage.folder])
    expect(seen.lines.join("\n")).to.match(/Pay [\d.,]+ SESH to \d+ recipients/)
    expect(seen.lines.join("\n")).to.not.include("UNKNOWN")
    for (const file of [...files, ...files]) {
      const { calls, flags } = await readBatch(join(out, file))
      expect(flags).to.deep.equal([])
      for (const { to, data } of calls) await (await stage.owner.sendTransaction({ to, data })).wait()
    }
    expect(await balancesOf(stage, SESSION.token)).to.deep.equal(stage.recipients.map(({ amount }) => amount))
  })

  it("leaves no batches of an earlier run for the multisig, and promises none where all are paid", async () => {
    const out = join(parent, "stale")
    const batches = async (...args: readonly string[]): Promise<VerbRun> =>
      await run("--via", "safe", "--out", out, "--json", ...args)
    await batches("--batch", "16")
    const before = await readdir(out)
    await writeFile(join(out, "notes.json"), "{}")
    await batches("--batch", "64", "--dry-run")
    expect(await readdir(out)).to.include.members(before)
    const fewer = await batches("--batch", "64")
    const { files } = fewer.json as { readonly files: readonly string[] }
    expect(files.length).to.be.below(before.length)
    expect((await readdir(out)).sort()).to.deep.equal([...files.map((file) => basename(file)), "notes.json"])
    await expectAllPaidOnce(await push())
    const none = await batches()
    expect(none.error).to.equal(undefined)
    expect(none.lines.join("\n"))
      .to.match(/All 150 recipients .* are paid/)
      .and.not.match(/Each file/)
    expect(none.json).to.deep.equal({ files: [], unclaimed: 0 })
    expect(await readdir(out)).to.deep.equal(["notes.json"])
  })

  const failing: readonly (readonly [what: string, prepare: () => Promise<void> | void, code: ErrorCode])[] =
    [
      [
        "the sender has no ether",
        async () => {
          await stage.chain.request("hardhat_setBalance", [stage.sender.address, "0x10"])
        },
        "insufficient-funds",
      ],
      [
        "the contract is not funded",
        async () => {
          const airdrop = await stage.chain.impersonate(await stage.airdrop.getAddress())
          const data = `0xa9059cbb${"11".repeat(20).padStart(64, "0")}${(50_000_100_000).toString(16).padStart(64, "0")}`
          await airdrop.sendTransaction({ to: SESSION.token, data })
        },
        "insufficient-funds",
      ],
      [
        "no transaction is ever mined",
        async () => {
          await stage.chain.request("evm_setAutomine", [false])
        },
        "unsettled",
      ],
      [
        "the node cannot be reached",
        () => {
          proxy.setFaults([{ onHttp: (response) => (response.writeHead(401).end(), true) }])
        },
        "rpc-cannot",
      ],
    ]
  for (const [what, prepare, code] of failing) {
    it(`ends with one line and status 1 when ${what}`, async () => {
      await prepare()
      const done = await push("--patience", "2")
      const { message } = expectError(done.error, code)
      expect(done.status).to.equal(1)
      expect(message).not.to.include("\n")
    })
  }

  it("does not send without a question where there is no terminal, unless --yes is given", async () => {
    const done = await run("--key", "OPS_KEY")
    expect(done.status).to.equal(2)
    expectError(done.error, "usage")
  })
})

async function claimLeaf(stage: DeployedProgram, index: number): Promise<void> {
  const data = encodeRange(stage.airdrop, await readLeaves(await loadProgram(stage.folder)), {
    start: index,
    count: 1,
  })
  const other = knownWallet(3).connect(stage.airdrop.runner?.provider ?? null)
  await (await other.sendTransaction({ to: await stage.airdrop.getAddress(), data })).wait()
}
