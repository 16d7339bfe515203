import { expect } from "chai"
import { readFile, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import * as recipientsVerb from "../../scripts/commands/recipients.ts"
import { SESSION } from "../../scripts/core/session/contracts.ts"
import { parseBlockRange } from "../../scripts/io/rpc/read-logs.ts"
import { toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import {
  every,
  httpStatus,
  logRangeLimit,
  logResultLimit,
  startFaultProxy,
  type Fault,
} from "../support/fault-proxy.ts"
import { runVerb, type VerbRun } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../support/served-network.ts"
import { expectError, expectThrown } from "../support/errors.ts"

const SESH_UNIT = 1_000_000_000n
const TRANSFER_ABI = [
  "function transfer(address to, uint256 amount) returns (bool)",
  "function transferFrom(address from, address to, uint256 amount) returns (bool)",
]
const UNPAID: Address = `0x${"e5".repeat(20)}`

describe("a recipient list built from transfers", () => {
  let served: ServedNetwork
  let distributor: string
  let range: string
  let paid: readonly Address[]

  before(async () => {
    served = await serveNetwork()
    const { chain, network } = served
    const [, , , , , , sender, stranger] = chain.signers.slice(10)
    distributor = sender?.address ?? ""
    await chain.fund(distributor, 1_000_000n * SESH_UNIT)
    await chain.fund(stranger?.address ?? "", 1000n * SESH_UNIT)
    const first = await chain.ethers.provider.getBlockNumber()
    const plain: readonly Address[] = [`0x${"a1".repeat(20)}`, `0x${"b2".repeat(20)}`]
    const vesting = [...network.vesting.keys()].slice(0, 3)
    paid = [...plain, ...vesting].sort()
    const token = (as: (typeof chain.signers)[number] | undefined) =>
      new chain.ethers.Contract(SESSION.token, TRANSFER_ABI, as)
    const send = async (
      as: (typeof chain.signers)[number] | undefined,
      to: string,
      amount: bigint,
    ): Promise<void> => {
      const transaction = (await token(as).getFunction("transfer")(to, amount)) as {
        wait: () => Promise<unknown>
      }
      await transaction.wait()
    }
    for (const [i, to] of [...paid, plain[0] ?? ""].entries())
      await send(sender, to, BigInt(i + 1) * SESH_UNIT)
    // Neither a transfer by somebody else nor one after the range counts.
    await send(stranger, `0x${"c3".repeat(20)}`, SESH_UNIT)
    // Anybody can send nothing in the distributor's name, without its allowance, and name himself or who was paid.
    for (const to of [UNPAID, plain[1] ?? ""]) {
      const transferFrom = token(stranger).getFunction("transferFrom")
      const transaction = (await transferFrom(distributor, to, 0n)) as { wait: () => Promise<unknown> }
      await transaction.wait()
    }
    const last = await chain.ethers.provider.getBlockNumber()
    await send(sender, `0x${"d4".repeat(20)}`, SESH_UNIT)
    range = `${first}..${last}`
  })
  after(async () => {
    await served.close()
  })

  const build = async (
    program: string,
    faults: readonly Fault[],
    ...options: readonly string[]
  ): Promise<VerbRun> => {
    const proxy = await startFaultProxy(served.url, faults)
    const run = await runVerb(recipientsVerb, [
      program,
      "--rpc",
      proxy.url,
      "--from",
      distributor,
      "--blocks",
      range,
      ...options,
    ])
    await proxy.close()
    return run
  }
  const buildText = async (faults: readonly Fault[]): Promise<string> =>
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      await rm(join(program, "recipients.csv"))
      const run = await build(program, faults)
      expect(run.error).to.equal(undefined)
      return await readFile(join(program, "recipients.csv"), "utf8")
    })

  it("lists each account that the distributor paid within the range, once", async () => {
    expect(await buildText([])).to.equal(
      `account\n${paid.map((account) => `${toChecksum(account)}\n`).join("")}`,
    )
  })

  it("records each account's amount, kind of code, and beneficiary in its detail file", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      expect((await build(program, [], "--force")).error).to.equal(undefined)
      const detail = await readFile(join(program, "recipients.detail.csv"), "utf8")
      const rows = detail
        .trim()
        .split("\n")
        .map((row) => row.split(","))
      expect(rows[0]).to.deep.equal(["account", "received", "transfers", "firstBlock", "kind", "person"])
      for (const [account, vesting] of [...served.network.vesting].slice(0, 3)) {
        const row = rows.find(([first]) => first === toChecksum(account))
        expect(row?.slice(4)).to.deep.equal([vesting.kind, toChecksum(vesting.beneficiary)])
      }
      const twice = rows.find(([first]) => first === toChecksum(`0x${"a1".repeat(20)}`))
      expect(twice?.[2]).to.equal("2")
    })
  })

  it("is the same where the provider limits the range, the results or the rate", async () => {
    const right = await buildText([])
    expect(await buildText([logRangeLimit(2)])).to.equal(right)
    expect(await buildText([logResultLimit(2)])).to.equal(right)
    expect(await buildText([httpStatus(429, every(3), 0)])).to.equal(right)
  })

  it("ignores transfers of zero, which anyone can make in the distributor's name", async () => {
    expect(await buildText([])).not.to.contain(toChecksum(UNPAID))
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      expect((await build(program, [], "--force")).error).to.equal(undefined)
      const detail = await readFile(join(program, "recipients.detail.csv"), "utf8")
      const row = detail.split("\n").find((line) => line.startsWith(toChecksum(`0x${"b2".repeat(20)}`)))
      expect(row?.split(",")[2]).to.equal("1")
    })
  })

  it("is refused if the node returns logs of another sender", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      await rm(join(program, "recipients.csv"))
      const other: Fault = {
        onCall: (call) => {
          if (call.method !== "eth_getLogs") return call
          const [filter] = call.params as [{ topics: unknown[] }]
          return { ...call, params: [{ ...filter, topics: filter.topics.slice(0, 1) }] }
        },
      }
      const run = await build(program, [other])
      expectError(run.error, "rpc-answer")
      expect(await stat(join(program, "recipients.csv")).catch(() => undefined)).to.equal(undefined)
    })
  })

  it("replaces an existing list only with --force, and is never empty", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      expectError((await build(program, [])).error, "file-exists", "recipients.csv")
      const none = await runVerb(recipientsVerb, [
        ...[program, "--force", "--rpc", served.url],
        ...["--from", `0x${"ee".repeat(20)}`, "--blocks", range],
      ])
      expectError(none.error, "unknown")
    })
  })

  it("takes a range of blocks in one form only", () => {
    expect(parseBlockRange("5..5")).to.deep.equal({ from: 5, to: 5 })
    for (const text of ["", "5", "5-6", "6..5", "0x5..6", "05..6", "5..", "1..2..3"]) {
      expectThrown(() => parseBlockRange(text), "usage", text)
    }
  })
})
