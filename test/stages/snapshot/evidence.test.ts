import { expect } from "chai"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { deflateSync, inflateSync } from "node:zlib"
import * as snapshotVerb from "../../../scripts/commands/snapshot.ts"
import { VIEW_NAMES, VIEWS } from "../../../scripts/core/snapshot/account-kind.ts"
import { toChecksum, ZERO_ADDRESS, type Address } from "../../../scripts/core/primitives/address.ts"
import { verifySnapshotEvidence, type Evidence } from "../../../scripts/core/evidence/verify-evidence.ts"
import { concatBytes, toHex } from "../../../scripts/core/primitives/bytes.ts"
import { keccak256 } from "../../../scripts/core/primitives/keccak.ts"
import { worldOf } from "../../../scripts/core/evidence/proven-accounts.ts"
import type { Snapshot } from "../../../scripts/core/snapshot/snapshot.ts"
import { openProvenState } from "../../../scripts/core/ethereum/proven-state.ts"
import { openViews } from "../../../scripts/core/ethereum/view-call.ts"
import { packEvidence, readEvidence, unpackEvidence } from "../../../scripts/stages/snapshot/evidence-file.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { snapshotText } from "../../../scripts/core/snapshot/snapshot-json.ts"
import { parseSnapshot } from "../../support/network-snapshot.ts"
import { readSnapshot } from "../../../scripts/stages/snapshot/snapshot-file.ts"
import { verifyEvidence } from "../../../scripts/stages/snapshot/verify-evidence.ts"
import { runVerb } from "../../support/run-verb.ts"
import { inScratch } from "../../support/scratch.ts"
import { copySample, serveNetwork, type ServedNetwork } from "../../support/served-network.ts"
import { expectThrown } from "../../support/errors.ts"
import { networkIn, withNetwork } from "../../support/staking-section.ts"

describe("the evidence of a snapshot", () => {
  let served: ServedNetwork
  let snapshot: Snapshot
  let evidence: Evidence
  let packed: Uint8Array

  before(async () => {
    served = await serveNetwork()
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const run = await runVerb(snapshotVerb, [program, "--rpc", served.url, "--prove"])
      expect(run.error).to.equal(undefined)
      snapshot = await readSnapshot(join(program, "snapshot.json"))
      packed = await readFile(join(program, "snapshot.proof"))
      evidence = await readEvidence(join(program, "snapshot.proof"))
    })
  })
  after(async () => {
    await served.close()
  })

  const refusal = async (
    someSnapshot: Snapshot,
    someEvidence: Evidence,
    listed: readonly Address[] = [],
  ): Promise<string> =>
    await verifySnapshotEvidence(someSnapshot, someEvidence, { listed }).then(
      () => "accepted",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )

  it("proves all nodes and accounts, offline, and every recipient among them", async () => {
    const report = await verifySnapshotEvidence(snapshot, evidence, { listed: served.recipients })
    expect(report.sections).to.deep.equal(["25 nodes"])
    expect(report.accounts).to.equal(snapshot.accounts.size)
    expect(report.notFollowed).to.deep.equal([])
  })

  it("is a file in which every changed byte is detected", () => {
    expect(packEvidence(unpackEvidence(packed, "p"))).to.deep.equal(new Uint8Array(packed))
    const step = Math.max(1, Math.floor(packed.length / 500))
    for (let at = 0; at < packed.length; at += step) {
      const changed = Uint8Array.from(packed, (byte, i) => (i === at ? byte ^ 0x10 : byte))
      expectThrown(() => unpackEvidence(changed, "snapshot.proof"), "mismatch", "snapshot.proof: ")
    }
    expectThrown(() => unpackEvidence(packed.subarray(0, -1), "p"), "mismatch")
    expectThrown(() => unpackEvidence(new Uint8Array(), "p"), "mismatch")
  })

  it("is refused with any trie node or code missing or changed", async () => {
    for (const key of ["nodes", "codes"] as const) {
      const pieces = evidence[key]
      for (let i = 0; i < pieces.length; i += key === "codes" ? 1 : 7) {
        const without = { ...evidence, [key]: pieces.filter((_, j) => j !== i) }
        expect(await refusal(snapshot, without), `${key} without ${i}`).to.match(/does not prove|has no code/)
        const changed = pieces.map((bytes, j) =>
          j === i
            ? Uint8Array.from(bytes, (byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte))
            : bytes,
        )
        expect(await refusal(snapshot, { ...evidence, [key]: changed }), `${key} ${i} changed`).to.match(
          /does not prove|has no code/,
        )
      }
    }
  })

  it("is refused with a node that proves nothing", async () => {
    const more = { ...evidence, nodes: [...evidence.nodes, Uint8Array.of(1, 2, 3)] }
    expect(await refusal(snapshot, more)).to.contain("1 nodes or codes that prove nothing")
  })

  it("is refused in another order, with a node twice, and with a header in another form", async () => {
    const [first, second, ...others] = evidence.nodes
    if (first === undefined || second === undefined) return expect.fail("it has no two nodes")
    const swapped = { ...evidence, nodes: [second, first, ...others] }
    expect(await refusal(snapshot, swapped)).to.contain("not in order")
    const twice = { ...evidence, nodes: [first, first, second, ...others] }
    expect(await refusal(snapshot, twice)).to.contain("not in order")
    const codes = { ...evidence, codes: [...evidence.codes].reverse() }
    expect(await refusal(snapshot, codes)).to.contain("not in order")
    const { header } = evidence
    const longer = { ...header, number: (header["number"] ?? "").replace("0x", "0x0") }
    const upper = { ...header, stateRoot: `0x${(header["stateRoot"] ?? "").slice(2).toUpperCase()}` }
    const extra = { ...header, l1BlockNumber: "0x1" }
    const reordered = Object.fromEntries(Object.entries(header).reverse())
    for (const changed of [longer, upper, extra, reordered]) {
      expect(await refusal(snapshot, { ...evidence, header: changed })).to.contain("another form")
    }
  })

  it("is refused as a file with bytes after its content, or with spaces in its header", () => {
    const body = packed.subarray(0, -32)
    const rehashed = (bytes: Uint8Array): Uint8Array => concatBytes([bytes, keccak256(bytes)])
    const trailing = rehashed(concatBytes([body, Uint8Array.of(1, 2, 3)]))
    expectThrown(() => unpackEvidence(trailing, "p"), "mismatch")
    const plain = inflateSync(body.subarray(8))
    const size = plain.readUInt32BE(0)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(size + 1)
    const spaced = Buffer.concat([length, plain.subarray(4, 5), Buffer.from(" "), plain.subarray(5)])
    const file = rehashed(concatBytes([body.subarray(0, 8), deflateSync(spaced)]))
    expectThrown(() => unpackEvidence(file, "p"), "mismatch")
  })

  it("is refused with any field of the header changed", async () => {
    for (const [name, text] of Object.entries(evidence.header)) {
      const changed = text === "0x" ? "0x01" : text.slice(0, -1) + (text.endsWith("1") ? "2" : "1")
      const header = { ...evidence.header, [name]: changed }
      expect(await refusal(snapshot, { ...evidence, header }), name).to.contain("do not hash to")
    }
  })

  it("names the changed value in the snapshot", async () => {
    const text = snapshotText(snapshot)
    const cases: readonly (readonly [from: string | RegExp, to: string, named: string])[] = [
      [
        '"stake":"12345678901234"',
        '"stake":"12345678901235"',
        "node 14: contributor 0: stake is 12345678901235",
      ],
      ['"timestamp": 1763683200', '"timestamp": 1763683201', "the block's timestamp"],
      ['"number": 100', '"number": 101', "the block's number"],
      [
        '"stakingRequirement": "25000000000000"',
        '"stakingRequirement": "25000000000001"',
        "the staking requirement",
      ],
      ['"maxContributors": 10', '"maxContributors": 11', "the maximum of contributors"],
      ['"revoked":true', '"revoked":false', ": revoked is false in the snapshot, but true on the chain"],
      ['"threshold":2', '"threshold":1', ": threshold is 1"],
      ['"version":"1.4.1"', '"version":"1.3.0"', ": version is 1.3.0"],
      ['{"kind":"empty"}', '{"kind":"plain"}', ": kind is plain in the snapshot, but empty"],
      ['{"kind":"plain"}', '{"kind":"contract"}', ": kind is contract in the snapshot, but plain"],
      [/"delegate":"0x63c0/, '"delegate":"0x63c1', ": delegate is"],
      [/"leaveRequestTimestamp":[1-9]\d+/, '"leaveRequestTimestamp":5', ": leaveRequestTimestamp is 5"],
      [/"addedTimestamp":\d+/, '"addedTimestamp":7', "node 1: addedTimestamp is 7"],
      [/"end":\d+/, '"end":9', ": end is 9"],
      [/"start":\d+/, '"start":9', ": start is 9"],
    ]
    for (const [from, to, named] of cases) {
      const changed = text
        .replace(from, to)
        .replace("0x63c19a282a1B52b07dD5a65b58948A07DAE32B", "0x63c19a282a1b52b07dd5a65b58948a07dae32b")
      expect(changed, named).to.not.equal(text)
      const lower = changed.replace(
        /"delegate":"(0x[^"]+)"/,
        (_, address: string) => `"delegate":"${address.toLowerCase()}"`,
      )
      expect(await refusal(parseSnapshot(lower, "s"), evidence)).to.contain(named)
    }
  })

  it("shows that no node is missing, added or replaced", async () => {
    const { nodes } = networkIn(snapshot)
    expect(await refusal(withNetwork(snapshot, { nodes: nodes.slice(0, -1) }), evidence)).to.contain(
      "the number of nodes is 24",
    )
    expect(await refusal(withNetwork(snapshot, { nodes: nodes.slice(1) }), evidence)).to.contain(
      "the number of nodes is 24",
    )
    const [first] = nodes
    const invented = first === undefined ? nodes : [...nodes.slice(0, -1), { ...first, id: 29n }]
    expect(await refusal(withNetwork(snapshot, { nodes: invented }), evidence)).to.contain(
      "node 25 of the list is 29",
    )
  })

  it("shows that no recipient, contributor or beneficiary is missing", async () => {
    const without = (address: Address | undefined): Snapshot => ({
      ...snapshot,
      accounts: new Map([...snapshot.accounts].filter(([account]) => account !== address)),
    })
    const [recipient] = served.recipients
    expect(await refusal(without(recipient), evidence, served.recipients)).to.contain("does not classify")
    const staker = networkIn(snapshot).nodes[0]?.contributors[0]?.address
    expect(await refusal(without(staker), evidence)).to.contain("a contributor of node 1")
    const beneficiary = [...served.network.vesting.values()].find(
      (vesting) => !served.recipients.includes(vesting.beneficiary),
    )
    expect(await refusal(without(beneficiary?.beneficiary), evidence)).to.contain("the beneficiary of")
  })

  it("gives the same answers of views as eth_call does, those of Safes behind their proxies included", async () => {
    const state = openProvenState(evidence.header["stateRoot"] as Address, evidence.nodes, evidence.codes)
    const call = await openViews(worldOf(state, snapshot))
    let compared = 0
    for (const [address, { kind }] of snapshot.accounts) {
      if (kind !== "safe" && kind !== "contract" && !kind.startsWith("vesting")) continue
      for (const view of VIEW_NAMES) {
        const own = await call(address, VIEWS[view])
        const theirs = await served.chain
          .request("eth_call", [{ to: address, data: VIEWS[view] }, "0x64"])
          .then(String)
          .catch(() => undefined)
        expect(own.success ? toHex(own.data) : undefined, `${address} ${view}`).to.equal(theirs)
        compared++
      }
    }
    expect(compared).to.be.greaterThan(150)
  })

  it("is a stage of verify, which finds a changed snapshot", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      expect(await verifyEvidence(await loadProgram(program)), "no evidence, no stage").to.equal(undefined)
      await writeFile(join(program, "snapshot.json"), snapshotText(snapshot))
      await writeFile(join(program, "snapshot.proof"), packed)
      const right = await verifyEvidence(await loadProgram(program))
      expect(right?.findings).to.deep.equal([])
      expect(right?.summary).to.contain("25 nodes").and.contain(snapshot.block.hash)
      const text = snapshotText(snapshot).replace('"stake":"12345678901234"', '"stake":"12345678901230"')
      await writeFile(join(program, "snapshot.json"), text)
      const wrong = await verifyEvidence(await loadProgram(program))
      expect(wrong?.findings[0]?.problem).to.contain("node 14: contributor 0: stake")
    })
  })

  it("files each fault under the file that has it", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      const text = snapshotText(snapshot)
      const files = async (
        snapshotJson: string,
        proof: Uint8Array,
      ): Promise<readonly (string | undefined)[]> => {
        await writeFile(join(program, "snapshot.json"), snapshotJson)
        await writeFile(join(program, "snapshot.proof"), proof)
        const stage = await verifyEvidence(await loadProgram(program))
        return stage?.findings.map(({ file }) => file.split("/").at(-1)) ?? []
      }
      const cut = packed.subarray(0, -1)
      expect(await files(text, packed)).to.deep.equal([])
      expect(await files("{", packed)).to.deep.equal(["snapshot.json"])
      expect(await files(text, cut)).to.deep.equal(["snapshot.proof"])
      expect(await files("{", cut)).to.deep.equal(["snapshot.json", "snapshot.proof"])
      const chain = text.replace('"chainId": 42161', '"chainId": 42162')
      expect(await files(chain, packed), "of another chain").to.deep.equal(["snapshot.json"])
      const stake = text.replace('"stake":"12345678901234"', '"stake":"12345678901230"')
      expect(await files(stake, packed), "another stake").to.deep.equal(["snapshot.json"])
      const lost = packEvidence({ ...evidence, nodes: evidence.nodes.slice(1) })
      expect(await files(text, lost), "a node is missing").to.deep.equal(["snapshot.proof"])
      const listed = text.replace(
        new RegExp(`\n  "${toChecksum(served.recipients[0] ?? ZERO_ADDRESS)}": .*`),
        "",
      )
      expect(await files(listed, packed), "a recipient is missing").to.deep.equal(["snapshot.json"])
    })
  })

  it("is removed when a different snapshot is taken without it", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      await writeFile(join(program, "snapshot.proof"), packed)
      expect((await runVerb(snapshotVerb, [program, "--rpc", served.url])).status).to.equal(0)
      expect(await readEvidence(join(program, "snapshot.proof")).catch(() => undefined)).to.equal(undefined)
    })
  })

  it("stays beside a snapshot that is taken again with the same result", async () => {
    await inScratch(async (folder) => {
      const program = await copySample(folder)
      await writeFile(join(program, "snapshot.json"), snapshotText(snapshot))
      await writeFile(join(program, "snapshot.proof"), packed)
      expect((await runVerb(snapshotVerb, [program, "--rpc", served.url])).status).to.equal(0)
      expect((await verifyEvidence(await loadProgram(program)))?.findings).to.deep.equal([])
    })
  })
})
