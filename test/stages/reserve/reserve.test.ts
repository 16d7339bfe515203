import type { ErrorCode } from "../../../scripts/core/primitives/error.ts"
import { expect } from "chai"
import { Wallet } from "ethers"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as claim from "../../../scripts/commands/claim.ts"
import * as grants from "../../../scripts/commands/grants/grants.ts"
import * as status from "../../../scripts/commands/status.ts"
import { parseAddress, toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { statementDigest } from "../../../scripts/core/statements/signer.ts"
import { statementText, type StatementTerms } from "../../../scripts/core/statements/statement.ts"
import { sign } from "../../support/statements.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { proofsFolder } from "../../../scripts/io/project/folders.ts"
import { checkPublished } from "../../../scripts/stages/publication/check-published.ts"
import { createSafe } from "../../../scripts/io/safe/safe.ts"
import {
  httpRefusal,
  logRange,
  logRangeLimit,
  noBatches,
  startFaultProxy,
  type RpcRequest,
} from "../../support/fault-proxy.ts"
import {
  cacheIn,
  knownWallet,
  startDeployedProgram,
  type DeployedProgram,
} from "../../../scripts/dev/rigs/deployed-program.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { expectError } from "../../support/errors.ts"

const DAY = 86_400
const LISTED: Address = `0x${"a1".repeat(20)}`
const OLD = new Wallet(`0x${"55".repeat(32)}`)
const NEW: Address = `0x${"b7".repeat(20)}`
const OTHER: Address = `0x${"b8".repeat(20)}`

/** The reserve from grant to claim. Each test continues from the one before. */
describe("the reserve, from a grant to its claim", () => {
  let parent: string
  let stage: DeployedProgram

  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-"))
    process.env["OPS_KEY"] = knownWallet(2).privateKey
    stage = await startDeployedProgram(parent, {
      recipients: [
        { account: LISTED, amount: 100_000_000_000n },
        { account: `0x${"a2".repeat(20)}`, amount: 250_000_000_000n },
      ],
    })
  })
  after(async () => {
    Reflect.deleteProperty(process.env, "OPS_KEY")
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  })

  const run = async (...args: readonly string[]): Promise<VerbRun> =>
    await runVerb(grants, [stage.folder, ...args])
  const rpc = (): readonly string[] => ["--rpc", stage.url]
  const look = async (): Promise<VerbRun> =>
    await runVerb(status, [stage.folder, ...rpc(), "--cache", cacheIn(parent), "--json"])
  const root = async (): Promise<string> =>
    (
      JSON.parse(await readFile(join(proofsFolder(stage.folder), "reserve", "manifest.json"), "utf8")) as {
        root: string
      }
    ).root
  const note = ["--reason", "missed", "--evidence", "ticket 12"]

  it("refuses surplus arguments: an amount may have been split", async () => {
    expectError((await run("add", NEW, "1", "000")).error, "usage", '"000"')
    expectError((await run("list", "x")).error, "usage", '"x"')
  })

  const DEADLINE = "2030-01-01T00:00:00Z"
  const linkTo = async (from: Address, to: Address): Promise<StatementTerms> => {
    const { name, program } = await loadProgram(stage.folder)
    const deadline = new Date(DEADLINE)
    return { kind: "link", program: name, chainId: program.chainId, from, to, deadline }
  }

  it("takes a link that the old address signed as evidence", async () => {
    const from = parseAddress(OLD.address)
    const terms = await linkTo(from, NEW)
    const evidence = { kind: "link", from, to: NEW, deadline: DEADLINE, scheme: "eip191" }
    const good = join(parent, "good.json")
    const bad = join(parent, "bad.json")
    const signature = await OLD.signMessage(statementText(terms))
    await writeFile(good, JSON.stringify({ ...evidence, signature }))
    const other = await knownWallet(4).signMessage(statementText(terms))
    await writeFile(bad, JSON.stringify({ ...evidence, signature: other }))
    const refused = await run("add", NEW, "5", "--reason", "moved", "--evidence", bad)
    expectError(refused.error, "refused", "signed by")
    const elsewhere = await run("add", OTHER, "5", "--reason", "moved", "--evidence", good)
    expectError(elsewhere.error, "refused", "names")
    const added = await run("add", NEW, "5", "--reason", "moved", "--evidence", good)
    expect(added.error).to.equal(undefined)
  })

  it("takes a typed signature too", async () => {
    const old = new Wallet(`0x${"56".repeat(32)}`)
    const from = parseAddress(old.address)
    const signed = await sign(old, await linkTo(from, OTHER))
    const file = join(parent, "typed.json")
    await writeFile(file, JSON.stringify({ kind: "link", from, to: OTHER, deadline: DEADLINE, ...signed }))
    expect((await run("add", OTHER, "7", "--reason", "moved", "--evidence", file)).error).to.equal(undefined)
    expect((await run("check", "--json")).json).to.deep.equal({ grants: 2, signed: 2, findings: [] })
  })

  it("takes the signature of an old address that is a Safe, checked on chain", async () => {
    const owner = knownWallet(9).connect(stage.airdrop.runner?.provider ?? null)
    const from = await createSafe(owner, { owners: [owner.address], threshold: 1 })
    const to: Address = `0x${"b9".repeat(20)}`
    const hash = statementDigest(await linkTo(parseAddress(from), to), "erc1271")
    const domain = { chainId: 42161, verifyingContract: from }
    const types = { SafeMessage: [{ name: "message", type: "bytes" }] }
    const signature = await owner.signTypedData(domain, types, { message: hash })
    const file = join(parent, "safe.json")
    const evidence = { kind: "link", from, to, deadline: DEADLINE, scheme: "erc1271", signature }
    await writeFile(file, JSON.stringify(evidence))
    const args = ["add", to, "1", "--reason", "moved", "--evidence", file]
    expectError((await run(...args)).error, "refused")
    expect((await run(...args, ...rpc())).error).to.equal(undefined)
    expect((await run("check", ...rpc(), "--json")).json).to.deep.equal({
      grants: 3,
      signed: 3,
      findings: [],
    })
    expect((await run("revoke", "3", "--reason", "not needed")).error).to.equal(undefined)
  })

  const refused: readonly (readonly [
    what: string,
    args: readonly string[],
    code: ErrorCode,
    values: readonly string[],
  ])[] = [
    ["more than the reserve", [`0x${"c1".repeat(20)}`, "39", ...note], "refused", ["51 SESH", "50 SESH"]],
    ["somebody who is paid automatically", [LISTED, "1", ...note], "unresolved", ["100 SESH"]],
    ["the same account twice", [NEW, "1", ...note], "unresolved", ["grant 1", "5 SESH"]],
    ["a grant without evidence", [`0x${"c1".repeat(20)}`, "1", "--reason", "x"], "unresolved", []],
    ["the zero address", [`0x${"00".repeat(20)}`, "1", ...note], "refused", []],
    [
      "too many decimals",
      [`0x${"c1".repeat(20)}`, "1.0000000001", ...note],
      "invalid-amount",
      ["10 decimals"],
    ],
    ["a grant without a reason", [`0x${"c1".repeat(20)}`, "1"], "usage", ["--reason"]],
  ]
  for (const [what, args, code, values] of refused) {
    it(`refuses ${what}`, async () => {
      const done = await run("add", ...args)
      expectError(done.error, code, ...values)
      expect(done.status).to.equal(2)
    })
  }

  it("grants with --force, and records the objections", async () => {
    expect((await run("add", LISTED, "1", ...note, "--force")).error).to.equal(undefined)
    const { grants: list } = (await run("list", "--json")).json as {
      grants: { overriddenChecks: string[] }[]
    }
    expect(list[3]?.overriddenChecks[0]).to.match(/automatically/)
    expect((await run("revoke", "4", "--reason", "a mistake")).error).to.equal(undefined)
    expect((await run("list", "--json")).json).to.include({ total: "12.000000000", left: "38.000000000" })
  })

  it("builds a tree whose published files verify", async () => {
    const built = await run("build", ...rpc(), "--json")
    expect(built.error).to.equal(undefined)
    expect(built.json).to.include({
      root: await root(),
      accounts: 2,
      totalBaseUnits: 12_000_000_000n,
      compared: true,
    })
    const { findings, proven } = await checkPublished(join(proofsFolder(stage.folder), "reserve"))
    expect(findings).to.deep.equal([])
    expect(proven).to.equal(2)
    const again = await run("build", ...rpc(), "--json")
    expect(again.json).to.include({ root: await root() })
    expect(((await run("list", "--json")).json as { roots: unknown[] }).roots).to.have.length(1)
  })

  it("revokes a grant in a root that was never submitted, with --rpc", async () => {
    expect((await run("add", `0x${"d1".repeat(20)}`, "3", ...note)).error).to.equal(undefined)
    await run("build", ...rpc())
    const blind = await run("revoke", "5", "--reason", "wrong")
    expectError(blind.error, "refused", /grant 5 .* 0x/)
    expect((await run("revoke", "5", "--reason", "wrong", ...rpc())).error).to.equal(undefined)
    expect((await run("build", ...rpc())).error).to.equal(undefined)
  })

  it("refuses a root on chain that was not built from this ledger", async () => {
    const airdrop = stage.airdrop.connect(stage.owner)
    const foreign = `0x${"ee".repeat(32)}`
    await (await airdrop.submitReserveRoot(foreign, "")).wait()
    const seen = await look()
    expect(seen.status).to.equal(1)
    expect((seen.json as { alarms: string[] }).alarms[0]).to.match(/pending reserve root 0xee.* is unknown/)
    expectError((await run("build", ...rpc())).error, "mismatch", /0x/)
    await (await airdrop.revokeReserveRoot(foreign)).wait()
    expect((await look()).status).to.equal(0)
  })

  it("shows the pending root with its time, and then the accepted one", async () => {
    const airdrop = stage.airdrop.connect(stage.owner)
    await (await airdrop.submitReserveRoot(await root(), "ipfs://x")).wait()
    const pending = (await look()).json as { reserve: { pending: { total: string } }; notices: string[] }
    expect(pending.reserve.pending.total).to.equal("12.000000000")
    expect(pending.notices[0]).to.match(/A reserve root is pending until/)
    await stage.chain.request("evm_increaseTime", [DAY])
    await (await airdrop.acceptReserveRoot(await root())).wait()
    expect((await look()).json).to.have.nested.property("reserve.accepted", "12.000000000")
  })

  it("says the same through a provider that gives the events of few blocks at a time", async () => {
    const proxy = await startFaultProxy(stage.url, [logRangeLimit(2)])
    const narrow = ["--rpc", proxy.url]
    try {
      expect((await run("check", ...narrow, "--json")).json).to.deep.equal(
        (await run("check", ...rpc(), "--json")).json,
      )
      expect((await run("build", ...narrow, "--json")).json).to.deep.equal(
        (await run("build", ...rpc(), "--json")).json,
      )
      const revoked = await run("revoke", "1", "--reason", "regret", ...narrow)
      expectError(revoked.error, "refused", /grant 1 .* 0x/)
    } finally {
      await proxy.close()
    }
  })

  it("gives the same answers through a gateway without batches that reports limits by HTTP status", async () => {
    const isTooMuch = (call: RpcRequest): boolean => logRange(call) > 2
    const proxy = await startFaultProxy(stage.url, [
      httpRefusal(413, isTooMuch, "too large"),
      noBatches(400, '{"error":"no batches"}'),
    ])
    try {
      expect((await run("check", "--rpc", proxy.url, "--json")).json).to.deep.equal(
        (await run("check", ...rpc(), "--json")).json,
      )
    } finally {
      await proxy.close()
    }
  })

  it("keeps promises: no grant on chain is revoked, and no account falls below its promised amount", async () => {
    const revoked = await run("revoke", "1", "--reason", "regret", ...rpc())
    expectError(revoked.error, "refused", /grant 1 .* 0x/)
    // As if the ledger had been edited by hand: the promise is in the root, and the grant revoked all the same.
    const path = join(stage.folder, "grants.jsonl")
    const before = await readFile(path, "utf8")
    const line = {
      format: "merkle-airdrop/grant@1",
      kind: "revoke",
      grantId: 1,
      reason: "x",
      time: "2030-01-01T00:00:00Z",
    }
    await writeFile(path, `${before}${JSON.stringify(line)}\n`)
    const built = await run("build", ...rpc())
    expect(built.status).to.equal(1)
    expectError(built.error, "mismatch", "0 SESH", "5 SESH")
    await writeFile(path, before)
  })

  it("pays what was granted, and later only what was added", async () => {
    const send = async (account: Address): Promise<VerbRun> =>
      await runVerb(claim, [stage.folder, account, ...rpc(), "--key", "OPS_KEY", "--json"])
    expect((await send(NEW)).json).to.include({ baseUnits: 5_000_000_000n })
    expect((await run("add", NEW, "2.5", ...note, "--force")).error).to.equal(undefined)
    expect((await run("build", ...rpc())).error).to.equal(undefined)
    expectError((await send(NEW)).error, "mismatch")
    const airdrop = stage.airdrop.connect(stage.owner)
    await (await airdrop.submitReserveRoot(await root(), "")).wait()
    await stage.chain.request("evm_increaseTime", [DAY])
    await (await airdrop.acceptReserveRoot(await root())).wait()
    expect((await send(NEW)).json).to.include({ baseUnits: 2_500_000_000n })
    expect((await look()).json).to.have.nested.property("reserve.paid", "7.500000000")
  })

  it("claims both tranches of one account in one transaction", async () => {
    expect((await run("add", LISTED, "4", ...note, "--force")).error).to.equal(undefined)
    expect((await run("build", ...rpc())).error).to.equal(undefined)
    const airdrop = stage.airdrop.connect(stage.owner)
    await (await airdrop.submitReserveRoot(await root(), "")).wait()
    await stage.chain.request("evm_increaseTime", [DAY])
    await (await airdrop.acceptReserveRoot(await root())).wait()
    const done = await runVerb(claim, [stage.folder, LISTED, ...rpc(), "--key", "OPS_KEY", "--json"])
    expect(done.json).to.include({ account: toChecksum(LISTED), baseUnits: 104_000_000_000n })
  })
})
