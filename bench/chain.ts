/**
 * `bench chain`: the chain as a verifier. Gas of the list's audit, requests of the simulated payments, size and time of the
 * longest anchor, and gas of a whole level in one transaction. Writes bench/chain.json.
 */
import { RLP } from "@ethereumjs/rlp"
import type { Command } from "commander"
import { randomBytes } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { encodeRange } from "../scripts/core/claim/range-call.ts"
import { recordCall } from "../scripts/core/contract/list-recorder.ts"
import { deploymentCall } from "../scripts/core/ethereum/create2.ts"
import { packList } from "../scripts/core/merkle/packed-list.ts"
import { headerRlp } from "../scripts/core/ethereum/block-header.ts"
import { requireOutbox } from "../scripts/stages/snapshot/capture-anchor.ts"
import { MOST_HEADERS, rootSlot, verifyAnchor, type Anchor } from "../scripts/core/evidence/anchor.ts"
import { auditRows } from "../scripts/core/merkle/audit-rows.ts"
import { parseAddress } from "../scripts/core/primitives/address.ts"
import { fromHex, toHex, type Hex } from "../scripts/core/primitives/bytes.ts"
import { AirdropError, invariant } from "../scripts/core/primitives/error.ts"
import { keccak256 } from "../scripts/core/primitives/keccak.ts"
import type { Snapshot } from "../scripts/core/snapshot/snapshot.ts"
import { ARBITRUM_ONE } from "../scripts/core/ethereum/chains.ts"
import { OUTBOX, startEthereum } from "../scripts/dev/rigs/ethereum.ts"
import {
  madeUpRecipients,
  startDeployedProgram,
  type DeployedProgram,
} from "../scripts/dev/rigs/deployed-program.ts"
import { writeFileAtomic } from "../scripts/io/disk/atomic-write.ts"
import { artifactOf } from "../scripts/io/project/artifacts.ts"
import { createRpc } from "../scripts/io/rpc/client.ts"
import { readBlock } from "../scripts/io/rpc/find-block.ts"
import { pinTo } from "../scripts/io/rpc/pinned-reader.ts"
import { NO_JOURNAL } from "../scripts/io/rpc/journal.ts"
import { connect } from "../scripts/io/rpc/provider.ts"
import { between } from "../scripts/io/terminal/options.ts"
import { printText, type Output } from "../scripts/io/terminal/output.ts"
import { merkleAirdropAt } from "../scripts/stages/deployment/airdrop-contract.ts"
import { loadProgram } from "../scripts/stages/program/load-program.ts"
import { readLeaves } from "../scripts/stages/publication/read-leaves.ts"
import { packAnchor, unpackAnchor } from "../scripts/stages/snapshot/anchor-file.ts"
import { openProofStore } from "../scripts/stages/snapshot/proof-store.ts"
import { auditCode } from "../scripts/stages/verification/audit-list.ts"
import { readPayability } from "../scripts/stages/verification/read-payability.ts"
import { ROOT } from "./solc.ts"

/** As many recipients as the first program has. */
const RECORDED = 800

export interface ChainFigures {
  /** Calldata included. */
  readonly auditGasPerLeaf: number
  readonly recipients: number
  readonly payableRequests: number
  readonly anchorHeaders: number
  readonly anchorMB: number
  /** Unpacking included. */
  readonly anchorVerifySeconds: number
  /** Of one transaction that pays a level of 1,024 accounts which hold none of the token. */
  readonly levelOf1024Gas: number
  /** Of a list of 800 accounts, kept on the chain by `record`: all of its transactions, and the bytes in them. */
  readonly recordGas: number
  readonly recordBytes: number
}

/** The bench's options and action. */
export function define(command: Command, out: () => Output): void {
  command
    .option("--recipients <number>", "unpaid accounts", between(1, 999_999), 5_000)
    .option("--headers <number>", "headers of the anchor", between(1, MOST_HEADERS), MOST_HEADERS)
    .action(async (options: { readonly recipients: number; readonly headers: number }) => {
      const output = out()
      const figures: ChainFigures = {
        ...(await benchPayments(options.recipients)),
        ...(await benchAnchor(options.headers)),
        levelOf1024Gas: await benchLevel(),
        ...(await benchRecord()),
      }
      printText(
        output,
        [
          `audit            ${figures.auditGasPerLeaf} gas a leaf`,
          `payable          ${figures.payableRequests} requests for ${figures.recipients} accounts`,
          `anchor           ${figures.anchorHeaders} headers, ${figures.anchorMB} MB, verified in ${figures.anchorVerifySeconds} s`,
          `level of 1,024   ${figures.levelOf1024Gas} gas in one transaction`,
          `list of ${RECORDED}      ${figures.recordGas} gas and ${figures.recordBytes} bytes to keep it on the chain`,
        ].join("\n"),
      )
      output.json(figures)
      // Gas and requests repeat on any machine; the seconds are this machine's, and are printed only.
      const kept = { ...figures, anchorVerifySeconds: undefined }
      await writeFileAtomic(join(ROOT, "bench", "chain.json"), `${JSON.stringify(kept, undefined, 2)}\n`)
    })
}

async function withProgram<T>(count: number, work: (stage: DeployedProgram) => Promise<T>): Promise<T> {
  const parent = await mkdtemp(join(tmpdir(), "airdrop-bench-"))
  const stage = await startDeployedProgram(parent, { recipients: madeUpRecipients(count) })
  try {
    return await work(stage)
  } finally {
    await stage.close()
    await rm(parent, { recursive: true, force: true })
  }
}

async function benchPayments(
  recipients: number,
): Promise<Pick<ChainFigures, "auditGasPerLeaf" | "recipients" | "payableRequests">> {
  return await withProgram(recipients, async (stage) => {
    const provider = await connect(stage.url, ARBITRUM_ONE)
    const loaded = await loadProgram(stage.folder)
    const leaves = await readLeaves(loaded)
    const artifact = await artifactOf("ListAudit")
    let gas = 0
    for (const row of auditRows(leaves.list)) {
      gas += Number(await provider.rpc.call("eth_estimateGas", [{ data: auditCode(artifact, row) }]))
    }
    const address = parseAddress((await stage.airdrop.getAddress()).toLowerCase())
    const airdrop = await merkleAirdropAt(address, provider)
    const { requests, refusals } = await readPayability(loaded, { provider, airdrop, address, leaves })
    provider.destroy()
    if (refusals.length > 0) throw new AirdropError("an account cannot be paid", { code: "mismatch" })
    return { auditGasPerLeaf: Math.round(gas / recipients), recipients, payableRequests: requests }
  })
}

async function benchLevel(): Promise<number> {
  return await withProgram(1_024, async ({ folder, airdrop, sender }) => {
    const leaves = await readLeaves(await loadProgram(folder))
    const data = encodeRange(airdrop, leaves, { start: 0, count: 1_024 })
    const sent = await sender.sendTransaction({ to: await airdrop.getAddress(), data, gasLimit: 40_000_000 })
    const receipt = await sent.wait()
    invariant(receipt?.status === 1, "a level is paid in one transaction")
    return Number(receipt.gasUsed)
  })
}

async function benchRecord(): Promise<Pick<ChainFigures, "recordGas" | "recordBytes">> {
  return await withProgram(RECORDED, async ({ folder, sender }) => {
    const { list, tree } = await readLeaves(await loadProgram(folder))
    const { bytecode } = await artifactOf("ListRecorder")
    const creation = deploymentCall(bytecode as Hex)
    await (await sender.sendTransaction({ to: creation.to, data: creation.data })).wait()
    let [recordGas, recordBytes] = [0, 0]
    for (const part of packList(list)) {
      const { to, data } = recordCall(toHex(tree.root), part)
      const receipt = await (await sender.sendTransaction({ to, data })).wait()
      invariant(receipt?.logs.length === 1, "the recorder logs an event")
      recordGas += Number(receipt.gasUsed)
      recordBytes += part.bytes.length
    }
    return { recordGas, recordBytes }
  })
}

async function benchAnchor(
  count: number,
): Promise<Pick<ChainFigures, "anchorHeaders" | "anchorMB" | "anchorVerifySeconds">> {
  const { anchor, block } = await madeUpAnchor(count)
  const packed = packAnchor(anchor)
  const started = performance.now()
  verifyAnchor(unpackAnchor(packed, "the anchor"), block, requireOutbox(ARBITRUM_ONE))
  const seconds = (performance.now() - started) / 1000
  return {
    anchorHeaders: count,
    anchorMB: Math.round(packed.length / 1e4) / 100,
    anchorVerifySeconds: Math.round(seconds * 100) / 100,
  }
}

/** Headers of real size and randomness, linked, and confirmed by a chain that plays Ethereum. */
async function madeUpAnchor(
  count: number,
): Promise<{ readonly anchor: Anchor; readonly block: Snapshot["block"] }> {
  const first = { number: 400_000_000, timestamp: 1_763_683_200 }
  const headers: Uint8Array[] = []
  let hash: Uint8Array = randomBytes(32)
  let sendRoot = randomBytes(32)
  for (let i = 0; i <= count; i++) {
    // A new send root about every two minutes.
    if (i % 480 === 0) sendRoot = randomBytes(32)
    const header = madeUpHeader(hash, sendRoot, first.number + i, first.timestamp + (i >> 2))
    headers.push(header)
    hash = keccak256(header)
  }
  const ethereum = await startEthereum()
  try {
    await ethereum.confirm(toHex(sendRoot), toHex(hash))
    const rpc = createRpc(ethereum.url)
    const l1 = await readBlock(rpc, "latest")
    const store = openProofStore(pinTo(rpc, l1, NO_JOURNAL))
    await store.prove([{ address: OUTBOX, slots: [rootSlot(toHex(sendRoot))] }])
    const nodes = [...store.nodes()]
      .map(toHex)
      .sort()
      .map((node) => fromHex(node))
    const [start] = headers
    invariant(start !== undefined, "there is a first header")
    const block = { ...first, hash: toHex(keccak256(start)) satisfies Hex }
    return { anchor: { l1Header: headerRlp(l1.fields, l1.rule), nodes, headers }, block }
  } finally {
    await ethereum.close()
  }
}

const EMPTY_UNCLES = fromHex("0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347", 32)
const SEQUENCER = fromHex("0xa4b000000000000000000073657175656e636572", 20)
/** Bits that are set in a bloom filter: three for each address and topic of some forty logs. */
const BLOOM_BITS = 300

function madeUpHeader(
  parent: Uint8Array,
  sendRoot: Uint8Array,
  number: number,
  timestamp: number,
): Uint8Array {
  const bytes = (value: number): Uint8Array => fromHex(`0x${value.toString(16).padStart(8, "0")}`, 4)
  const bloom = new Uint8Array(256)
  const places = randomBytes(2 * BLOOM_BITS)
  for (let i = 0; i < BLOOM_BITS; i++) {
    const place = places.readUInt16BE(2 * i) % 2048
    bloom[place >> 3] = (bloom[place >> 3] ?? 0) | (1 << (place & 7))
  }
  return RLP.encode([
    ...[parent, EMPTY_UNCLES, SEQUENCER, randomBytes(32), randomBytes(32), randomBytes(32), bloom],
    ...[Uint8Array.of(1), bytes(number), fromHex("0x04000000000000"), randomBytes(3), bytes(timestamp)],
    ...[sendRoot, new Uint8Array(32), randomBytes(8), fromHex("0x01312d00")],
  ])
}
