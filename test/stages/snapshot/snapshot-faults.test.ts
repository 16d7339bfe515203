import { expect } from "chai"
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import * as snapshotVerb from "../../../scripts/commands/snapshot.ts"
import { startEmbeddedChain } from "../../../scripts/dev/embedded/embedded-chain.ts"
import { findBlock, type BlockChoice } from "../../../scripts/io/rpc/find-block.ts"
import { FIRST_NITRO_BLOCK } from "../../../scripts/core/ethereum/chains.ts"
import { createRpc } from "../../../scripts/io/rpc/client.ts"
import {
  always,
  brokenOff,
  changedBlock,
  droppedConnection,
  errorFor,
  every,
  gasCap,
  httpStatus,
  missingMethod,
  numbersOnly,
  otherBlock,
  startFaultProxy,
  truncatedText,
  wrongJson,
  type Fault,
  type FaultProxy,
} from "../../support/fault-proxy.ts"
import { runVerb, type VerbRun } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../../support/served-network.ts"

const INPUTS = ["program.json", "recipients.csv"]

interface Outcome extends VerbRun {
  /** The files of the folder besides the inputs, by name. */
  readonly written: Readonly<Record<string, string>>
  readonly proxy: FaultProxy
}

describe("a snapshot through a provider with faults", () => {
  let served: ServedNetwork
  let right: Readonly<Record<string, string>>

  const take = async (faults: readonly Fault[], ...options: readonly string[]): Promise<Outcome> =>
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const proxy = await startFaultProxy(served.url, faults)
      const run = await runVerb(snapshotVerb, [program, "--rpc", proxy.url, "--prove", ...options])
      await proxy.close()
      const names = (await readdir(program)).filter((name) => !INPUTS.includes(name))
      const contents = await Promise.all(
        names.map(async (name) => await readFile(join(program, name), "base64")),
      )
      return { ...run, proxy, written: Object.fromEntries(names.map((name, i) => [name, contents[i] ?? ""])) }
    })
  const expectSame = ({ error, status, written }: Outcome): void => {
    expect(error).to.equal(undefined)
    expect(status).to.equal(0)
    expect(written).to.deep.equal(right)
  }
  const expectRefused = ({ error, status, written }: Outcome, words: string): void => {
    expect(error instanceof Error ? error.message : error).to.contain(words)
    expect(status).to.equal(1)
    expect(written, "nothing half-written").to.deep.equal({})
  }

  before(async () => {
    served = await serveNetwork()
    const undisturbed = await take([])
    expect(undisturbed.error).to.equal(undefined)
    right = undisturbed.written
    expect(Object.keys(right).sort()).to.deep.equal(["snapshot.json", "snapshot.proof"])
  })
  after(async () => {
    await served.close()
  })

  it("is the same under a rate limit, and waits as long as the node asks", async () => {
    const start = performance.now()
    expectSame(await take([httpStatus(429, (count) => count === 3, 1)]))
    expect(performance.now() - start).to.be.greaterThan(1000)
    expectSame(await take([httpStatus(429, every(4))]))
  })

  it("is the same where a rate limit hides in an answer that is otherwise well", async () => {
    expectSame(
      await take([
        {
          onReply: (reply, _, count) =>
            count % 9 === 0
              ? { jsonrpc: "2.0", id: reply.id, error: { code: -32005, message: "daily request rate limit" } }
              : reply,
        },
      ]),
    )
  })

  const passing: Readonly<Record<string, Fault>> = {
    "errors 500 come and go": httpStatus(500, every(4)),
    "connections drop": droppedConnection(every(4)),
    "answers break off": brokenOff(every(4)),
    "answers are cut short": truncatedText(every(4)),
    "answers are no JSON-RPC": wrongJson(every(4)),
    "answers are no JSON": wrongJson(every(4), "<html>busy</html>"),
    "answers are of another block now and then": otherBlock(101, every(11)),
    "blocks are known by number only": numbersOnly(),
  }
  for (const [what, fault] of Object.entries(passing)) {
    it(`is the same where ${what}`, async () => {
      expectSame(await take([fault]))
    })
  }

  it("is the same where an allowance of gas splits the questions", async () => {
    const outcome = await take([gasCap(600_000)])
    expectSame(outcome)
    const nodeReads = outcome.proxy.calls.filter(
      ({ method, params }) => method === "eth_call" && JSON.stringify(params).includes("040f9853"),
    )
    // Without the allowance there are two: the terms of the contract with its sentinel, and all nodes.
    expect(nodeReads.length).to.be.greaterThan(2)
  })

  it("is the same if the id list is too large to be read", async () => {
    const isIdList = errorFor(
      ({ method, params }) => method === "eth_call" && JSON.stringify(params).includes("abf2c503"),
      -32000,
      "out of gas",
    )
    expectSame(await take([isIdList]))
  })

  it("is the same where calls without a contract are refused", async () => {
    const deployless = errorFor(
      ({ method, params }) => method === "eth_call" && !("to" in (params[0] as object)),
      -32602,
      "missing value for required argument: to",
    )
    expectSame(await take([deployless]))
  })

  it("is the same where long batches and many slots are too much", async () => {
    expectSame(
      await take([
        {
          onHttp: (response, _, calls) => {
            const slots = calls.reduce(
              (sum, { method, params }) =>
                sum + (method === "eth_getProof" ? (params[1] as unknown[]).length : 1),
              0,
            )
            if (slots <= 20) return false
            response.writeHead(413).end()
            return true
          },
        },
      ]),
    )
  })

  it("is refused where every answer is of another block", async () => {
    expectRefused(await take([otherBlock(101, always)]), "it answered from block 101")
  })

  it("is refused where proofs alone are of another block", async () => {
    // Block 5 is older than the network: the state there is another one.
    const fault = otherBlock(5, always)
    const proofsOnly: Fault = {
      onCall: (call, count) =>
        call.method === "eth_getProof" ? (fault.onCall?.(call, count) ?? call) : call,
    }
    expectRefused(await take([proofsOnly]), "that is not of block 100")
  })

  it("is refused where the block becomes another one midway", async () => {
    const { chain } = served
    const state: unknown = await chain.request("evm_snapshot")
    await chain.mine(1_763_683_300)
    const other = (await chain.request("eth_getBlockByNumber", ["0x67", false])) as Record<string, unknown>
    await chain.request("evm_revert", [state])
    await chain.mine(1_763_683_310)
    expectRefused(
      await take([changedBlock(2, other)], "--block", "103", "--allow-unfinalized"),
      `block 103 was 0x`,
    )
  })

  it("is refused where a header does not hash to its hash", async () => {
    const fault: Fault = {
      onReply: (reply, { method }) =>
        method === "eth_getBlockByNumber"
          ? { ...reply, result: { ...(reply.result as object), stateRoot: `0x${"1".repeat(64)}` } }
          : reply,
    }
    expectRefused(await take([fault]), "do not hash to")
  })

  it("says plainly that a provider has no proofs, and is taken without them", async () => {
    const outcome = await take([missingMethod("eth_getProof")])
    expectRefused(outcome, "cannot prove this block")
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const proxy = await startFaultProxy(served.url, [missingMethod("eth_getProof")])
      const run = await runVerb(snapshotVerb, [program, "--rpc", proxy.url])
      expect(run.status).to.equal(0)
      expect(await readFile(join(program, "snapshot.json"), "base64")).to.equal(right["snapshot.json"])
      await proxy.close()
    })
  })

  it("says plainly that a provider has no state of that block", async () => {
    const fault = errorFor(
      ({ method }) => method === "eth_call",
      -32000,
      "missing trie node 5d3e (path ) state is not available",
    )
    expectRefused(await take([fault]), "missing trie node")
  })

  it("is refused where a stake, a link or an account is answered wrongly, because proofs say otherwise", async () => {
    const stake = 12_345_678_901_234n.toString(16).padStart(64, "0")
    const less = 12_345_678_901_233n.toString(16).padStart(64, "0")
    const onlyCalls = (from: string, to: string): Fault => ({
      onText: (text, _, calls) =>
        calls.some(({ method }) => method === "eth_call") ? text.replace(from, to) : text,
    })
    expectRefused(
      await take([onlyCalls(stake, less)]),
      "node 14: contributor 0: stake is 12345678901233 in the snapshot",
    )
    const owner = [...served.network.vesting.values()][0]?.beneficiary.slice(2) ?? ""
    const thief = [...served.network.vesting.values()][1]?.beneficiary.slice(2) ?? ""
    expectRefused(
      await take([onlyCalls(`${"0".repeat(24)}${owner}`, `${"0".repeat(24)}${thief}`)]),
      "on the chain",
    )
  })

  it("goes on where it was interrupted", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      let down = false
      const faults: readonly Fault[] = [
        {
          // The provider goes down for good in the midst of the proofs.
          onHttp: (response, _, calls) => {
            down ||= calls.some(
              ({ method, params }) => method === "eth_getProof" && (params[1] as unknown[]).length < 10,
            )
            if (down) response.writeHead(401).end()
            return down
          },
        },
      ]
      const proxy = await startFaultProxy(served.url, faults)
      const stopped = await runVerb(snapshotVerb, [program, "--rpc", proxy.url, "--prove"])
      expect(stopped.status).to.equal(1)
      expect((await readdir(program)).sort()).to.deep.equal(INPUTS)
      const first = proxy.calls.length
      proxy.setFaults([])
      const resumed = await runVerb(snapshotVerb, [program, "--rpc", proxy.url, "--prove"])
      expect(resumed.status).to.equal(0)
      const second = proxy.calls.slice(first)
      expect(
        second.some(({ method }) => method === "eth_call"),
        "what was read is not asked again",
      ).to.equal(false)
      expect(await readFile(join(program, "snapshot.proof"), "base64")).to.equal(right["snapshot.proof"])
      await proxy.close()
    })
  })
})

describe("the last block at a time", () => {
  it("is the last of those that share the second", async () => {
    const chain = await startEmbeddedChain({ bare: true, sharedSeconds: true, start: 1_760_000_000 })
    for (const second of [10, 10, 20, 20, 20, 20, 30]) await chain.mine(1_760_000_000 + second)
    const served = await chain.serve()
    const at = async (second: number): Promise<number> =>
      (
        await findBlock(
          createRpc(served.url),
          { time: new Date((1_760_000_000 + second) * 1000) },
          { chainId: 42161 },
        )
      ).number
    expect([await at(9), await at(10), await at(19), await at(20), await at(29)]).to.deep.equal([
      0, 2, 2, 6, 6,
    ])
    await served.close()
    await chain.close()
  })

  it("is not before Nitro on Arbitrum One, and any on another chain", async () => {
    const chain = await startEmbeddedChain({ bare: true, start: 1_760_000_000 })
    await chain.request("hardhat_mine", [`0x${FIRST_NITRO_BLOCK.toString(16)}`])
    const served = await chain.serve()
    const rpc = createRpc(served.url)
    const at = async (choice: BlockChoice, chainId: number): Promise<unknown> =>
      await findBlock(rpc, choice, { chainId, allowUnfinalized: true }).then(({ number }) => number, String)
    const old = { time: new Date(1_760_000_007_000) }
    expect([await at({ block: 7 }, 421614), await at(old, 421614)]).to.deep.equal([7, 7])
    expect(await at({ block: 7 }, 42161)).to.contain(`block 7 is older than block ${FIRST_NITRO_BLOCK}`)
    expect(await at(old, 42161)).to.contain("no block is as old as")
    await served.close()
    await chain.close()
  })
})
