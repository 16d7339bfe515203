/** Collects the anchor of a snapshot: a confirmed block from Ethereum, its proof, and the headers up to it. */
import { id } from "ethers"
import {
  MOST_HEADERS,
  rootSlot,
  verifyAnchor,
  type Anchor,
  type AnchorReport,
} from "../../core/evidence/anchor.ts"
import { headerRlp, verifyHeader, type VerifiedHeader } from "../../core/ethereum/block-header.ts"
import { chainText, findChain, type OutboxPlace } from "../../core/ethereum/chains.ts"
import { toHex, type Hex } from "../../core/primitives/bytes.ts"
import { AirdropError, invariant } from "../../core/primitives/error.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { Snapshot } from "../../core/snapshot/snapshot.ts"
import type { RpcClient } from "../../io/rpc/client.ts"
import { findBlock, readBlock } from "../../io/rpc/find-block.ts"
import { NO_JOURNAL, type Journal } from "../../io/rpc/journal.ts"
import { pinTo } from "../../io/rpc/pinned-reader.ts"
import { readLogs } from "../../io/rpc/read-logs.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import { askInPieces } from "../../io/rpc/split-requests.ts"
import { openProofStore } from "./proof-store.ts"

export interface AnchorSources {
  readonly l1: RpcClient
  readonly l2: RpcClient
  /** Keeps the headers of an unfinished run. */
  readonly journal: Journal
  readonly onProgress?: (done: number, total: number) => void
}

export interface CapturedAnchor {
  readonly anchor: Anchor
  readonly report: AnchorReport
}

/** The Outbox's event for each confirmed assertion: send root and block hash. */
const SEND_ROOT_UPDATED = id("SendRootUpdated(bytes32,bytes32)")
/** Blocks of Ethereum that are searched at a time: a week. */
const WINDOW = 50_400
/** Headers in one request. */
const HEADERS_AT_ONCE = 200
/** An assertion is made hourly, and confirmed about 6.4 days later. Seconds. */
const CONFIRMED_AFTER = 3_600 + 552_960

/**
 * Returns the Outbox of a chain.
 * @throws AirdropError if the chain has none
 */
export function requireOutbox(chainId: number): OutboxPlace {
  const place = findChain(chainId)?.anchor
  if (place !== undefined) return place
  throw new AirdropError(
    `chain ${chainText(chainId)} has no anchor: it is no Arbitrum chain that is known here`,
    {
      code: "refused",
      hint: "Compare the snapshot's block hash with a block explorer of the chain.",
    },
  )
}

/**
 * Collects and verifies the anchor of a snapshot.
 * @throws AirdropError `not-ready` that says when, if Ethereum has not confirmed a block at or after the snapshot's
 */
export async function captureAnchor(
  { chainId, block }: Snapshot,
  { l1, l2, journal, onProgress = () => undefined }: AnchorSources,
): Promise<CapturedAnchor> {
  const place = requireOutbox(chainId)
  const start = await findBlock(l2, { block: block.number }, { chainId, allowUnfinalized: true })
  if (start.hash !== block.hash) {
    throw new AirdropError(
      `the snapshot's block ${block.number} is ${block.hash}, at ${l2.host} it is ${start.hash}`,
      {
        code: "mismatch",
      },
    )
  }
  const final = await readBlock(l1, "finalized")
  const last = await findConfirmed(l1, l2, place, start, final)
  if (last === undefined) throw notConfirmed(block)
  const between = last.number - start.number
  if (between > MOST_HEADERS) {
    throw new AirdropError(
      `${between} headers lie between the snapshot's block and ${last.number}, the next that Ethereum confirms; the most is ${MOST_HEADERS}`,
      { code: "refused" },
    )
  }
  const proof = await readOutbox(l1, final, place, last)
  const rest = await readHeaders(l2, journal, start, last, onProgress)
  const anchor: Anchor = {
    l1Header: headerRlp(final.fields, final.rule),
    nodes: proof,
    headers: [headerRlp(start.fields, start.rule), ...rest],
  }
  return { anchor, report: verifyAnchor(anchor, block, place) }
}

/** Finds the first block at or after the snapshot's that the Outbox names at the final block of Ethereum. */
async function findConfirmed(
  l1: RpcClient,
  l2: RpcClient,
  { outbox }: OutboxPlace,
  start: VerifiedHeader,
  final: VerifiedHeader,
): Promise<VerifiedHeader | undefined> {
  const filter = { address: outbox, topics: [SEND_ROOT_UPDATED] }
  for (let from = firstL1Block(start, final); from <= final.number; from += WINDOW) {
    const hashes: string[] = []
    const to = Math.min(from + WINDOW - 1, final.number)
    await readLogs(l1, filter, { from, to }, (logs) => {
      for (const { topics } of logs) hashes.push(topics[2] ?? "")
    })
    const found = await firstAtOrAfter(l2, hashes, start.number)
    if (found !== undefined) return found
  }
  return undefined
}

/** Arbitrum's mixHash holds the block of Ethereum that was known when the block was made: in bytes 8 to 16. */
function firstL1Block({ fields }: VerifiedHeader, final: VerifiedHeader): number {
  const number = Number(`0x${(fields["mixHash"] ?? "").slice(18, 34)}`)
  return number <= final.number ? number : 0
}

/** Confirmed blocks ascend: a binary search asks for few of them. */
async function firstAtOrAfter(
  l2: RpcClient,
  hashes: readonly string[],
  number: number,
): Promise<VerifiedHeader | undefined> {
  let [low, high] = [0, hashes.length - 1]
  let found: VerifiedHeader | undefined
  // The newest first: if it is too old, all are.
  for (let at = high; low <= high; at = (low + high) >> 1) {
    const block = await blockOfHash(l2, hashes[at] ?? "")
    if (block.number >= number) {
      found = block
      high = at - 1
    } else low = at + 1
  }
  return found
}

async function blockOfHash(l2: RpcClient, hash: string): Promise<VerifiedHeader> {
  const block = await l2.call("eth_getBlockByHash", [hash, false])
  if (typeof block !== "object" || block === null) {
    throw new RpcError("bad-answer", l2.host, `no block ${hash}, which the Outbox on Ethereum names`)
  }
  return verifyHeader(block as Readonly<Record<string, unknown>>, hash)
}

function notConfirmed({ number, timestamp }: Snapshot["block"]): AirdropError {
  return new AirdropError(
    `Ethereum has not confirmed block ${number} yet: that is due about ${isoTime(timestamp + CONFIRMED_AFTER)}`,
    { code: "not-ready", hint: "Run ./airdrop anchor then. The snapshot is complete without it." },
  )
}

async function readOutbox(
  l1: RpcClient,
  final: VerifiedHeader,
  { outbox }: OutboxPlace,
  confirmed: VerifiedHeader,
): Promise<readonly Uint8Array[]> {
  const slot = rootSlot((confirmed.fields["extraData"] ?? "0x") as Hex)
  const store = openProofStore(pinTo(l1, final, NO_JOURNAL))
  await store.prove([{ address: outbox, slots: [slot] }])
  return [...store.nodes()].sort((one, other) => (toHex(one) < toHex(other) ? -1 : 1))
}

/** Reads the headers after `start` up to `last`, each checked against its hash. */
async function readHeaders(
  l2: RpcClient,
  journal: Journal,
  start: VerifiedHeader,
  last: VerifiedHeader,
  onProgress: (done: number, total: number) => void,
): Promise<readonly Uint8Array[]> {
  const numbers = Array.from({ length: last.number - start.number }, (_, i) => start.number + 1 + i)
  const ask = async (piece: readonly number[]): Promise<readonly Uint8Array[]> => {
    const key = `headers ${piece[0] ?? 0} ${piece.length}`
    const kept = await journal.get(key)
    const blocks = Array.isArray(kept) ? (kept as readonly unknown[]) : await fetchHeaders(l2, piece)
    const headers = blocks.map((block, i) => headerOf(l2, block, piece[i] ?? 0))
    if (kept === undefined)
      await journal.put(
        key,
        headers.map(({ fields, hash }) => ({ ...fields, hash })),
      )
    return headers.map(({ fields, rule }) => headerRlp(fields, rule))
  }
  return await askInPieces(numbers, ask, {
    size: HEADERS_AT_ONCE,
    what: "headers in a request",
    host: l2.host,
    onProgress,
  })
}

async function fetchHeaders(l2: RpcClient, numbers: readonly number[]): Promise<readonly unknown[]> {
  const answers = await l2.batch(
    numbers.map((number) => ({
      method: "eth_getBlockByNumber",
      params: [`0x${number.toString(16)}`, false],
    })),
  )
  return answers.map((answer) => {
    if (!answer.ok) throw answer.error
    return answer.result
  })
}

function headerOf(l2: RpcClient, block: unknown, number: number): VerifiedHeader {
  const fields = (typeof block === "object" && block !== null ? block : {}) as Readonly<
    Record<string, unknown>
  >
  if (typeof fields["hash"] !== "string") throw new RpcError("bad-answer", l2.host, `no block ${number}`)
  const header = verifyHeader(fields, fields["hash"])
  invariant(header.rule === "arbitrum", "a chain with an Outbox has Arbitrum's headers")
  return header
}
