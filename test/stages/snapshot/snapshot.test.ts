import { expect } from "chai"
import { appendFile, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as snapshotVerb from "../../../scripts/commands/snapshot.ts"
import { SESSION } from "../../../scripts/core/session/contracts.ts"
import { artifactOf } from "../../../scripts/io/project/artifacts.ts"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { allocate } from "../../../scripts/core/allocation/allocate.ts"
import type { Snapshot } from "../../../scripts/core/snapshot/snapshot.ts"
import { loadInputs } from "../../../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { snapshotText } from "../../../scripts/core/snapshot/snapshot-json.ts"
import { parseSnapshot } from "../../support/network-snapshot.ts"
import { readSnapshot } from "../../../scripts/stages/snapshot/snapshot-file.ts"
import { verifyEvidence } from "../../../scripts/stages/snapshot/verify-evidence.ts"
import { address } from "../../support/made-up.ts"
import { startFaultProxy } from "../../support/fault-proxy.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../../support/served-network.ts"
import { expectThrown } from "../../support/errors.ts"
import { networkIn } from "../../support/staking-section.ts"

/**
 * Code that answers getThreshold, getOwners and VERSION as a Safe does, and reads the origin of the transaction, which no
 * proof settles, for every other view.
 */
const PRETENDED_SAFE = [
  "0x5f3560e01c", // the selector
  "8063e75235b814602757", // getThreshold
  "8063a0e67e2b14603057", // getOwners
  "8063ffa1ad7414604357", // VERSION
  "325f5ffd", // ORIGIN, revert
  "5b60015f5260205ff3", // 1
  "5b60205f52600160205260aa60405260605ff3", // one owner
  "5b60205f526005602052" + "64312e342e3160d81b" + "60405260605ff3", // "1.4.1"
].join("")

describe("a snapshot", () => {
  let served: ServedNetwork

  before(async () => {
    served = await serveNetwork()
  })
  after(async () => {
    await served.close()
  })

  /** Takes a snapshot with these options and gives what was written. */
  const take = async (folder: string, ...options: readonly string[]): Promise<Snapshot> => {
    const run = await runVerb(snapshotVerb, [folder, "--rpc", served.url, ...options])
    expect(run.error).to.equal(undefined)
    return await readSnapshot(join(folder, "snapshot.json"))
  }
  const failure = async (folder: string, ...options: readonly string[]): Promise<string> => {
    const run = await runVerb(snapshotVerb, [folder, ...options])
    expect(run.error).to.be.instanceOf(Error)
    expect(run.status).to.be.oneOf([1, 2])
    expect(await stat(join(folder, "snapshot.json")).catch(() => undefined), "nothing is written").to.equal(
      undefined,
    )
    return run.error instanceof Error ? run.error.message : ""
  }

  it("holds every node of the network, contributor by contributor", async () => {
    await inScratch(async (folder) => {
      const { nodes } = networkIn(await take(await copySample(folder)))
      const { network } = served
      expect(nodes.map(({ id }) => id)).to.deep.equal(network.nodes.map(({ id }) => id))
      for (const [i, node] of nodes.entries()) {
        const own = network.nodes[i]
        expect(node.operator).to.equal(own?.operator)
        expect(node.addedTimestamp).to.equal(own?.addedTimestamp)
        expect(node.leaveRequestTimestamp).to.equal(own?.leaveRequestTimestamp)
        expect(node.contributors).to.deep.equal(
          own?.contributors.map(({ addr, beneficiary, stakedAmount }) => ({
            ...{ address: addr, beneficiary, stake: stakedAmount },
          })),
        )
      }
    })
  })

  it("classifies every recipient, staker and beneficiary", async () => {
    await inScratch(async (folder) => {
      const { accounts } = await take(await copySample(folder))
      const { network, recipients } = served
      for (const [address, vesting] of network.vesting) {
        const { kind, beneficiary, revoker, revoked, end } = vesting
        const start = vesting.start ?? vesting.cliff
        expect(accounts.get(address)).to.deep.equal({ kind, beneficiary, revoker, revoked, start, end })
        expect(accounts.has(beneficiary)).to.equal(true)
      }
      for (const [address, account] of network.accounts) {
        expect(accounts.get(address)).to.deep.equal(
          account.kind === "safe" ? { ...account, version: "1.4.1" } : account,
        )
      }
      for (const address of recipients) expect(accounts.has(address), address).to.equal(true)
      const kinds = new Set([...accounts.values()].map(({ kind }) => kind))
      expect([...kinds].sort()).to.deep.equal(
        ["contract", "eip7702", "empty", "plain", "safe", "vesting-nostaking", "vesting-staking"].sort(),
      )
    })
  })

  it("does not depend on later blocks", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const before = snapshotText(await take(program))
      const state: unknown = await served.chain.request("evm_snapshot")
      const { abi } = await artifactOf("ServiceNodeRewards", "contracts/replica/ServiceNodeRewards.sol")
      const rewards = new served.chain.ethers.Contract(SESSION.rewards, abi, served.chain.signers[0])
      for (const [name, value] of [
        ["requestExit", 2],
        ["removeNode", 1],
      ] as const) {
        const sent = (await rewards.getFunction(name)(value)) as { wait: () => Promise<unknown> }
        await sent.wait()
      }
      expect(snapshotText(await take(program))).to.equal(before)
      expect(networkIn(await take(program, "--block", "104", "--allow-unfinalized")).nodes).to.have.length(24)
      await served.chain.request("evm_revert", [state])
    })
  })

  it("classifies a contract that answers 1 to every call as an unknown contract, and proves it", async () => {
    await inScratch(async (folder) => {
      const state: unknown = await served.chain.request("evm_snapshot")
      const answersOne = served.recipients[0] ?? expect.fail("no recipient")
      // PUSH1 1, PUSH0, MSTORE, PUSH1 32, PUSH0, RETURN.
      await served.chain.setCode(answersOne, "0x60015f5260205ff3")
      await served.chain.mine()
      const block = Number(await served.chain.request("eth_blockNumber"))
      const program = await copySample(folder, { snapshot: { block } })
      const { accounts } = await take(program, "--prove", "--allow-unfinalized")
      expect(accounts.get(answersOne)).to.deep.equal({ kind: "contract" })
      expect((await verifyEvidence(await loadProgram(program)))?.findings).to.deep.equal([])
      await served.chain.request("evm_revert", [state])
    })
  })

  it("takes what answers as a Safe and cannot be followed for an unknown contract, where it is proven", async () => {
    await inScratch(async (folder) => {
      const state: unknown = await served.chain.request("evm_snapshot")
      const pretender = served.recipients[0] ?? expect.fail("no recipient")
      await served.chain.setCode(pretender, PRETENDED_SAFE)
      await served.chain.mine()
      const block = Number(await served.chain.request("eth_blockNumber"))
      const program = await copySample(folder, { snapshot: { block } })
      const kindIn = async (...options: readonly string[]): Promise<string | undefined> =>
        (await take(program, "--allow-unfinalized", ...options)).accounts.get(pretender)?.kind
      expect(await kindIn()).to.equal("safe")
      expect(await kindIn("--prove")).to.equal("contract")
      const verified = await verifyEvidence(await loadProgram(program))
      expect(verified?.findings).to.deep.equal([])
      expect(verified?.summary).to.contain("the code of 1 contracts cannot be followed")
      await served.chain.request("evm_revert", [state])
    })
  })

  it("merges people with their contracts in a program that shares by points", async () => {
    await inScratch(async (folder) => {
      const [contract, { beneficiary }] = [...served.network.vesting][0] ?? expect.fail("no vesting contract")
      const rows = [`${contract},30`, `${beneficiary},10`, `${toChecksum(address(77))},60`]
      const program = {
        format: "merkle-airdrop/program@1",
        name: "points",
        chainId: 42161,
        token: { address: SESSION.token, symbol: "SESH", decimals: 9 },
        tranches: { automatic: "100" },
        source: { kind: "points", file: "points.csv" },
        snapshot: { block: 100, stakingContract: SESSION.rewards },
      }
      await writeFile(join(folder, "program.json"), JSON.stringify(program))
      await writeFile(join(folder, "points.csv"), `account,points\n${rows.join("\n")}\n`)
      await take(folder, "--prove")
      const loaded = await loadProgram(folder)
      expect((await verifyEvidence(loaded))?.findings).to.deep.equal([])
      const { entries } = allocate(await loadInputs(loaded))
      expect(new Map(entries.map(({ account, amount }) => [account, amount]))).to.deep.equal(
        new Map([
          [address(77), 60_000_000_000n],
          [beneficiary, 40_000_000_000n],
        ]),
      )
      await appendFile(join(folder, "points.csv"), `${address(78)},1\n`)
      const later: unknown = await loadInputs(await loadProgram(folder)).catch((error: unknown) => error)
      expect(later)
        .to.have.property("message")
        .that.includes(`does not classify ${toChecksum(address(78))}`)
    })
  })

  it("reads the last block at or before a time", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const at = async (time: string): Promise<number> => (await take(program, "--time", time)).block.number
      expect(await at("2025-11-21T00:00:00Z")).to.equal(100)
      expect(await at("2025-11-21T00:00:09Z")).to.equal(100)
      expect(await at("2025-11-21T00:00:10Z")).to.equal(101)
      expect(await at("2025-11-20T23:59:59Z")).to.equal(99)
    })
  })

  it("has the same text after it was written and read", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const text = snapshotText(await take(program))
      expect(await readFile(join(program, "snapshot.json"), "utf8")).to.equal(text)
      expect(snapshotText(parseSnapshot(text, "snapshot.json"))).to.equal(text)
      expectThrown(
        () => parseSnapshot(text.replace('"id":"2"', '"id":"1"'), "s.json"),
        "file-format",
        's.json:23: sections.session-staking.nodes.1.id: "1" does not come after 1',
      )
      expectThrown(
        () => parseSnapshot(text.replace('"kind":"plain"', '"kind":"plane"'), "s.json"),
        "file-format",
        "accounts.0x",
      )
    })
  })

  it("is refused for a block that does not exist, is not final, or is older than Nitro", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      expect(await failure(program, "--rpc", served.url, "--block", "5000")).to.contain("does not exist yet")
      expect(await failure(program, "--rpc", served.url, "--time", "2030-01-01T00:00:00Z")).to.contain(
        "has not passed",
      )
      expect(await failure(program, "--rpc", served.url, "--time", "2020-01-01T00:00:00Z")).to.contain(
        "no block is as old",
      )
      const proxy = await startFaultProxy(served.url, [
        { onCall: (call) => (call.params[0] === "finalized" ? { ...call, params: ["0x5a", false] } : call) },
      ])
      expect(await failure(program, "--rpc", proxy.url)).to.contain(
        "block 100 is not final yet: the last final block",
      )
      const allowed = await runVerb(snapshotVerb, [program, "--rpc", proxy.url, "--allow-unfinalized"])
      expect(allowed.status).to.equal(0)
      await proxy.close()
    })
    await inScratch(async (folder) => {
      // A chain that is as long as Arbitrum's: what it calls latest is far beyond Nitro's first block.
      const program = await copySample(folder)
      const latest = JSON.parse(
        await readFile(
          join(import.meta.dirname, "..", "..", "fixtures", "arbitrum", "block-511882413.json"),
          "utf8",
        ),
      ) as unknown
      const proxy = await startFaultProxy(served.url, [
        {
          onCall: (call) =>
            call.params[0] === "latest" ? { reply: { jsonrpc: "2.0", id: call.id, result: latest } } : call,
        },
      ])
      expect(await failure(program, "--rpc", proxy.url)).to.contain(
        "is older than block 22207817, the first whose state can be read on Arbitrum One",
      )
      await proxy.close()
    })
  })

  it("is refused from a provider of another chain, and for another token", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const proxy = await startFaultProxy(served.url, [
        {
          onReply: (reply, { method }) => (method === "eth_chainId" ? { ...reply, result: "0x1" } : reply),
        },
      ])
      expect(await failure(program, "--rpc", proxy.url)).to.contain(
        "serves chain Ethereum (1), the program is on chain Arbitrum One (42161)",
      )
      await proxy.close()
      const other = { address: `0x${"12".repeat(20)}`, symbol: "OTH", decimals: 9 }
      const changed = await copySample(folder, { token: other })
      expect(await failure(changed, "--rpc", served.url)).to.contain("is for the token 0x10ea9e53")
    })
  })

  it("is not written if two providers differ, and the difference is named", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const agreeing = await runVerb(snapshotVerb, [program, "--rpc", served.url, "--rpc", served.url])
      expect(agreeing.status).to.equal(0)
      // The other provider has one word of one stake wrong.
      const stake = 12_345_678_901_234n.toString(16).padStart(64, "0")
      const wrong = 12_345_678_901_235n.toString(16).padStart(64, "0")
      const proxy = await startFaultProxy(served.url, [{ onText: (text) => text.replace(stake, wrong) }])
      const fresh = await copySample(join(folder, "fresh"))
      expect(await failure(fresh, "--rpc", served.url, "--rpc", proxy.url)).to.contain(
        "differ: node 14: contributor 0: stake: 12345678901234 and 12345678901235",
      )
      await proxy.close()
    })
  })

  it("needs a URL, of which messages show the host alone", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      expect(await failure(program, "--rpc", "ftp://example.org/secret")).to.not.contain("secret")
      const message = await failure(program, "--rpc", `${served.url.replace(/:\d+$/, ":9")}/v2/my-secret-key`)
      expect(message).to.contain("127.0.0.1:9").and.not.contain("secret")
    })
  })

  it("is refused for a text that is not a block number or a time", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      expect(await failure(program, "--rpc", served.url, "--block", "1e2")).to.contain(
        "'--block <number>' argument '1e2' is invalid",
      )
      expect(await failure(program, "--rpc", served.url, "--time", "21.11.2025")).to.contain(
        "is not a time in UTC",
      )
      await writeFile(join(program, "recipients.csv"), "account\n0x123\n")
      expect(await failure(program, "--rpc", served.url)).to.contain("recipients.csv:2")
    })
  })
})
