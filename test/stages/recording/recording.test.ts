import { expect } from "chai"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as allocate from "../../../scripts/commands/allocate.ts"
import * as build from "../../../scripts/commands/build.ts"
import * as inspect from "../../../scripts/commands/inspect.ts"
import * as propose from "../../../scripts/commands/propose.ts"
import * as record from "../../../scripts/commands/record.ts"
import * as snapshot from "../../../scripts/commands/snapshot.ts"
import * as verify from "../../../scripts/commands/verify.ts"
import { recordCall } from "../../../scripts/core/contract/list-recorder.ts"
import { accountOf, amountOf, listOf, type LeafList } from "../../../scripts/core/merkle/leaf-list.ts"
import { packList, type ListPart } from "../../../scripts/core/merkle/packed-list.ts"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import {
  executeProposal,
  onCopy,
  SAMPLE_STAGE,
  setStage,
  type Stage,
} from "../../../scripts/dev/demo/stage.ts"
import { loadContext, type ProgramContext } from "../../../scripts/stages/deployment/deployment-context.ts"
import { expectError } from "../../support/errors.ts"
import { filesOf } from "../../support/published.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"

type Verb = Parameters<typeof runVerb>[0]

describe("A list that is kept on the chain", () => {
  let folder = ""
  let stage: Stage
  let context: ProgramContext

  async function run(verb: Verb, ...args: string[]): Promise<VerbRun> {
    const done = await runVerb(verb, args)
    if (done.error !== undefined) throw new Error("the verb has failed", { cause: done.error })
    return done
  }
  const rebuild = async (name: string, ...args: string[]): Promise<VerbRun> =>
    await runVerb(verify, [name, "--from-chain", "--rpc", stage.url, ...args])
  /** Sends a call to the recorder that no verb would make. */
  const send = async (part: ListPart, from = stage.payer): Promise<void> => {
    const { to, data } = recordCall(context.automatic.root, part)
    await (await from.sendTransaction({ to, data })).wait()
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "airdrop-recording-"))
    stage = await setStage({ ...SAMPLE_STAGE, folder: join(folder, "program") })
    const { program, url } = stage
    await run(snapshot, program, "--rpc", url)
    await run(allocate, program)
    await run(build, program)
    const proposed = await run(propose, program, "deploy", "--batch", "--rpc", url, "--json")
    await executeProposal(stage, proposed.json)
    await run(verify, program, "--rpc", url)
    context = await loadContext(program)
  })
  after(async () => {
    await stage.close()
    await rm(folder, { recursive: true, force: true })
  })

  const sender = (): string => stage.payer.address

  it("costs what is said before anything is sent", async () => {
    const { program, url } = stage
    const before = await stage.chain.ethers.provider.getTransactionCount(sender())
    const asked = await runVerb(record, [program, "--rpc", url, "--account", sender()])
    expectError(asked.error, "unresolved", "nothing is sent yet")
    const text = asked.lines.join("\n")
    expect(text).to.match(/16 entries, 4\d\d bytes, in 1 transaction/)
    const [, gas = "0"] = /about (\d+) gas, [\d.]+ ETH at [\d.]+ gwei/.exec(text) ?? []
    expect(await stage.chain.ethers.provider.getTransactionCount(sender())).to.equal(before)
    await onCopy(stage, async () => {
      const { json } = await run(record, program, "--rpc", url, "--account", sender(), "--yes", "--json")
      let used = 0n
      for (
        let nonce = before;
        nonce < (await stage.chain.ethers.provider.getTransactionCount(sender()));
        nonce++
      )
        used += await gasOfNonce(stage, sender(), nonce)
      expect(Number(gas) / Number(used)).to.be.within(0.98, 1.05)
      expect(json).to.include({ entries: 16, transactions: 1 })
    })
  })

  it("is rebuilt from a key's transactions alone, with everything else gone", async () => {
    const { program, url } = stage
    await onCopy(stage, async () => {
      expectError((await rebuild(program)).error, "mismatch", "1 discrepancy")
      await run(record, program, "--rpc", url, "--account", sender(), "--yes")
      const again = await run(record, program, "--rpc", url, "--account", sender(), "--yes")
      expect(again.lines).to.deep.equal([
        `demo: ${sender()} has recorded every list that the contract pays by.`,
      ])
      const out = join(folder, "rebuilt")
      const done = await rebuild(toChecksum(context.airdrop), "--out", out)
      expect(done.error).to.equal(undefined)
      expect(done.lines.at(-1)).to.match(
        /^ok {5}the list {5}16 entries, 350,000 SESH, from 4\d\d bytes in 1 transaction of 0x/,
      )
      const [published, rebuilt] = [await filesOf(context.automatic.folder), await filesOf(out)]
      expect([...rebuilt.keys()].filter((name) => name.startsWith("claims/")).length).to.equal(16)
      for (const [name, text] of rebuilt)
        if (/^(allocations\.csv|tree\.json|shards)/.test(name))
          expect(text, name).to.equal(published.get(name))
      expect((await run(verify, out)).lines.at(-1)).to.match(/^ok .*16 of 16 leaves proven/)
    })
  })

  it("is recorded by a Safe with a single call, which inspect explains", async () => {
    const { program, url } = stage
    const asked = await runVerb(propose, [program, "record", "--rpc", url])
    expectError(asked.error, "not-ready", "no recorder is deployed at")
    await onCopy(stage, async () => {
      await run(record, program, "--create", "--rpc", url, "--account", sender(), "--yes")
      const proposed = await run(propose, program, "record", "--rpc", url, "--json")
      const { batch } = (proposed.json as { files: { batch: string } }).files
      const seen = await run(inspect, batch, "--program", program, "--rpc", url)
      const text = seen.lines.join("\n")
      expect(text).to.include(`Keep entries of the list of root ${context.automatic.root} on the chain`)
      expect(text).to.include("Nothing is flagged.")
      expect(text).to.not.include("DELEGATECALL")
      await executeProposal(stage, proposed.json)
      const rebuilt = await rebuild(program)
      expect(rebuilt.lines.at(-1)).to.include(`in 1 transaction of ${toChecksum(stage.safe)}`)
      const none = await runVerb(propose, [program, "record", "--rpc", url])
      expectError(none.error, "refused", "recorded that already")
    })
  })

  it("is taken from the recorder whose entries make the root, whatever others have recorded", async () => {
    const { program, url } = stage
    const { list } = context.automatic
    await onCopy(stage, async () => {
      await run(record, program, "--create", "--rpc", url, "--account", sender(), "--yes")
      const [thief, honest] = stage.owners
      if (thief === undefined || honest === undefined) throw new Error("the stage has two owners")
      for (const part of packList(withMore(list), 200)) await send(part, thief)
      await send({ position: 3, count: 1, bytes: Uint8Array.of(1, 2, 3) })
      const wrong = await rebuild(program)
      expectError(wrong.error, "mismatch")
      const text = wrong.lines.join("\n")
      expect(text).to.match(
        new RegExp(`${thief.address} has recorded no such list: its entries make the root 0x`),
      )
      expect(text).to.match(new RegExp(`${sender()} has recorded no such list: 3 bytes are no whole entries`))
      const parts = packList(list, 100)
      for (const part of parts.slice(0, -1)) await send(part, honest)
      expect((await rebuild(program)).lines.join("\n")).to.match(
        new RegExp(
          `${honest.address} has recorded no such list: the entries from ${parts.at(-1)?.position} on`,
        ),
      )
      // A part may be recorded in any order, and again.
      for (const part of [...parts.slice(-1), ...parts.slice(0, 2)]) await send(part, honest)
      const right = await rebuild(program)
      expect(right.lines.at(-1)).to.include(`in ${parts.length} transactions of ${honest.address}`)
    })
  })

  it("is reported as missing where no account recorded it, and a contract as no airdrop", async () => {
    const missing = await rebuild(stage.program)
    expect(missing.lines.join("\n")).to.include(
      `no account has recorded the list of root ${context.automatic.root}`,
    )
    expectError((await runVerb(verify, [stage.safe, "--from-chain"])).error, "usage", "on which chain")
    expect((await rebuild(toChecksum(context.program.token.address))).error).to.not.equal(undefined)
    expectError((await runVerb(verify, [stage.program, "--out", folder])).error, "usage", "--out is for")
  })
})

/** Returns a list of which the first amount is one unit more. */
function withMore(list: LeafList): LeafList {
  return listOf(
    "automatic",
    Array.from({ length: list.count }, (_, row) => ({
      account: accountOf(list, row),
      amount: amountOf(list, row) + (row === 0 ? 1n : 0n),
    })),
  )
}

async function gasOfNonce({ chain }: Stage, account: string, nonce: number): Promise<bigint> {
  const { provider } = chain.ethers
  for (let block = await provider.getBlockNumber(); block > 0; block--) {
    const found = await provider.getBlock(block, true)
    const one = found?.prefetchedTransactions.find(
      ({ from, nonce: its }) => from === account && its === nonce,
    )
    if (one !== undefined) return (await provider.getTransactionReceipt(one.hash))?.gasUsed ?? 0n
  }
  throw new Error(`there is no transaction ${nonce} of ${account}`)
}
