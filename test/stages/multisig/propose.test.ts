import { expect } from "chai"
import { Contract, Interface } from "ethers"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ServedChain } from "../../../scripts/dev/embedded/serve.ts"
import * as inspect from "../../../scripts/commands/inspect.ts"
import * as propose from "../../../scripts/commands/propose.ts"
import * as verify from "../../../scripts/commands/verify.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { TOKEN } from "../../../scripts/core/ethereum/erc20.ts"
import { ERROR_CODES, type ErrorCode } from "../../../scripts/core/primitives/error.ts"
import { batchChecksum, batchFile } from "../../../scripts/core/safe/safe-batch.ts"
import { deploymentCall } from "../../../scripts/core/ethereum/create2.ts"
import { executeCall, ownerCall, scheduleCall } from "../../../scripts/core/multisig/owner-calls.ts"
import { readDeployment } from "../../../scripts/stages/deployment/deployment-file.ts"
import { writeBatch } from "../../../scripts/stages/multisig/batch-file.ts"
import { readBatch } from "../../support/read-batch.ts"
import { readSafeTransaction } from "../../../scripts/stages/multisig/transaction-file.ts"
import { loadContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { executeSafeTransaction, signSafeTransaction } from "../../../scripts/io/safe/execute.ts"
import { createSafe, readSafe } from "../../../scripts/io/safe/safe.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { publishReserve } from "../../support/publish-reserve.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { chainWithSafe, deployTimelock, type SafeOnChain } from "../../support/safe.ts"
import { expectError } from "../../support/errors.ts"

const SESH = 10n ** 9n

describe("propose and inspect", function () {
  this.timeout(120_000)
  let there: SafeOnChain
  let served: ServedChain
  let scratch: string
  let program: string
  let point: unknown

  before(async () => {
    there = await chainWithSafe()
    served = await there.chain.serve()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-safe-"))
    program = await publishProgram(scratch, { owner: there.safe })
    await there.chain.fund(there.safe, 400n * SESH)
    point = await there.chain.request("evm_snapshot")
  })
  afterEach(async () => {
    await there.chain.request("evm_revert", [point])
    point = await there.chain.request("evm_snapshot")
    await rm(join(program, "deployment.json"), { force: true })
    await rm(join(program, "proposals"), { recursive: true, force: true })
  })
  after(async () => {
    await served.close()
    await there.chain.close()
    await rm(scratch, { recursive: true, force: true })
  })

  const proposed = async (...args: string[]): Promise<VerbRun> =>
    await runVerb(propose, [program, ...args, "--rpc", served.url, "--json"])
  /** Inspects as a signer with an own copy of the program. `--program` in the arguments names another one. */
  const inspected = async (file: string, ...args: string[]): Promise<VerbRun> =>
    await runVerb(inspect, [file, "--program", program, "--rpc", served.url, ...args])
  const deployFirst = async (folder = program): Promise<void> => {
    const { initCode } = await loadContext(folder)
    await (await there.stranger.sendTransaction(deploymentCall(initCode))).wait()
  }
  const filesOf = (run: VerbRun): { batch: string; text: string; transaction: string } => {
    expect(run.error).to.equal(undefined)
    return (run.json as { files: { batch: string; text: string; transaction: string } }).files
  }
  const execute = async (run: VerbRun, safe: Address = there.safe): Promise<void> => {
    const file = await readSafeTransaction(filesOf(run).transaction)
    if (file === undefined) throw new Error("no transaction was written")
    const state = await readSafe(there.chain.ethers.provider, safe)
    const owners = there.owners.slice(0, 2)
    const signatures = await Promise.all(
      owners.map((owner) => signSafeTransaction(state, file.transaction, owner)),
    )
    await executeSafeTransaction(state, file.transaction, signatures, there.payer)
  }
  const clean = async (run: VerbRun, ...args: string[]): Promise<VerbRun> => {
    const result = await inspected(filesOf(run).batch, ...args)
    expect(result.lines.filter((line) => line.startsWith("  !"))).to.deep.equal([])
    expect(result.status).to.equal(0)
    return result
  }

  it("the deployment in one batch: proposed, inspected, signed, executed and verified", async () => {
    const run = await proposed("deploy", "--batch")
    const { batch, text } = filesOf(run)
    const { airdrop } = await loadContext(program)
    const read = await readBatch(batch)
    expect(read).to.include({ chainId: 42161, safe: there.safe })
    expect(read.calls).to.have.length(3)
    expect(read.flags).to.deep.equal([])
    const words = await readFile(text, "utf8")
    expect(words).to.include(`Create MerkleAirdrop at ${toChecksum(airdrop)}`)
    expect(words).to.include(`Transfer 400 SESH to ${toChecksum(airdrop)} (the airdrop)`)
    expect(words).to.include("sweep time: 2030-03-17T17:46:40Z")
    const { hashes } = run.json as { hashes: { safe: string; domain: string; message: string } }
    for (const hash of Object.values(hashes)) expect(words).to.include(hash)

    const shown = (await clean(run)).lines.join("\n")
    expect(shown).to.include("it succeeds")
    expect(shown).to.include("400 SESH: the Safe → the airdrop")
    expect(shown).to.include("the Safe holds: 400 SESH → 0 SESH")
    expect(shown).to.include("the airdrop holds: 0 SESH → 400 SESH")
    expect(shown).to.match(/the airdrop's code: none → \d+ bytes/)
    expect(shown).to.include(`the airdrop's owner: none → ${toChecksum(there.safe)}`)
    expect(shown).to.include(hashes.safe)
    // The simulation is on a fork: the chain itself is as it was.
    expect(await there.chain.ethers.provider.getCode(airdrop)).to.equal("0x")

    expect((await runVerb(verify, [program, "--rpc", served.url])).status).to.equal(1)
    expect(await readDeployment(program)).to.equal(undefined)
    await execute(run)
    const verified = await runVerb(verify, [program, "--rpc", served.url])
    expect(verified.error).to.equal(undefined)
    expect(verified.lines.join("\n")).to.match(
      /ok +chain +(\d+) of \1 checks of 0x\w+ agree[^]*note +chain +holds 400 SESH, owes 400 SESH/,
    )
    expect(await readDeployment(program)).to.include({ address: airdrop, deployedBy: "safe", chainId: 42161 })
    expect((await runVerb(verify, [program, "--rpc", served.url])).status).to.equal(0)
  })

  it("an approval for somebody who is no owner, and an address that holds tokens before it is created", async () => {
    const nested = `${there.stranger.address}:0:1.4.1`
    const args = [program, "deploy", "--batch", "--nonce", "0", "--nested", nested, "--json"]
    const shown = (await inspected(filesOf(await runVerb(propose, args)).batch)).lines.join("\n")
    expect(shown).to.match(/! an approval is written for 0x\w+, which is not an owner of the Safe/)
    const { airdrop } = await loadContext(program)
    await there.chain.fund(airdrop, 100n * SESH)
    const batch = await proposed("deploy", "--batch")
    const flagged = (await inspected(filesOf(batch).batch)).lines.join("\n")
    expect(flagged).to.match(/! call 2: 400 SESH is 100 SESH too much: the airdrop needs 300 SESH/)
    expect(flagged).to.match(/holds 100 SESH before it is created/)
  })

  it("the same proposal gives the same bytes", async () => {
    const first = await readFile(filesOf(await proposed("deploy", "--batch")).batch)
    const again = await readFile(filesOf(await proposed("deploy", "--batch")).batch)
    expect(first.equals(again)).to.equal(true)
    const json = JSON.parse(first.toString("utf8")) as { meta: { checksum: string } }
    expect(json.meta.checksum).to.equal(batchChecksum(json))
  })

  it("refuses what could only fail", async () => {
    await there.chain.request("evm_revert", [point])
    point = await there.chain.request("evm_snapshot")
    const refused = async (code: ErrorCode, value: string | RegExp, ...args: string[]): Promise<void> => {
      const run = await proposed(...args)
      expectError(run.error, code, value)
      expect(run.status).to.equal(ERROR_CODES[code])
    }
    const { airdrop } = await loadContext(program)
    await refused("inconsistent", /1\.4\.1.*1\.3\.0/, "deploy", "--batch", "--safe-version", "1.3.0")
    await refused("chain-state", toChecksum(airdrop), "sweep")
    await refused("not-ready", toChecksum(airdrop), "deploy")
    await refused("inconsistent", /0x\w{40}/, "deploy", "--batch", "--nested", await nestedSafe())
    await deployFirst()
    await refused("chain-state", toChecksum(airdrop), "deploy", "--batch")
    expect((await proposed("deploy")).status).to.equal(0)
    await refused("chain-state", "2030-03-17", "sweep")
    await refused("chain-state", "no reserve root is pending", "revoke", "--root", `0x${"11".repeat(32)}`)
    await execute(await proposed("deploy"))
    await refused("chain-state", /[\d,]+ SESH/, "deploy")
    await refused("inconsistent", "nonce 0", "sweep", "--nonce", "0")
    const poor = await publishProgram(scratch, { owner: there.safe, name: "poor", reserve: "60" })
    const run = await runVerb(propose, [poor, "deploy", "--batch", "--rpc", served.url])
    expectError(run.error, "chain-state", "410 SESH")
  })

  it("refuses files that do not verify", async () => {
    const damaged = await publishProgram(scratch, { owner: there.safe, name: "damaged" })
    const run = async (): Promise<VerbRun> => await runVerb(propose, [damaged, "deploy", "--nonce", "0"])
    expect((await run()).status).to.equal(0)
    const claim = join(damaged, "proofs", "claims", `0x${"a1".repeat(20)}.json`)
    const text = await readFile(claim, "utf8")
    await writeFile(claim, text.replace('"100', '"101'))
    expectError((await run()).error, "mismatch", "0xa1a1")
    await writeFile(claim, text)
    await writeFile(join(damaged, "amounts.csv"), `account,amount\n0x${"a1".repeat(20)},350\n`)
    expectError((await run()).error, "mismatch")
  })

  it("the reserve, its acceptance, an ownership transfer and the sweep", async () => {
    await deployFirst()
    await execute(await proposed("deploy"))
    expectError((await proposed("reserve")).error, "not-ready")
    const root = await publishReserve(program, [[there.stranger.address, 50n * SESH]])
    const submit = await proposed("reserve")
    expect((await clean(submit)).lines.join("\n")).to.match(
      new RegExp(`the pending reserve root: none → ${root}, acceptable`),
    )
    await execute(submit)
    expectError((await proposed("accept")).error, "chain-state")
    await there.chain.request("evm_increaseTime", [86_400])
    await there.chain.mine()
    const accept = await proposed("accept")
    expect((await clean(accept)).lines.join("\n")).to.include(`the reserve root: none → ${root}`)
    await execute(accept)

    const next = await createSafe(there.payer, {
      owners: there.owners.map(({ address }) => address),
      threshold: 2,
      saltNonce: 1n,
    })
    const transfer = await proposed("transfer-ownership", "--to", next)
    const flagged = await inspected(filesOf(transfer).batch)
    expect(flagged.status).to.equal(1)
    expect(flagged.lines.join("\n")).to.match(/UNEXPECTED OWNER/)
    await clean(transfer, "--allow", next)
    await execute(transfer)
    const accepted = await runVerb(propose, [
      program,
      "accept-ownership",
      "--safe",
      next,
      "--rpc",
      served.url,
      "--json",
    ])
    await execute(accepted, next)
    expectError((await proposed("sweep")).error, "chain-state")
    await there.chain.mine(Date.parse("2030-03-17T17:46:40Z") / 1000)
    const sweep = await runVerb(propose, [program, "sweep", "--safe", next, "--rpc", served.url, "--json"])
    expect((await clean(sweep, "--safe", next)).lines.join("\n")).to.include(
      "400 SESH: the airdrop → the Safe",
    )
    await execute(sweep, next)
  })

  it("the rescue of another token, which the signer says is meant", async () => {
    await deployFirst()
    await execute(await proposed("deploy"))
    const { airdrop } = await loadContext(program)
    const stray: Address = `0x${"57".repeat(20)}`
    await there.chain.setCode(stray, await there.chain.ethers.provider.getCode(SESSION.token))
    const mint = new Interface(["function mint(address to, uint256 amount)"])
    const data = mint.encodeFunctionData("mint", [airdrop, 77n])
    await (await there.payer.sendTransaction({ to: stray, data })).wait()
    const elsewhere = await proposed(
      "rescue",
      "--token",
      stray,
      "--amount",
      "77",
      "--to",
      there.stranger.address,
    )
    const flags = (await inspected(filesOf(elsewhere).batch, "--allow", stray)).lines.join("\n")
    expect(flags).to.match(/UNEXPECTED RECIPIENT: what is rescued would go to/)
    const back = await proposed("rescue", "--token", stray, "--amount", "77")
    const shown = await inspected(filesOf(back).batch)
    expect(shown.lines.join("\n")).to.match(/Rescue 77 base units of 0x5757/)
    expect(shown.lines.join("\n")).to.match(
      /! in the simulation the state of an unknown address changes: 0x5757/,
    )
    await clean(back, "--allow", stray)
    await execute(back)
    const own = await proposed("rescue", "--token", SESSION.token, "--amount", "1")
    expectError(own.error, "refused")
  })

  it("a nested Safe: its signers see their own hashes", async () => {
    const [first, second, third] = there.owners
    const child = await createSafe(there.payer, { owners: [second.address, third.address], threshold: 2 })
    const parent = await createSafe(there.payer, { owners: [first.address, child], threshold: 2 })
    const nested = await publishProgram(scratch, { owner: parent, name: "nested" })
    await there.chain.fund(parent, 400n * SESH)
    const run = await runVerb(propose, [
      ...[nested, "deploy", "--batch", "--nested", child],
      ...["--rpc", served.url, "--json"],
    ])
    const file = await readSafeTransaction(filesOf(run).transaction)
    const [approval] = file?.nested ?? []
    expect(approval?.transaction).to.include({ to: parent, operation: 0, nonce: 0n })
    expect(approval?.transaction.data).to.equal(`0xd4d9bdcd${file?.hashes.safe.slice(2) ?? ""}`)
    const shown = (await clean(run, "--program", nested, "--nested", child)).lines.join("\n")
    expect(shown).to.include(approval?.hashes.safe)
    expect(await readFile(filesOf(run).text, "utf8")).to.include(approval?.hashes.message)
  })

  it("a Safe behind a timelock schedules, and later executes", async () => {
    const timelock = await deployTimelock(there.payer, 3_600n, there.safe)
    const locked = await publishProgram(scratch, { owner: timelock, name: "locked" })
    const root = await publishReserve(locked, [[there.stranger.address, SESH]])
    const by = ["--timelock", timelock, "--safe", there.safe]
    const its = ["--program", locked]
    const run = async (...args: string[]): Promise<VerbRun> =>
      await runVerb(propose, [locked, ...args, ...by, "--rpc", served.url, "--json"])
    const deploy = await run("deploy", "--batch")
    await clean(deploy, ...by, ...its)
    await execute(deploy)
    expect(String((await run("reserve", "--delay", "5")).error)).to.match(/delay is at least 3600/)
    const flagsOf = async (proposal: VerbRun): Promise<string> => {
      const { lines } = await inspected(filesOf(proposal).batch, ...by, ...its)
      return lines.filter((line) => line.startsWith("  ! ")).join("\n")
    }
    const offline = async (delay: string): Promise<VerbRun> =>
      await runVerb(propose, [locked, "reserve", ...by, "--delay", delay, "--nonce", "1", "--json"])
    expect(await flagsOf(await offline("5"))).to.match(/the timelock refuses a delay below 1 hour/)
    expectError((await offline("3600000")).error, "usage", "at most 30 days")
    const absurd = await run("reserve", "--delay", "3600000")
    expectError(
      absurd.error,
      "chain-state",
      "the delay of 1000 hours is absurd: the timelock asks for 1 hour",
    )
    const schedule = await run("reserve")
    expect((await readBatch(filesOf(schedule).batch)).calls).to.have.length(1)
    expect((await clean(schedule, ...by, ...its)).lines.join("\n")).to.match(/Schedule 1 call.* after 1 hour/)
    await execute(schedule)
    const again = ["reserve", "--step", "execute"]
    expectError((await run(...again)).error, "chain-state", /20\d\d-/)
    const early = await runVerb(propose, [locked, ...again, ...by, "--nonce", "2", "--json"])
    const flagged = await inspected(filesOf(early).batch, ...by, ...its)
    expect(flagged.lines.join("\n")).to.match(/it fails: call 1 fails: TimelockUnexpectedOperationState/)
    await there.chain.request("evm_increaseTime", [3_600])
    await there.chain.mine()
    const late = await run("reserve", "--step", "execute")
    const shown = (await clean(late, ...by, ...its)).lines.join("\n")
    expect(shown).to.match(new RegExp(`the pending reserve root: none → ${root}`))
    await execute(late)
    const { airdrop: owned } = await loadContext(locked)
    const tooEarly = scheduleCall([ownerCall(owned, "sweep")], {
      ...{ timelock, delay: 3_600n, salt: `0x${"0a".repeat(32)}` },
    })
    const forged = join(scratch, "early-sweep.json")
    const texts = { name: "sweep", description: "" }
    await writeBatch(forged, batchFile({ chainId: 42161, address: there.safe }, texts, [tooEarly]))
    expect((await inspected(forged, ...by, ...its)).lines.join("\n")).to.match(
      /in the simulation it fails: scheduled call 1 fails: SweepTooEarly/,
    )
    await there.chain.mine(Date.parse("2030-03-17T17:46:40Z") / 1000)
    for (const action of [["sweep"], ["collect", "--amount", `${400n * SESH}`]]) {
      const first = await run(...action)
      await clean(first, ...by, ...its)
      await execute(first)
      await there.chain.request("evm_increaseTime", [3_600])
      await there.chain.mine()
      const second = await run(...action, "--step", "execute")
      await clean(second, ...by, ...its)
      await execute(second)
    }
    const token = new Contract(SESSION.token, TOKEN, there.chain.ethers.provider)
    expect(await token.getFunction("balanceOf").staticCall(there.safe)).to.equal(400n * SESH)
    expectError((await proposed("collect", "--amount", "1")).error, "refused")
    // Without the timelock's name, the same calls are not understood, and said so.
    expect((await inspected(filesOf(late).batch, "--safe", there.safe, ...its)).status).to.equal(1)
    const { airdrop } = await loadContext(locked)
    const terms = { timelock, delay: 3_600n, salt: `0x${"00".repeat(32)}` } as const
    expect(scheduleCall([ownerCall(airdrop, "sweep")], terms).data).not.to.equal(
      executeCall([ownerCall(airdrop, "sweep")], terms).data,
    )
  })

  it("the same operation of a timelock twice: refused, and done with another salt", async () => {
    const timelock = await deployTimelock(there.payer, 3_600n, there.safe)
    const twice = await publishProgram(scratch, { owner: timelock, name: "twice" })
    const by = ["--timelock", timelock, "--safe", there.safe]
    const run = async (...args: string[]): Promise<VerbRun> =>
      await runVerb(propose, [twice, ...args, ...by, "--rpc", served.url, "--json"])
    const refused = async (reason: RegExp, hint: RegExp, ...args: string[]): Promise<void> => {
      const { status, error } = await run(...args)
      expect(status).to.equal(1)
      expect(expectError(error, "chain-state", reason).hint ?? "").to.match(hint)
    }
    await deployFirst(twice)
    await execute(await run("deploy"))
    await there.chain.mine(Date.parse("2030-03-17T17:46:40Z") / 1000)
    await refused(
      /has no such operation: 0x\w{64} with salt 0x0/,
      /Schedule it first/,
      "sweep",
      "--step",
      "execute",
    )
    const salt = `0x${"07".repeat(32)}`
    for (const own of [[], ["--salt", salt]]) {
      await there.chain.fund((await loadContext(twice)).airdrop, SESH)
      await execute(await run("sweep", ...own))
      await refused(/has this operation already, ready from 2030/, /--salt/, "sweep", ...own)
      await there.chain.request("evm_increaseTime", [3_600])
      await there.chain.mine()
      await execute(await run("sweep", "--step", "execute", ...own))
      await refused(/has executed this operation already/, /--salt/, "sweep", ...own)
      await refused(/has executed this operation already/, /^$/, "sweep", "--step", "execute", ...own)
    }
    const direct = await proposed("sweep", "--salt", salt)
    expectError(direct.error, "usage", "--salt")
    const short = await run("sweep", "--salt", "0x07")
    expect(String(short.error)).to.match(/'--salt <hash>' argument '0x07' is invalid/)
  })

  async function nestedSafe(): Promise<Address> {
    return await createSafe(there.payer, { owners: [there.stranger.address], threshold: 1, saltNonce: 9n })
  }
})
