/** From Ethereum to the snapshot: a chain with Arbitrum's headers, one that plays Ethereum, and each link between. */
import { RLP } from "@ethereumjs/rlp"
import { expect } from "chai"
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { deflateSync, inflateSync } from "node:zlib"
import { createHash } from "node:crypto"
import * as anchorVerb from "../../../scripts/commands/anchor.ts"
import * as snapshotVerb from "../../../scripts/commands/snapshot.ts"
import * as verifyVerb from "../../../scripts/commands/verify.ts"
import { MOST_HEADERS, rootSlot, verifyAnchor, type Anchor } from "../../../scripts/core/evidence/anchor.ts"
import { headerRlp } from "../../../scripts/core/ethereum/block-header.ts"
import { readHeader } from "../../../scripts/core/ethereum/header-rlp.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../../../scripts/core/primitives/bytes.ts"
import { keccak256 } from "../../../scripts/core/primitives/keccak.ts"
import { wordHex } from "../../../scripts/core/primitives/words.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { createRpc } from "../../../scripts/io/rpc/client.ts"
import { readBlock } from "../../../scripts/io/rpc/find-block.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { packAnchor, readAnchor } from "../../../scripts/stages/snapshot/anchor-file.ts"
import { requireOutbox } from "../../../scripts/stages/snapshot/capture-anchor.ts"
import { readSnapshot } from "../../../scripts/stages/snapshot/snapshot-file.ts"
import { anchorStage } from "../../../scripts/stages/snapshot/verify-anchor.ts"
import { openStandIn, type UpstreamChain } from "../../fork/upstream.ts"
import { sendRootOf } from "../../support/arbitrum-blocks.ts"
import { OUTBOX, startEthereum, type EthereumStandIn } from "../../../scripts/dev/rigs/ethereum.ts"
import { missingMethod, startFaultProxy } from "../../support/fault-proxy.ts"
import { allocateAndBuild } from "../../support/published.ts"
import { startPythonVerifier, type PythonVerifier } from "../../support/python-verifier.ts"
import { runVerb } from "../../support/run-verb.ts"
import { copySample } from "../../support/served-network.ts"

/** Blocks from the snapshot's to the one that is confirmed next. */
const BETWEEN = 40

describe("The anchor of a snapshot", function () {
  this.timeout(300_000)
  let parent: string
  let program: string
  let arbitrum: UpstreamChain
  let ethereum: EthereumStandIn
  let python: PythonVerifier
  let anchor: Anchor

  const confirm = async (number: number): Promise<void> => {
    const { hash } = await readBlock(createRpc(arbitrum.url), `0x${number.toString(16)}`)
    await ethereum.confirm(sendRootOf(BigInt(number)), hash)
  }
  before(async () => {
    parent = await mkdtemp(join(tmpdir(), "airdrop-anchor-"))
    program = await copySample(parent)
    arbitrum = await openStandIn()
    ethereum = await startEthereum()
    python = startPythonVerifier()
    await ethereum.finalize()
  })
  after(async () => {
    python.close()
    await ethereum.close()
    await arbitrum.close()
    await rm(parent, { recursive: true, force: true })
  })
  const both = (): readonly string[] => ["--rpc", arbitrum.url, "--l1-rpc", ethereum.url]
  const file = (folder = program): string => join(folder, "snapshot.anchor")

  it("says when the block will be confirmed, while Ethereum has no later one; the snapshot is written", async () => {
    await confirm(arbitrum.block - 5)
    await ethereum.finalize()
    const taken = await runVerb(snapshotVerb, [program, ...both(), "--anchor"])
    expect(taken.status, String(taken.error)).to.equal(0)
    const { block } = await readSnapshot(join(program, "snapshot.json"))
    const due = new Date((block.timestamp + 3_600 + 552_960) * 1000).toISOString().slice(0, 19)
    expect(taken.lines.join("\n")).to.contain(`has not confirmed block ${block.number} yet`).and.contain(due)
    const run = await runVerb(anchorVerb, [program, ...both()])
    expect(run.error).to.include({ code: "not-ready" })
  })

  it("is captured once a later block is confirmed and final, and names one Ethereum block to compare", async () => {
    await confirm(arbitrum.block - 2)
    await confirm(arbitrum.block + BETWEEN)
    await confirm(arbitrum.block + 100)
    await ethereum.finalize()
    const run = await runVerb(anchorVerb, [program, ...both(), "--json"])
    expect(run.status, String(run.error)).to.equal(0)
    const json = run.json as { headers: number; trusted: { number: number; hash: string } }
    expect(json.headers).to.equal(BETWEEN + 1)
    const block = await readBlock(createRpc(ethereum.url), `0x${json.trusted.number.toString(16)}`)
    expect(block.hash).to.equal(json.trusted.hash)
    // Prague's header.
    expect(Object.keys(block.fields)).to.include("requestsHash")
    anchor = await readAnchor(file())
  })

  it("is verified offline by both verifiers, which print the Ethereum block", async () => {
    const taken = await runVerb(snapshotVerb, [program, ...both(), "--anchor"])
    expect(taken.status, String(taken.error)).to.equal(0)
    const whole = join(parent, "whole")
    await cp(program, whole, { recursive: true })
    await allocateAndBuild(whole)
    const run = await runVerb(verifyVerb, [whole])
    expect(run.status, run.lines.join("\n")).to.equal(0)
    const l1 = readHeader((await readAnchor(file())).l1Header, "l1")
    expect(run.lines.join("\n")).to.contain(`Ethereum block ${l1.number}`).and.contain(l1.hash)
    const verdict = await python.verify({ program: whole, proofs: join(whole, "proofs") })
    expect(verdict.findings).to.deep.equal([])
  })

  it("goes on where an interrupted run stopped", async () => {
    const proxy = await startFaultProxy(ethereum.url, [missingMethod("eth_getProof")])
    const counting = await startFaultProxy(arbitrum.url)
    try {
      await rm(file())
      const cut = await runVerb(anchorVerb, [program, "--rpc", counting.url, "--l1-rpc", proxy.url])
      expect(cut.error).to.include({ code: "rpc-cannot" })
      proxy.setFaults([])
      const again = await runVerb(anchorVerb, [program, "--rpc", counting.url, "--l1-rpc", proxy.url])
      expect(again.status, String(again.error)).to.equal(0)
    } finally {
      await proxy.close()
      await counting.close()
    }
  })

  it("is refused for a chain that is no Arbitrum chain", () => {
    expect(() => requireOutbox(8453)).to.throw("Base (8453) has no anchor")
    expect(() => requireOutbox(31337)).to.throw("has no anchor")
  })

  it("verifies the header of a real assertion, from the word of the Outbox", async () => {
    const path = join(PROJECT_ROOT, "test", "fixtures", "arbitrum", "assertion-310461897.json")
    const real = JSON.parse(await readFile(path, "utf8")) as Record<string, string>
    const header = fromHex(real["rlpHeader"] ?? "")
    const { hash, extraData, number, timestamp, stateRoot } = readHeader(header, "the header")
    expect({ hash, extraData, number, stateRoot }).to.deep.equal({
      hash: real["assertionBlockHash"],
      extraData: real["assertionSendRoot"],
      number: 310_461_897,
      stateRoot: real["stateRoot"],
    })
    await ethereum.confirm(extraData, hash)
    const l1 = await readBlock(createRpc(ethereum.url), "latest")
    const report = verifyAnchor(
      { l1Header: headerRlp(l1.fields, l1.rule), nodes: await outboxNodes(extraData), headers: [header] },
      { hash, number, timestamp },
      requireOutbox(42161),
    )
    expect(report).to.deep.include({ headers: 1 })
    expect(report.l1.hash).to.equal(l1.hash)
  })

  async function outboxNodes(sendRoot: Hex): Promise<readonly Uint8Array[]> {
    const slot = wordHex(rootSlot(sendRoot))
    const proof = (await ethereum.request("eth_getProof", [OUTBOX, [slot], "latest"])) as {
      accountProof: readonly string[]
      storageProof: readonly { proof: readonly string[] }[]
    }
    const all = [...proof.accountProof, ...proof.storageProof.flatMap(({ proof: nodes }) => nodes)]
    return [...new Set(all)].sort().map((node) => fromHex(node))
  }

  /** Changes one field of a header. */
  const field = (rlp: Uint8Array, at: number, value: Uint8Array): Uint8Array => {
    const fields = RLP.decode(rlp) as Uint8Array[]
    fields[at] = value
    return RLP.encode(fields)
  }
  const at = <T>(list: readonly T[], index: number): T => {
    const item = list.at(index)
    if (item === undefined) throw new Error(`there is no item ${index}`)
    return item
  }
  const replaced = <T>(list: readonly T[], index: number, item: T): readonly T[] =>
    list.map((one, i) => (i === index ? item : one))
  const flipped = (bytes: Uint8Array, place = bytes.length >> 1): Uint8Array =>
    bytes.map((byte, i) => (i === place ? byte ^ 1 : byte))
  const sorted = (nodes: readonly Uint8Array[]): readonly Uint8Array[] =>
    [...nodes].sort((a, b) => (toHex(a) < toHex(b) ? -1 : 1))
  /** Replaces a header, and the parent's hash in every one behind it, so that the links hold. */
  const relinked = (
    headers: readonly Uint8Array[],
    index: number,
    header: Uint8Array,
  ): readonly Uint8Array[] => {
    const result = [...headers]
    result[index] = header
    for (let i = index + 1; i < result.length; i++) {
      result[i] = field(at(result, i), 0, keccak256(at(result, i - 1)))
    }
    return result
  }
  const otherRoot = async (): Promise<readonly Uint8Array[]> =>
    await outboxNodes(sendRootOf(BigInt(arbitrum.block + 100)) as Hex)

  /** Each link cut, forged or swapped, and the words of both verifiers. */
  const FORGERIES: readonly (readonly [
    name: string,
    words: RegExp,
    forge: (anchor: Anchor) => Anchor | Promise<Anchor>,
  ])[] = [
    ["no headers", /no header of the snapshot's block/, (a) => ({ ...a, headers: [] })],
    [
      "the first header cut off",
      /the snapshot's block has the hash/,
      (a) => ({ ...a, headers: a.headers.slice(1) }),
    ],
    [
      "a header cut out",
      /header 7 .*its parent/,
      (a) => ({ ...a, headers: a.headers.filter((_, i) => i !== 7) }),
    ],
    [
      "the last header cut off",
      /names no block for the send root|does not prove/,
      (a) => ({
        ...a,
        headers: a.headers.slice(0, -1),
      }),
    ],
    [
      "two headers swapped",
      /header 3 .*its parent/,
      (a) => ({
        ...a,
        headers: replaced(replaced(a.headers, 3, at(a.headers, 4)), 4, at(a.headers, 3)),
      }),
    ],
    [
      "a header twice",
      /header 5 .*its parent/,
      (a) => ({
        ...a,
        headers: [...a.headers.slice(0, 5), at(a.headers, 4), ...a.headers.slice(5)],
      }),
    ],
    [
      "a forged state root in the snapshot's header",
      /the snapshot's block has the hash/,
      (a) => ({
        ...a,
        headers: replaced(a.headers, 0, field(at(a.headers, 0), 3, new Uint8Array(32).fill(7))),
      }),
    ],
    [
      "a forged time in a header",
      /header 11 .*its parent/,
      (a) => ({
        ...a,
        headers: replaced(a.headers, 10, field(at(a.headers, 10), 11, Uint8Array.of(1, 2, 3))),
      }),
    ],
    [
      "a forged header with every link behind it made anew",
      /the Outbox names block/,
      (a) => ({
        ...a,
        headers: relinked(a.headers, 10, field(at(a.headers, 10), 3, new Uint8Array(32).fill(7))),
      }),
    ],
    [
      "a header of another number, relinked",
      /header 10 .*is of block/,
      (a) => ({
        ...a,
        headers: relinked(a.headers, 10, field(at(a.headers, 10), 8, Uint8Array.of(1, 2, 3, 4))),
      }),
    ],
    [
      "another send root in the last header",
      /does not prove|names no block/,
      (a) => ({
        ...a,
        headers: replaced(a.headers, BETWEEN, field(at(a.headers, -1), 12, new Uint8Array(32).fill(9))),
      }),
    ],
    [
      "no send root in the last header",
      /has no send root/,
      (a) => ({
        ...a,
        headers: replaced(a.headers, BETWEEN, field(at(a.headers, -1), 12, Uint8Array.of(9))),
      }),
    ],
    [
      "a header of Ethereum among those of Arbitrum",
      /header 6 .*has 21 fields/,
      (a) => ({
        ...a,
        headers: replaced(a.headers, 6, a.l1Header),
      }),
    ],
    [
      "a header of too few fields",
      /header 6 .*has 3 fields/,
      (a) => ({
        ...a,
        headers: replaced(a.headers, 6, RLP.encode([new Uint8Array(32), Uint8Array.of(1), Uint8Array.of(2)])),
      }),
    ],
    [
      "a header that is not RLP",
      /header 6 .*RLP/,
      (a) => ({
        ...a,
        headers: replaced(a.headers, 6, Uint8Array.of(0xf8, 1, 2)),
      }),
    ],
    [
      "bytes behind a header",
      /header 6 .*RLP/,
      (a) => ({
        ...a,
        headers: replaced(a.headers, 6, concatBytes([at(a.headers, 6), Uint8Array.of(0)])),
      }),
    ],
    [
      "more headers than are allowed",
      /the most is 14400/,
      (a) => ({
        ...a,
        headers: [...a.headers, ...Array.from({ length: MOST_HEADERS }, () => Uint8Array.of(0xc0))],
      }),
    ],
    [
      "another state root in the Ethereum header",
      /does not prove/,
      (a) => ({
        ...a,
        l1Header: field(a.l1Header, 3, new Uint8Array(32).fill(7)),
      }),
    ],
    [
      "an Ethereum header that is cut off",
      /the Ethereum header.*RLP/,
      (a) => ({
        ...a,
        l1Header: a.l1Header.subarray(0, -4),
      }),
    ],
    [
      "an Ethereum number with a leading zero",
      /the Ethereum header.*number/,
      (a) => ({
        ...a,
        l1Header: field(a.l1Header, 8, Uint8Array.of(0, 5)),
      }),
    ],
    [
      "Arbitrum's header in the place of Ethereum's",
      /does not prove/,
      (a) => ({ ...a, l1Header: at(a.headers, 0) }),
    ],
    [
      "the account's proof cut off",
      /does not prove the account|does not prove.*account/,
      (a) => {
        const root = toHex(RLP.decode(a.l1Header)[3] as Uint8Array)
        return { ...a, nodes: a.nodes.filter((node) => toHex(keccak256(node)) !== root) }
      },
    ],
    [
      "a forged trie node",
      /does not prove/,
      (a) => ({ ...a, nodes: sorted(replaced(a.nodes, 0, flipped(at(a.nodes, 0)))) }),
    ],
    [
      "another forged trie node",
      /does not prove/,
      (a) => ({
        ...a,
        nodes: sorted(replaced(a.nodes, a.nodes.length - 1, flipped(at(a.nodes, -1)))),
      }),
    ],
    ["no trie nodes", /does not prove/, (a) => ({ ...a, nodes: [] })],
    ["trie nodes swapped", /swapped, or the same/, (a) => ({ ...a, nodes: [...a.nodes].reverse() })],
    ["a trie node twice", /swapped, or the same/, (a) => ({ ...a, nodes: [at(a.nodes, 0), ...a.nodes] })],
    [
      "a trie node that proves nothing",
      /1 trie nodes prove nothing/,
      (a) => ({
        ...a,
        nodes: sorted([...a.nodes, Uint8Array.of(0xc1, 0x80)]),
      }),
    ],
    [
      "the proof of another confirmed block",
      /does not prove|names no block|prove nothing/,
      async (a) => ({
        ...a,
        nodes: await otherRoot(),
      }),
    ],
  ]

  it(`is refused by both verifiers with each of ${FORGERIES.length} links cut, forged or swapped`, async () => {
    const folder = join(parent, "forged")
    await cp(program, folder, { recursive: true })
    const loaded = await loadProgram(folder)
    expect(FORGERIES.length).to.be.at.least(20)
    for (const [name, words, forge] of FORGERIES) {
      await writeFile(file(folder), packAnchor(await forge(anchor)))
      await expectRefused(folder, loaded, name, words)
    }
  })

  it("is refused as a file that was changed, cut off, lengthened, or is of another format", async () => {
    const folder = join(parent, "changed")
    await cp(program, folder, { recursive: true })
    const loaded = await loadProgram(folder)
    const packed = packAnchor(anchor)
    const body = packed.subarray(0, -32)
    const hashed = (bytes: Uint8Array): Uint8Array =>
      concatBytes([bytes, new Uint8Array(createHash("sha256").update(bytes).digest())])
    const plain = inflateSync(body.subarray(8))
    const files: readonly (readonly [string, RegExp, Uint8Array])[] = [
      ["a changed byte", /changed or cut off/, flipped(packed)],
      ["its end cut off", /changed or cut off/, packed.subarray(0, -1)],
      ["nothing", /is not a snapshot's anchor/, new Uint8Array()],
      [
        "another version",
        /is not a snapshot's anchor/,
        hashed(concatBytes([body.subarray(0, 7), Uint8Array.of(2), body.subarray(8)])),
      ],
      [
        "bytes behind the packed content",
        /cannot be unpacked/,
        hashed(concatBytes([body, Uint8Array.of(1)])),
      ],
      [
        "bytes behind its pieces",
        /cannot be unpacked/,
        hashed(concatBytes([body.subarray(0, 8), deflateSync(concatBytes([plain, Uint8Array.of(1)]))])),
      ],
      [
        "a piece cut off",
        /cannot be unpacked/,
        hashed(concatBytes([body.subarray(0, 8), deflateSync(plain.subarray(0, -5))])),
      ],
      [
        "content without end",
        /cannot be unpacked/,
        hashed(concatBytes([body.subarray(0, 8), deflateSync(new Uint8Array(2 ** 24 + 1))])),
      ],
    ]
    for (const [name, words, bytes] of files) {
      await writeFile(file(folder), bytes)
      await expectRefused(folder, loaded, name, words)
    }
  })

  it("is refused for a snapshot of another block", async () => {
    const folder = join(parent, "other")
    await cp(program, folder, { recursive: true })
    await writeFile(file(folder), packAnchor(anchor))
    const path = join(folder, "snapshot.json")
    const text = await readFile(path, "utf8")
    const { block } = await readSnapshot(path)
    for (const [changed, words] of [
      [text.replace(block.hash, `0x${"ab".repeat(32)}`), /the snapshot's block has the hash/],
      [
        text.replace(`"timestamp": ${block.timestamp}`, `"timestamp": ${block.timestamp - 1}`),
        /has the timestamp/,
      ],
    ] as const) {
      await writeFile(path, changed)
      await expectRefused(folder, await loadProgram(folder), "another block", words)
    }
  })

  it("does not stay beside a snapshot of another block", async () => {
    const folder = await copySample(join(parent, "next"), {})
    await writeFile(file(folder), packAnchor(anchor))
    const taken = await runVerb(snapshotVerb, [
      folder,
      "--rpc",
      arbitrum.url,
      "--block",
      String(arbitrum.block - 1),
    ])
    expect(taken.status, String(taken.error)).to.equal(0)
    const error: unknown = await readFile(file(folder)).catch((cause: unknown) => cause)
    expect(error).to.include({ code: "ENOENT" })
  })

  async function expectRefused(
    folder: string,
    loaded: Awaited<ReturnType<typeof loadProgram>>,
    name: string,
    words: RegExp,
  ): Promise<void> {
    const stage = await anchorStage(loaded)
    expect(stage?.findings.map(({ problem }) => problem).join(), name).to.match(words)
    const { findings } = await python.verify({ program: folder, proofs: join(folder, "none") })
    const theirs = findings
      .filter((one) => one.file.endsWith("snapshot.anchor"))
      .map(({ problem }) => problem)
    expect(theirs.join(), `verify.py: ${name}`).to.match(words)
  }
})
