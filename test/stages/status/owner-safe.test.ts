import { expect } from "chai"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ContractFactory, Interface, type InterfaceAbi } from "ethers"
import * as inspect from "../../../scripts/commands/inspect.ts"
import * as status from "../../../scripts/commands/status.ts"
import * as verify from "../../../scripts/commands/verify.ts"
import { deploymentCall } from "../../../scripts/core/ethereum/create2.ts"
import { ownerCall, transferCall } from "../../../scripts/core/multisig/owner-calls.ts"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import type { Hex } from "../../../scripts/core/primitives/bytes.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { batchFile } from "../../../scripts/core/safe/safe-batch.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import type { ServedChain } from "../../../scripts/dev/embedded/serve.ts"
import { executeSafeBatch } from "../../../scripts/dev/rigs/execute-safe-batch.ts"
import { publishProgram } from "../../../scripts/dev/rigs/published-program.ts"
import { createSafe } from "../../../scripts/io/safe/safe.ts"
import { loadContext, type ProgramContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { requireDeployment } from "../../../scripts/stages/deployment/deployment-file.ts"
import { writeBatch } from "../../../scripts/stages/multisig/batch-file.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { addressOf, chainWithSafe, type SafeOnChain } from "../../support/safe.ts"

const SETTINGS = new Interface([
  "function changeThreshold(uint256 threshold)",
  "function addOwnerWithThreshold(address owner, uint256 threshold)",
  "function removeOwner(address previous, address owner, uint256 threshold)",
  "function swapOwner(address previous, address owner, address next)",
  "function enableModule(address module)",
  "function disableModule(address previous, address module)",
  "function setGuard(address guard)",
  "function setFallbackHandler(address handler)",
])
const SENTINEL = `0x${"1".padStart(40, "0")}`
const MODULE: Address = `0x${"3a".repeat(20)}`
const HANDLER: Address = `0x${"4b".repeat(20)}`
/** Safe 1.4.1 itself, where the factory made a SafeL2. */
const OTHER_IMPLEMENTATION = "0x41675c099f32341bf84bfc5382af534df5c7461a"

type Change = readonly [name: string, values: readonly unknown[]]

describe("A Safe that owns the contract", function () {
  this.timeout(300_000)
  let there: SafeOnChain
  let served: ServedChain
  let scratch: string
  let program: string
  let context: ProgramContext
  let guard: string
  let point: unknown
  let written: string

  before(async () => {
    there = await chainWithSafe()
    served = await there.chain.serve()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-owner-"))
    program = await publishProgram(scratch, { owner: there.safe })
    context = await loadContext(program)
    await there.chain.fund(there.safe, 400_000_000_000n)
    guard = await deployGuard()
    await (await there.stranger.sendTransaction(deploymentCall(context.initCode))).wait()
    const verified = await verifying()
    expect(verified.error).to.equal(undefined)
    expect(verified.lines.join("\n")).to.match(/note {3}chain {8}not funded yet: 0 SESH of 400 SESH/)
    await execute(transferCall(SESSION.token, context.airdrop, context.funding))
    written = await readFile(join(program, "deployment.json"), "utf8")
    point = await there.chain.request("evm_snapshot")
  })
  afterEach(async () => {
    await there.chain.request("evm_revert", [point])
    point = await there.chain.request("evm_snapshot")
    await writeFile(join(program, "deployment.json"), written)
    await rm(join(scratch, "cache"), { recursive: true, force: true })
  })
  after(async () => {
    await served.close()
    await there.chain.close()
    await rm(scratch, { recursive: true, force: true })
  })

  const execute = async (
    call: { to: Address; value: bigint; data: Hex },
    safe = there.safe,
  ): Promise<void> => {
    await executeSafeBatch(safe, [call], there.owners.slice(0, 2), there.payer)
  }
  const change = async ([name, values]: Change, safe = there.safe): Promise<void> => {
    await execute({ to: safe, value: 0n, data: SETTINGS.encodeFunctionData(name, values) as Hex }, safe)
  }
  const look = async (...args: readonly string[]): Promise<VerbRun> =>
    await runVerb(status, [
      ...[program, "--rpc", served.url, "--cache", join(scratch, "cache"), "--json", "--no-network"],
      ...args,
    ])
  const alarmsOf = ({ json }: VerbRun): readonly string[] => (json as { alarms: readonly string[] }).alarms
  const verifying = async (): Promise<VerbRun> => await runVerb(verify, [program, "--rpc", served.url])

  async function deployGuard(): Promise<string> {
    const require = createRequire(import.meta.url)
    const path = "@safe-global/safe-contracts/build/artifacts/contracts/examples/guards/OnlyOwnersGuard.sol"
    const { abi, bytecode } = require(`${path}/OnlyOwnersGuard.json`) as {
      abi: InterfaceAbi
      bytecode: string
    }
    const contract = await new ContractFactory(abi, bytecode, there.payer).deploy()
    await contract.waitForDeployment()
    return await contract.getAddress()
  }

  it("is recorded with its settings where the deployment is, and raises no alarm", async () => {
    const { ownerHistory } = await requireDeployment(program)
    expect(ownerHistory).to.have.length(1)
    expect(ownerHistory[0]).to.deep.include({ reason: "deployment", address: there.safe })
    expect(ownerHistory[0].safe).to.deep.equal({
      version: "1.4.1",
      implementation: "0x29fcb43b46531bca003ddc8fcb67ffe91900c762",
      threshold: 2,
      owners: there.owners.map(addressOf).toSorted(),
      modules: [],
      guard: undefined,
      moduleGuard: undefined,
      fallbackHandler: "0xfd0732dc9e303f09fcef3a7388ad10a83459ec99",
    })
    const seen = await look()
    expect(alarmsOf(seen)).to.deep.equal([])
    expect(seen.status).to.equal(0)
    expect(seen.lines.join("\n")).to.include("a Safe 1.4.1, 2 of 3 owners, no module, no guard")
  })

  const [first, second, third] = [0, 1, 2].map((i) => (): string => there.owners[i as 0 | 1 | 2].address) as [
    () => string,
    () => string,
    () => string,
  ]
  /** Each change of a setting, and the alarm that it raises. */
  const CHANGES: readonly (readonly [what: string, change: () => Change, alarm: () => RegExp])[] = [
    ["a lower threshold", () => ["changeThreshold", [1]], () => /^The Safe's threshold is 1; 2 recorded at /],
    [
      "a higher threshold",
      () => ["changeThreshold", [3]],
      () => /^The Safe's threshold is 3; 2 recorded at /,
    ],
    [
      "an owner added",
      () => ["addOwnerWithThreshold", [there.stranger.address, 2]],
      () => new RegExp(`^The Safe's owners are .*, added: ${there.stranger.address}\\.$`),
    ],
    [
      "an owner removed",
      () => ["removeOwner", [first(), second(), 2]],
      () => new RegExp(`^The Safe's owners are .*, removed: ${second()}\\.$`),
    ],
    [
      "an owner swapped",
      () => ["swapOwner", [second(), third(), there.stranger.address]],
      () => new RegExp(`, added: ${there.stranger.address}, removed: ${third()}\\.$`),
    ],
    [
      "a module enabled",
      () => ["enableModule", [MODULE]],
      () => new RegExp(`^The Safe's modules are ${toChecksum(MODULE)}; none recorded at .*added`),
    ],
    [
      "a guard set",
      () => ["setGuard", [guard]],
      () => new RegExp(`^The Safe's guard is ${guard}; none recorded at `),
    ],
    [
      "another fallback handler",
      () => ["setFallbackHandler", [HANDLER]],
      () =>
        new RegExp(`^The Safe's fallback handler is ${toChecksum(HANDLER)}; 0xfd0732\\w+ recorded at `, "i"),
    ],
  ]
  for (const [what, make, alarm] of CHANGES) {
    it(`${what} raises an alarm, and signers are warned by inspect`, async () => {
      await change(make())
      const seen = await look()
      expect(seen.status).to.equal(1)
      expect(alarmsOf(seen)).to.have.length(1)
      expect(alarmsOf(seen)[0]).to.match(alarm())
      const batch = join(scratch, "batch.json")
      const call = ownerCall(context.airdrop, "sweep")
      await writeBatch(
        batch,
        batchFile({ chainId: 42161, address: there.safe }, { name: "", description: "" }, [call]),
      )
      const shown = await runVerb(inspect, [batch, "--program", program, "--rpc", served.url])
      expect(shown.lines.filter((line) => line.startsWith("  ! ")).join("\n")).to.include(alarmsOf(seen)[0])
    })
  }

  it("another implementation raises an alarm", async () => {
    const word = `0x${OTHER_IMPLEMENTATION.slice(2).padStart(64, "0")}`
    await there.chain.request("hardhat_setStorageAt", [there.safe, "0x0", word])
    expect(alarmsOf(await look()).join("\n")).to.match(/^The Safe's implementation is 0x41675C/)
    await there.chain.setCode(there.safe, "0x00")
    expect(alarmsOf(await look())).to.deep.equal([
      `The owner ${toChecksum(there.safe)} no longer answers as a Safe.`,
    ])
  })

  it("a change that was undone raises an alarm all the same", async () => {
    await change(["enableModule", [MODULE]])
    await change(["disableModule", [SENTINEL, MODULE]])
    await change(["changeThreshold", [1]])
    await change(["changeThreshold", [2]])
    const alarms = alarmsOf(await look())
    expect(alarms).to.have.length(4)
    expect(alarms[0]).to.match(
      new RegExp(
        `^At \\S+Z the Safe's module ${toChecksum(MODULE)} was enabled\\. This was undone later\\. Transaction 0x`,
      ),
    )
    expect(alarms[2]).to.match(/the Safe's threshold was set to 1\./)
    expect(alarmsOf(await look()), "also from the cache").to.deep.equal(alarms)
  })

  it("a planned change is recorded anew with its reason, and the next change raises an alarm again", async () => {
    await change(["addOwnerWithThreshold", [there.stranger.address, 3]])
    const seen = await look("--record-owner", "the council has a fourth member")
    expect(seen.error).to.equal(undefined)
    expect(seen.status).to.equal(0)
    expect(alarmsOf(seen)).to.deep.equal([])
    expect((seen.json as { notices: string[] }).notices.join("\n")).to.match(
      /was recorded anew at \S+Z: "the council has a fourth member"/,
    )
    const { ownerHistory } = await requireDeployment(program)
    expect(ownerHistory.map(({ reason }) => reason)).to.deep.equal([
      "deployment",
      "the council has a fourth member",
    ])
    expect(alarmsOf(await look())).to.deep.equal([])
    await executeSafeBatch(
      there.safe,
      [{ to: there.safe, value: 0n, data: SETTINGS.encodeFunctionData("changeThreshold", [1]) as Hex }],
      there.owners,
      there.payer,
    )
    expect(alarmsOf(await look()).join("\n")).to.match(/^The Safe's threshold is 1; 3 recorded at /)
  })

  it("a record that would change nothing, or gives no reason, is refused", async () => {
    const same = await look("--record-owner", "nothing happened")
    expect(same.error).to.be.instanceOf(AirdropError)
    expect((same.error as AirdropError).code).to.equal("refused")
    await change(["changeThreshold", [1]])
    for (const reason of ["", "  ", "two\nlines", "x".repeat(301)]) {
      expect((await look("--record-owner", reason)).status).to.equal(2)
    }
    expect((await requireDeployment(program)).ownerHistory).to.have.length(1)
  })

  it("an ownership that moves to a new Safe raises an alarm until the new Safe is recorded", async () => {
    const next = await createSafe(there.payer, {
      owners: there.owners.map(({ address }) => address),
      threshold: 2,
      saltNonce: 7n,
    })
    await execute(ownerCall(context.airdrop, "transferOwnership", [next]))
    expect(alarmsOf(await look())).to.deep.equal([`The ownership is offered to ${toChecksum(next)}.`])
    await execute(ownerCall(context.airdrop, "acceptOwnership"), next)
    const moved = alarmsOf(await look())
    expect(moved[0]).to.match(
      new RegExp(`^The owner is ${toChecksum(next)}; ${toChecksum(there.safe)} was recorded`),
    )
    expect(moved[1]).to.match(/^The ownership passed from /)
    expect((await verifying()).status, "verify").to.equal(1)
    const recorded = await look("--record-owner", "the foundation takes over")
    expect(alarmsOf(recorded)).to.deep.equal([])
    const verified = await verifying()
    expect(verified.error).to.equal(undefined)
    expect(verified.lines.join("\n")).to.match(/owned by 0x\w+, a Safe 1\.4\.1.*: the foundation takes over/)
    await change(["enableModule", [MODULE]], next)
    expect(alarmsOf(await look()).join("\n")).to.match(/^The Safe's modules are 0x3A3a/i)
  })
})
