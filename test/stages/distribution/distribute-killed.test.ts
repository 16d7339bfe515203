import { expect } from "chai"
import { keccak256 } from "ethers"
import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import {
  brokenOff,
  droppedConnection,
  httpStatus,
  startFaultProxy,
  truncatedText,
  type FaultProxy,
} from "../../support/fault-proxy.ts"
import {
  balancesOf,
  knownWallet,
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import { DEEP } from "../../support/fuzz.ts"
import {
  forgottenTransactions,
  laggingNonce,
  refusedTransactions,
  seededRandom,
  unconfirmedTransactions,
  unknownReceipts,
} from "../../support/send-faults.ts"

const RECIPIENTS = DEEP ? 5_000 : 1_600
const KILLS = DEEP ? 10 : 4
/** Recipients of a transaction: small enough that no run ends before it is killed. */
const BATCH = DEEP ? 128 : 64
/** Gas a recipient of a plain loop of transfers to recipients who hold none: the floor of pushing. */
const DISPERSE_FLOOR = 26_696

/**
 * A real process is killed by SIGKILL several times, each time when its provider has been asked a random number of
 * times. The provider meanwhile drops, delays, forgets and refuses. AIRDROP_TEST_SEED runs other moments, and `--deep`
 * kills more often.
 */
describe(`a distribution to ${RECIPIENTS} recipients that is killed ${KILLS} times, through a faulty provider`, function () {
  this.timeout(600_000)
  const seed = Number(process.env["AIRDROP_TEST_SEED"] ?? 20_251_121)
  let parent: string
  let stage: DeployedProgram
  let proxy: FaultProxy

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    stage = await startDeployedProgram(parent, { recipients: madeUpRecipients(RECIPIENTS) })
    proxy = await startFaultProxy(stage.url)
  })
  after(async () => {
    await proxy.close()
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  it("ends with every recipient paid once", async () => {
    const random = seededRandom(seed)
    const oneIn = (n: number) => (): boolean => random() * n < 1
    process.stdout.write(`      seed ${seed} (AIRDROP_TEST_SEED)\n`)
    proxy.setFaults([
      httpStatus(500, oneIn(40)),
      droppedConnection(steady(oneIn(40))),
      brokenOff(oneIn(60)),
      truncatedText(oneIn(60)),
      forgottenTransactions(keccak256, oneIn(8)),
      unconfirmedTransactions(oneIn(8)),
      refusedTransactions("replacement transaction underpriced", oneIn(10)),
      refusedTransactions("max fee per gas less than block base fee", oneIn(12)),
      unknownReceipts(oneIn(6)),
      laggingNonce(oneIn(10)),
    ])
    let killed = 0
    while (killed < KILLS) {
      const run = startDistribution(stage, proxy)
      const target = proxy.requests() + 12 + Math.floor(random() * 60)
      const ended = once(run.child, "close")
      while (run.child.exitCode === null && proxy.requests() < target) {
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      expect(run.child.exitCode, `it ended before it could be killed: ${run.text()}`).to.equal(null)
      run.child.kill("SIGKILL")
      await ended
      killed++
      // A recipient claims by himself between two runs.
      await claimOne(stage, Math.floor(random() * RECIPIENTS))
    }
    const doneBefore = await paidSoFar(stage)
    const last = startDistribution(stage, proxy)
    const [code] = (await once(last.child, "close")) as [number]
    expect(code, last.text()).to.equal(0)
    const report = JSON.parse(last.stdout()) as { gasPerRecipient: number; unclaimed: number }
    expect(report.unclaimed).to.equal(0)

    const balances = await balancesOf(stage, SESSION.token)
    stage.recipients.forEach(({ account, amount }, i) => {
      expect(balances[i], account).to.equal(amount)
    })
    const total = stage.recipients.reduce((sum, { amount }) => sum + amount, 0n)
    const events = await stage.airdrop.queryFilter(stage.airdrop.filters.Claimed())
    expect(events).to.have.length(RECIPIENTS)
    expect(new Set(events.map(({ args }) => args.index)).size).to.equal(RECIPIENTS)
    expect(events.reduce((sum, { args }) => sum + args.amount, 0n)).to.equal(total)

    const gas = await gasOfPushing(stage)
    process.stdout.write(
      `      ${doneBefore} paid before the last run; ${gas.transactions} transactions mined, ${gas.each.toFixed(0)} gas a recipient (${((gas.each / DISPERSE_FLOOR - 1) * 100).toFixed(1)}% above the floor of ${DISPERSE_FLOOR})\n`,
    )
    expect(gas.each).to.be.lessThan(DISPERSE_FLOOR * 1.35)
  })
})

/** Returns the same answer for every question about the same request. */
function steady(when: () => boolean): (count: number) => boolean {
  let [last, answer] = [0, false]
  return (count) => {
    if (count !== last) [last, answer] = [count, when()]
    return answer
  }
}

interface Run {
  readonly child: ChildProcess
  /** Returns its output on both channels. */
  readonly text: () => string
  readonly stdout: () => string
}

function startDistribution(stage: DeployedProgram, proxy: FaultProxy): Run {
  const args = [
    "--disable-warning=ExperimentalWarning",
    join(PROJECT_ROOT, "scripts", "cli.ts"),
    "distribute",
    stage.folder,
    ...[
      "--rpc",
      proxy.url,
      "--key",
      "OPS_KEY",
      "--yes",
      "--json",
      "--replace-after",
      "0.5",
      "--batch",
      String(BATCH),
    ],
  ]
  const env = { ...process.env, OPS_KEY: knownWallet(2).privateKey }
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] })
  let text = ""
  let stdout = ""
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString()
    stdout += chunk.toString()
  })
  child.stderr.on("data", (chunk: Buffer) => (text += chunk.toString()))
  return { child, text: () => text, stdout: () => stdout }
}

async function claimOne(stage: DeployedProgram, index: number): Promise<void> {
  if (await stage.airdrop.isClaimed(index)) return
  const { readLeaves } = await import("../../../scripts/stages/publication/read-leaves.ts")
  const { loadProgram } = await import("../../../scripts/stages/program/load-program.ts")
  const { list, tree } = await readLeaves(await loadProgram(stage.folder))
  const { accountOf, amountOf } = await import("../../../scripts/core/merkle/leaf-list.ts")
  const { toHex } = await import("../../../scripts/core/primitives/bytes.ts")
  const claimant = knownWallet(3).connect(stage.airdrop.runner?.provider ?? null)
  const data = stage.airdrop.interface.encodeFunctionData("claim", [
    index,
    accountOf(list, index),
    amountOf(list, index),
    tree.proof(index).map(toHex),
  ])
  await (await claimant.sendTransaction({ to: await stage.airdrop.getAddress(), data })).wait()
}

async function paidSoFar(stage: DeployedProgram): Promise<number> {
  return (await stage.airdrop.queryFilter(stage.airdrop.filters.Claimed())).length
}

/** Sums the gas of every transaction of the distributing account, including killed runs and runs without work. */
async function gasOfPushing(
  stage: DeployedProgram,
): Promise<{ readonly transactions: number; readonly each: number }> {
  const events = await stage.airdrop.queryFilter(stage.airdrop.filters.Claimed())
  const counts = new Map<string, number>()
  for (const { transactionHash } of events)
    counts.set(transactionHash, (counts.get(transactionHash) ?? 0) + 1)
  let [gas, paid, transactions] = [0n, 0, 0]
  const latest = await stage.chain.ethers.provider.getBlockNumber()
  for (let number = 1; number <= latest; number++) {
    const block = await stage.chain.ethers.provider.getBlock(number, true)
    for (const transaction of block?.prefetchedTransactions ?? []) {
      if (transaction.from !== stage.sender.address) continue
      const receipt = await stage.chain.ethers.provider.getTransactionReceipt(transaction.hash)
      gas += receipt?.gasUsed ?? 0n
      paid += counts.get(transaction.hash) ?? 0
      transactions++
    }
  }
  return { transactions, each: Number(gas) / paid }
}
