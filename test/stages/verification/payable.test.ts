/** Whether everybody can be paid: the simulation against tokens, reserves and providers that stand in the way. */
import { expect } from "chai"
import { id, AbiCoder } from "ethers"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as statusVerb from "../../../scripts/commands/status.ts"
import * as verifyVerb from "../../../scripts/commands/verify.ts"
import type { Payability } from "../../../scripts/core/claim/payability.ts"
import { encodeRange } from "../../../scripts/core/claim/range-call.ts"
import { createList } from "../../../scripts/core/merkle/leaf-list.ts"
import { treeOfList } from "../../../scripts/core/merkle/tree.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import {
  cacheIn,
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import { MULTICALL3 } from "../../../scripts/io/rpc/multicall.ts"
import { connect } from "../../../scripts/io/rpc/provider.ts"
import { merkleAirdropAt } from "../../../scripts/stages/deployment/airdrop-contract.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { readLeaves } from "../../../scripts/stages/publication/read-leaves.ts"
import { automaticPayments } from "../../../scripts/stages/verification/payments.ts"
import { readPayability } from "../../../scripts/stages/verification/read-payability.ts"
import { requestsOf } from "../../../scripts/stages/verification/simulate-payments.ts"
import { gasCap, httpRefusal, missingMethod, startFaultProxy, type Fault } from "../../support/fault-proxy.ts"
import { makeTokenOdd, restoreToken } from "../../support/odd-token.ts"
import { publishReserve } from "../../support/publish-reserve.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"

const MANY = madeUpRecipients(5_000)
const RECIPIENTS = MANY.slice(0, 1_200)
const BLOCKED = [7, 600, 1_199].map((i) => RECIPIENTS[i]?.account ?? "0x")
const PAUSED = id("EnforcedPause()").slice(0, 10) as `0x${string}`
const reasonOf = (text: string): `0x${string}` =>
  `0x08c379a0${AbiCoder.defaultAbiCoder().encode(["string"], [text]).slice(2)}`

type Counted = Payability & { readonly asked: number }

/** Simulates through a proxy that counts the requests, every one of them. */
async function simulate(stage: DeployedProgram, faults: readonly Fault[] = []): Promise<Counted> {
  const proxy = await startFaultProxy(stage.url, faults)
  const provider = await connect(proxy.url, 42161)
  try {
    const loaded = await loadProgram(stage.folder)
    const address = (await stage.airdrop.getAddress()).toLowerCase() as Address
    const airdrop = await merkleAirdropAt(address, provider)
    const leaves = await readLeaves(loaded)
    return {
      ...(await readPayability(loaded, { provider, airdrop, address, leaves })),
      asked: proxy.requests(),
    }
  } finally {
    provider.destroy()
    await proxy.close()
  }
}

describe("Everybody can be paid", function () {
  this.timeout(300_000)
  let parent: string
  let stage: DeployedProgram
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    stage = await startDeployedProgram(parent, { recipients: RECIPIENTS })
  })
  afterEach(async () => {
    await restoreToken(stage.chain)
  })
  after(async () => {
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  const look = async (...faults: readonly Fault[]): Promise<Counted> => await simulate(stage, faults)
  const named = ({ refusals }: Payability): readonly string[] =>
    refusals.map(({ account, reason }) => `${account} ${reason}`)

  it("is shown for all in one request per 1,000 and one for a sample, besides what is read once", async () => {
    const found = await look()
    expect(found).to.deep.include({
      unpaid: { automatic: 1_200, reserve: 0 },
      refusals: [],
      standstill: undefined,
      shortfall: undefined,
      notes: [],
    })
    expect(found.requests).to.be.at.most(3)
    expect(found.asked).to.be.at.most(15)
  })

  it("names them too if the token gives no reason", async () => {
    await makeTokenOdd(stage.chain, "0x", BLOCKED)
    const found = await look()
    expect(named(found)).to.have.members(BLOCKED.map((account) => `${account} it reverts without a reason`))
    expect(found.asked).to.be.at.most(60)
  })

  it("names those to whom the token pretends to pay", async () => {
    await makeTokenOdd(stage.chain, true, BLOCKED)
    const found = await look()
    expect(found.refusals.map(({ account }) => account)).to.have.members(BLOCKED)
    expect(found.refusals[0]?.reason).to.match(/^the token moves 0 SESH instead of /)
    expect(found.asked).to.be.at.most(60)
  })

  it("is an alarm of status and a finding of verify, each with the account and the reason", async () => {
    await makeTokenOdd(stage.chain, reasonOf("blocked"), BLOCKED)
    const rpc = ["--rpc", stage.url]
    const status = await runVerb(statusVerb, [
      stage.folder,
      ...rpc,
      "--payable",
      "--json",
      "--no-network",
      "--cache",
      cacheIn(parent),
    ])
    expect(status.status).to.equal(1)
    const { alarms, payable } = status.json as { alarms: readonly string[]; payable: { refusals: unknown[] } }
    expect(payable.refusals).to.have.length(3)
    for (const account of BLOCKED) {
      expect(alarms.join("\n"))
        .to.contain(`${toChecksum(account)} cannot be paid`)
        .and.contain('"blocked"')
    }
    const verify = await runVerb(verifyVerb, [stage.folder, ...rpc])
    expect(verify.status).to.equal(1)
    const lines = verify.lines.join("\n")
    for (const account of BLOCKED) expect(lines).to.contain(`${toChecksum(account)}: cannot be paid`)
    expect(lines).to.match(/WRONG {2}payable {6}1200 unpaid, simulated at block \d+/)
    expect(lines).to.match(/ok {5}audit {8}1200 leaves hashed by the chain's own machine in 1 call: root 0x/)
  })

  it("is told in few requests if the token is paused, or moves nothing at all", async () => {
    for (const [refusal, words] of [
      [PAUSED, "the token refused the transfer (EnforcedPause())"],
      [true, "the token moves 0 SESH instead of"],
    ] as const) {
      await makeTokenOdd(stage.chain, refusal)
      const found = await look()
      expect(found.refusals).to.deep.equal([])
      expect(found.standstill).to.deep.include({ tried: 32 })
      expect(found.standstill?.reason).to.contain(words)
      expect(found.asked).to.be.at.most(20)
    }
  })

  it("is told if the token's code is another one that answers nothing", async () => {
    await makeTokenOdd(stage.chain, "0x", [])
    await stage.chain.setCode(SESSION.token, "0x60006000fd")
    const found = await look()
    expect(found.standstill).to.deep.equal({
      tried: 0,
      reason: "the token does not tell what the contract holds",
    })
  })

  it("works with providers that give little gas or take small requests only, and says so", async () => {
    await makeTokenOdd(stage.chain, reasonOf("blocked"), BLOCKED)
    const little = await look(gasCap(10_000_000))
    expect(named(little)).to.have.members(BLOCKED.map((account) => `${account} "blocked"`))
    expect(little.requests).to.be.above(5)
    expect(little.largest).to.be.at.most(300)
    expect(little.notes.join()).to.match(/gives a call \d+ gas only, which takes more requests/)
    const isLarge = ({ params }: { params: readonly unknown[] }): boolean =>
      JSON.stringify(params).length > 20_000
    const small = await look(httpRefusal(413, isLarge, "Request Entity Too Large"))
    expect(named(small)).to.have.members(BLOCKED.map((account) => `${account} "blocked"`))
    expect(small.requests).to.be.above(5)
    expect(small.notes.join()).to.contain("takes no calls of")
  })

  it("works on a chain without Multicall3, and says so", async () => {
    await makeTokenOdd(stage.chain, reasonOf("blocked"), BLOCKED)
    const code = String(await stage.chain.request("eth_getCode", [MULTICALL3, "latest"]))
    await stage.chain.setCode(MULTICALL3, "0x")
    try {
      const found = await look()
      expect(named(found)).to.have.members(BLOCKED.map((account) => `${account} "blocked"`))
      expect(found.notes.join()).to.contain("no Multicall3")
      expect(found.asked).to.be.at.most(60)
    } finally {
      await stage.chain.setCode(MULTICALL3, code)
    }
  })

  it("does not ask for state overrides", async () => {
    const overrides: Fault = {
      onCall: (call) =>
        call.method === "eth_call" && call.params.length > 2 ? { ...call, method: "eth_none" } : call,
    }
    const found = await look(overrides, missingMethod("eth_none"))
    expect(found.refusals).to.deep.equal([])
    expect(found.unpaid.automatic).to.equal(1_200)
  })

  it("names the first account that the money does not reach, and still finds who is blocked", async () => {
    await makeTokenOdd(stage.chain, reasonOf("blocked"), BLOCKED.slice(0, 1))
    const airdrop = await stage.chain.impersonate(await stage.airdrop.getAddress())
    const balance = `0x70a08231${(await stage.airdrop.getAddress()).slice(2).padStart(64, "0")}`
    const held = BigInt(String(await stage.chain.request("eth_call", [{ to: SESSION.token, data: balance }])))
    const sorted = [...RECIPIENTS].sort((a, b) => (a.account < b.account ? -1 : 1))
    const kept = sorted.slice(0, 1_000).reduce((sum, { amount }) => sum + amount, 0n)
    const away = held - kept
    const data = `0xa9059cbb${"e1".repeat(20).padStart(64, "0")}${away.toString(16).padStart(64, "0")}`
    await (await airdrop.sendTransaction({ to: SESSION.token, data })).wait()
    try {
      const found = await look()
      expect(found.shortfall).to.deep.include({ held: kept, first: sorted[1_000]?.account, count: 200 })
      expect(named(found)).to.deep.equal([`${BLOCKED[0] ?? ""} "blocked"`])
    } finally {
      await restoreToken(stage.chain)
      await stage.chain.fund(await stage.airdrop.getAddress(), away)
    }
  })

  it("holds for those who are left after claims, and for the accounts of the reserve", async () => {
    const at = (i: number): Address => RECIPIENTS[i]?.account ?? "0x"
    const [first, second, third] = [at(0), at(1), at(2)] as const
    const root = await publishReserve(stage.folder, [
      [first, 10_000n],
      [second, 20_000n],
      [third, 30_000n],
    ])
    const owner = stage.airdrop.connect(stage.owner)
    await (await owner.submitReserveRoot(root, "")).wait()
    expect((await look()).notes.join()).to.contain("pending reserve root")
    const { timestamp } = (await stage.chain.ethers.provider.getBlock("latest")) ?? { timestamp: 0 }
    await stage.chain.mine(timestamp + 86_400)
    await (await owner.acceptReserveRoot(root)).wait()
    const leaves = await readLeaves(await loadProgram(stage.folder))
    const range = { start: 400, count: 100 }
    await (
      await stage.sender.sendTransaction({
        to: await stage.airdrop.getAddress(),
        data: encodeRange(stage.airdrop, leaves, range),
      })
    ).wait()
    await makeTokenOdd(stage.chain, PAUSED, [second])
    const found = await look()
    expect(found.unpaid).to.deep.equal({ automatic: 1_100, reserve: 3 })
    expect(
      found.refusals.map(({ tranche, account, amount }) => ({ tranche, account, amount })),
    ).to.deep.equal([
      { tranche: "automatic", account: second, amount: RECIPIENTS[1]?.amount },
      { tranche: "reserve", account: second, amount: 20_000n },
    ])
  })

  it("takes at most 1,000 requests for a million under a cap of 50 million gas", () => {
    const count = 1_000_000
    const list = createList("automatic", count)
    const leaves = { list, tree: treeOfList(createList("automatic", 1)) }
    const payments = automaticPayments(
      { airdrop: stage.airdrop, leaves, claimed: new Uint8Array(count), reserve: undefined },
      256,
    )
    const requests = requestsOf({ gas: 50_000_000, bytes: 1_500_000 }, 1n, payments)
    expect(requests.length).to.be.at.most(1_000 - 1)
    expect(requests.flat().reduce((sum, { accounts }) => sum + accounts, 0)).to.equal(count)
  })
})

describe("Three of 5,000 whom the token blocks", function () {
  this.timeout(300_000)

  it("are named, with the reason, in at most 60 requests, every one counted", async () => {
    await inScratch(async (parent) => {
      const stage = await startDeployedProgram(parent, { recipients: MANY })
      try {
        const blocked = [7, 2_500, 4_999].map((i) => MANY[i]?.account ?? "0x")
        await makeTokenOdd(stage.chain, reasonOf("SESH: blocked"), blocked)
        const { refusals, asked, requests } = await simulate(stage)
        expect(refusals.map(({ account, reason }) => `${account} ${reason}`)).to.have.members(
          blocked.map((account) => `${account} "SESH: blocked"`),
        )
        expect(asked).to.be.at.most(60)
        expect(requests).to.be.at.most(20)
      } finally {
        await stage.close()
      }
    })
  })
})
