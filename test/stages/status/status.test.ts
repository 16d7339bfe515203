import { expect } from "chai"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import * as claim from "../../../scripts/commands/claim.ts"
import * as distribute from "../../../scripts/commands/distribute.ts"
import * as sign from "../../../scripts/commands/sign.ts"
import * as status from "../../../scripts/commands/status.ts"
import { readLeaves } from "../../../scripts/stages/publication/read-leaves.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import {
  BATCH_REFUSALS,
  httpRefusal,
  logRange,
  logRangeLimit,
  noBatches,
  startFaultProxy,
  type Fault,
  type FaultProxy,
  type RpcRequest,
} from "../../support/fault-proxy.ts"
import {
  cacheIn,
  knownWallet,
  startDeployedProgram,
  type DeployedProgram,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import { formatAttestation } from "../../../scripts/core/statements/attestation.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"

const plain = (i: number): { account: Address; amount: bigint } => ({
  account: `0x${`c${i}`.repeat(20)}`,
  amount: 10_000_000_000n,
})
const SAME_PLACE = { logIndex: "0x0" }
const ELSEWHERE: Address = `0x${"e1".repeat(20)}`

interface Shown {
  readonly claimed: { readonly count: number; readonly amount: string }
  readonly unclaimed: { readonly count: number; readonly amount: string }
  readonly byPath: Readonly<Record<string, { readonly count: number; readonly amount: string }>>
  readonly funding: { readonly owed: string; readonly missing: string; readonly swept: string }
  readonly byDay: readonly unknown[]
  readonly attestations: string | null
  readonly ownerSafe: unknown
  readonly ownerRecorded: object
  readonly alarms: readonly string[]
  readonly notices: readonly string[]
  readonly events: readonly { readonly name: string }[]
}

/** One program from its first claim to its sweep. Each test continues from the one before. */
describe("status", () => {
  let parent: string
  let stage: DeployedProgram
  let proxy: FaultProxy

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    for (const i of [2, 5, 6]) process.env[`OPS_${i}`] = knownWallet(i).privateKey
    const own = [5, 6, 7].map((i) => ({
      account: knownWallet(i).address.toLowerCase() as Address,
      amount: 10_000_000_000n,
    }))
    stage = await startDeployedProgram(parent, {
      recipients: [...[1, 2, 3, 4, 5].map(plain), ...own],
      reserve: 20_000_000_000n,
    })
    proxy = await startFaultProxy(stage.url)
  })
  after(async () => {
    for (const i of [2, 5, 6]) Reflect.deleteProperty(process.env, `OPS_${i}`)
    await proxy.close()
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  const rpc = (): readonly string[] => ["--rpc", proxy.url]
  const look = async (...args: readonly string[]): Promise<VerbRun & { readonly json: Shown }> => {
    const seen = await runVerb(status, [
      stage.folder,
      ...rpc(),
      "--cache",
      cacheIn(parent),
      "--json",
      ...args,
    ])
    expect(seen.error).to.equal(undefined)
    return { ...seen, json: seen.json as Shown }
  }

  it("shows a program without claims", async () => {
    const { json, status: code } = await look()
    expect(code).to.equal(0)
    expect(json.claimed).to.deep.equal({ count: 0, amount: "0.000000000" })
    expect(json.unclaimed).to.deep.equal({ count: 8, amount: "80.000000000" })
    expect(json.funding).to.include({ owed: "100.000000000", missing: "0.000000000" })
    expect(json.alarms).to.deep.equal([])
    expect(json.ownerSafe, "a plain account").to.equal(null)
    expect(json.ownerRecorded).to.include({
      reason: "deployment",
      address: stage.owner.address.toLowerCase(),
    })
  })

  it("names who has attested the root, and raises an alarm for a line that does not count", async () => {
    const path = join(stage.folder, "attestations.jsonl")
    expect((await look()).json.attestations).to.equal(null)
    await writeFile(
      path,
      `${formatAttestation({
        ...{ kind: "attestation", program: "small", chainId: 42161, tranche: "automatic" },
        ...{ root: `0x${"12".repeat(32)}`, total: 80_000_000_000n, version: "0.1.0" },
        block: { number: 0, hash: `0x${"00".repeat(32)}` },
        attester: ELSEWHERE,
        signature: `0x${"34".repeat(64)}1b`,
      })}\n`,
    )
    const { json, lines, status: code } = await look()
    expect(code).to.equal(1)
    expect(json.attestations).to.equal("automatic checked by 0 of 0 attesters")
    expect(lines.join("\n")).to.include("  attested     automatic checked by 0 of 0 attesters")
    expect(json.alarms).to.have.length(1)
    expect(json.alarms[0]).to.match(/^attestations\.jsonl:1: 0xE1.* is no attester of program\.json$/i)
    await rm(path)
  })

  it("counts claims by their route", async () => {
    const self = knownWallet(5).address
    const mover = knownWallet(6).address
    const signer = knownWallet(7).address
    const file = join(parent, "signed.json")
    const runs = [
      await runVerb(claim, [stage.folder, self, ...rpc(), "--key", "OPS_5"]),
      await runVerb(claim, [stage.folder, mover, "--to", ELSEWHERE, ...rpc(), "--key", "OPS_6"]),
      await runVerb(sign, [
        stage.folder,
        signer,
        "--to",
        ELSEWHERE,
        ...rpc(),
        "--account",
        signer,
        "--out",
        file,
      ]),
      await runVerb(claim, [stage.folder, "--signed", file, ...rpc(), "--key", "OPS_2"]),
      await runVerb(claim, [stage.folder, plain(1).account, ...rpc(), "--key", "OPS_2"]),
    ]
    for (const { error } of runs) expect(error).to.equal(undefined)
    await multicallOf(stage, [plain(2).account, plain(3).account])
    const { json } = await look()
    const counts = Object.fromEntries(Object.entries(json.byPath).map(([path, { count }]) => [path, count]))
    expect(counts).to.deep.equal({ self: 1, to: 1, signature: 1, pushed: 3 })
    expect(json.claimed).to.deep.equal({ count: 6, amount: "60.000000000" })
    expect(json.byDay).to.have.length(1)
  })

  it("counts a batch as pushed", async () => {
    const pushed = await runVerb(distribute, [stage.folder, ...rpc(), "--key", "OPS_2", "--yes"])
    expect(pushed.error).to.equal(undefined)
    const { json } = await look()
    expect(json.byPath["pushed"]?.count).to.equal(5)
    expect(json.unclaimed.count).to.equal(0)
  })

  it("is the same from the cache, from a damaged cache, and from a node with narrow limits", async () => {
    const first = (await look()).json
    const requests = proxy.calls.filter(({ method }) => method === "eth_getLogs").length
    expect((await look()).json).to.deep.equal(first)
    const asked = proxy.calls.filter(({ method }) => method === "eth_getLogs").length - requests
    expect(asked).to.equal(0)
    const [name = ""] = await import("node:fs/promises").then(
      async ({ readdir }) => await readdir(cacheIn(parent)),
    )
    const path = join(cacheIn(parent), name)
    const cache = await readFile(path, "utf8")
    for (const spoilt of ["{", cache.replace(/"hash":"0x..../, '"hash":"0xdead')]) {
      await writeFile(path, spoilt)
      expect((await look()).json).to.deep.equal(first)
    }
    await rm(path)
    proxy.setFaults([logRangeLimit(2)])
    expect((await look("--fresh")).json).to.deep.equal(first)
    proxy.setFaults([])
  })

  const refusals: readonly (readonly [what: string, status: number, text: string])[] = [
    ["400 and plain text", 400, "too many blocks"],
    ["400 and JSON of its own", 400, '{"message":"too many blocks"}'],
    ["413", 413, "<html>413</html>"],
  ]
  for (const [what, code, text] of refusals) {
    it(`says the same from a node that refuses what is too much with HTTP ${what}`, async () => {
      const first = (await look()).json
      const isTooMuch = (call: RpcRequest): boolean => logRange(call) > 8 || isLargeCall(call)
      proxy.setFaults([httpRefusal(code, isTooMuch, text)])
      expect((await look("--fresh")).json).to.deep.equal(first)
      proxy.setFaults([])
    })
  }

  it("is the same from a node that takes no batches", async () => {
    const first = (await look()).json
    const [[code, text] = [0, ""]] = BATCH_REFUSALS
    proxy.setFaults([noBatches(code, text)])
    expect((await look("--fresh")).json).to.deep.equal(first)
    proxy.setFaults([])
  })

  it("names the blocks whose events cannot be read", async () => {
    const failure = async (fault: Fault): Promise<string> => {
      proxy.setFaults([fault])
      const seen = await runVerb(status, [stage.folder, ...rpc(), "--cache", cacheIn(parent), "--fresh"])
      proxy.setFaults([])
      expect(seen.status).to.equal(1)
      return String(seen.error)
    }
    const isLogs = (call: RpcRequest): boolean => logRange(call) > 0
    expect(await failure(httpRefusal(403, isLogs, "no"))).to.match(
      /no logs of blocks \d+ to \d+: it refuses access \(403\)/,
    )
    expect(await failure(httpRefusal(413, isLogs, "no"))).to.match(
      /no logs of block \d+: the request is too large \(413\)/,
    )
  })

  it("writes the unclaimed accounts, and a page without external requests", async () => {
    const csv = join(parent, "unclaimed.csv")
    const html = join(parent, "status.html")
    await look("--csv", csv, "--html", html)
    expect(await readFile(csv, "utf8")).to.equal("index,account,amount\n")
    const page = await readFile(html, "utf8")
    expect(page).to.match(/<svg[^>]*role="img"/)
    const own = page.replaceAll(/<a href="https:\/\/arbiscan\.io\/address\/0x\w{40}"/g, "<a")
    expect(own).not.to.equal(page)
    expect(own).not.to.match(/https?:|src=|url\(|@import|<script|<link/)
    expect(page).not.to.match(/undefined|NaN|\[object/)
  })

  it("raises alarms when the contract holds too little, and when its ownership is offered", async () => {
    const snapshot = await stage.chain.request("evm_snapshot")
    const airdrop = await stage.chain.impersonate(await stage.airdrop.getAddress())
    const data = `0xa9059cbb${"11".repeat(20).padStart(64, "0")}${"1".padStart(64, "0")}`
    await airdrop.sendTransaction({ to: SESSION.token, data })
    await (await stage.airdrop.connect(stage.owner).transferOwnership(ELSEWHERE)).wait()
    const seen = await look()
    expect(seen.status).to.equal(1)
    expect(seen.json.alarms).to.deep.equal([
      "It is underfunded: 0.000000001 SESH are missing of the 20 SESH it may have to pay.",
      `The ownership is offered to ${toChecksum(ELSEWHERE)}.`,
    ])
    const watched = await runVerb(status, [
      stage.folder,
      ...rpc(),
      "--cache",
      cacheIn(parent),
      "--watch",
      "1",
    ])
    expect(watched.status).to.equal(1)
    await stage.chain.request("evm_revert", [snapshot])
  })

  it("raises an alarm for events that a node omits, and lists no claimed account as unclaimed", async () => {
    const csv = join(parent, "unclaimed.csv")
    proxy.setFaults([
      {
        onReply: (reply, { method }) =>
          method === "eth_getLogs" && Array.isArray(reply.result)
            ? { ...reply, result: reply.result.slice(0, -1) }
            : reply,
      },
    ])
    const seen = await look("--fresh", "--csv", csv)
    proxy.setFaults([])
    expect(await readFile(csv, "utf8")).to.equal("index,account,amount\n")
    expect(seen.status).to.equal(1)
    expect(seen.json.alarms).to.have.length(1)
    expect(seen.json.alarms[0]).to.match(/The node's events are incomplete/)
    expect((await look()).status).to.equal(0)
  })

  it("counts a repeated event once, and refuses contradicting events", async () => {
    const first = (await look()).json
    const changed = (change: (logs: readonly { logIndex: string }[]) => unknown): Fault => ({
      onReply: (reply, { method }) =>
        method === "eth_getLogs" && Array.isArray(reply.result)
          ? { ...reply, result: change(reply.result as { logIndex: string }[]) }
          : reply,
    })
    proxy.setFaults([changed((logs) => logs.flatMap((log) => [log, log]))])
    expect((await look("--fresh")).json).to.deep.equal(first)
    const contradictions: readonly (readonly [fault: Fault, words: RegExp])[] = [
      [
        changed((logs) => logs.flatMap((log) => [log, { ...log, logIndex: `${log.logIndex}fff` }])),
        /contradict each other: leaf \d+ is claimed twice, the second time in 0x/,
      ],
      [
        changed((logs) => logs.map((log) => ({ ...log, ...SAME_PLACE }))),
        /contradict each other: log 0 of transaction 0x[0-9a-f]+ in block \d+ says two things/,
      ],
    ]
    for (const [fault, words] of contradictions) {
      proxy.setFaults([fault])
      const seen = await runVerb(status, [stage.folder, ...rpc(), "--cache", cacheIn(parent), "--fresh"])
      expect(String(seen.error)).to.match(words)
      expect(seen.status).to.equal(1)
      proxy.setFaults([])
      expect((await look()).json, "nothing of it is kept").to.deep.equal(first)
    }
  })

  it("says that the deadline is over, and what was swept", async () => {
    await stage.chain.mine(Date.parse("2030-03-18T00:00:00Z") / 1000)
    expect((await look()).json.notices).to.deep.equal([
      "The deadline is over: the owner may sweep at any time.",
    ])
    await (await stage.airdrop.connect(stage.owner).sweep()).wait()
    const { json, status: code } = await look()
    expect(code).to.equal(0)
    expect(json.funding).to.include({ swept: "20.000000000", missing: "0.000000000" })
    expect(json.events.map(({ name }) => name)).to.include("Swept")
    const { lines } = await runVerb(status, [stage.folder, ...rpc(), "--cache", cacheIn(parent)])
    expect(lines.join("\n")).to.match(/0 SESH held, 20 SESH unpaid at the sweep/)
  })

  it("says in one line that the program is not deployed, or not what the node has", async () => {
    const seen = await runVerb(status, ["sample", ...rpc()])
    expect(seen.status).to.equal(2)
    expect(String(seen.error)).to.match(/deployment\.json does not exist|allocation/)
  })
})

/** Returns true for a call that asks about the claimed flags of more than a few leaves. */
function isLargeCall({ method, params: [transaction] }: RpcRequest): boolean {
  return method === "eth_call" && String((transaction as { data?: unknown }).data).length > 1_000
}

/** Claims for several at once through the contract's own multicall. */
async function multicallOf(stage: DeployedProgram, accounts: readonly Address[]): Promise<void> {
  const { tree } = await readLeaves(await loadProgram(stage.folder))
  const sorted = stage.recipients.toSorted((a, b) => (a.account < b.account ? -1 : 1))
  const calls = accounts.map((account) => {
    const index = sorted.findIndex((recipient) => recipient.account === account)
    const amount = sorted[index]?.amount ?? 0n
    return stage.airdrop.interface.encodeFunctionData("claim", [
      index,
      account,
      amount,
      tree.proof(index).map(toHex),
    ])
  })
  await (await stage.airdrop.connect(stage.sender).multicall(calls)).wait()
}
