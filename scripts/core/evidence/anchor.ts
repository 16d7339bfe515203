/**
 * Ties a snapshot on Arbitrum to one block of Ethereum. The Outbox, Arbitrum's contract on Ethereum, keeps for ever the
 * block hash of each confirmed assertion under its send root. A header of Ethereum and a proof of that word name a block
 * of Arbitrum; headers that link by their parents' hashes lead from there back to the snapshot's block. The hash of the
 * Ethereum block is all that is taken on trust.
 */
import type { OutboxPlace } from "../ethereum/chains.ts"
import { HEADER_FIELDS, readHeader, type RlpHeader } from "../ethereum/header-rlp.ts"
import { openProvenState } from "../ethereum/proven-state.ts"
import { concatBytes, fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { AirdropError } from "../primitives/error.ts"
import { keccak256 } from "../primitives/keccak.ts"
import { wordHex } from "../primitives/words.ts"
import type { Snapshot } from "../snapshot/snapshot.ts"

export interface Anchor {
  /** The header of an Ethereum block, as RLP. */
  readonly l1Header: Uint8Array
  /** Nodes of Ethereum's state trie and of the Outbox's storage trie, in the order of their bytes. */
  readonly nodes: readonly Uint8Array[]
  /** The headers from the snapshot's block to the confirmed one, both included, as RLP. */
  readonly headers: readonly Uint8Array[]
}

export interface AnchorReport {
  /** The Ethereum block. Its hash is taken on trust: compare it with an explorer. */
  readonly l1: Pick<RlpHeader, "hash" | "number" | "timestamp">
  /** The block of Arbitrum that the Outbox names. */
  readonly l2: Pick<RlpHeader, "hash" | "number">
  /** The number of headers from the snapshot's block to the confirmed one, both included. */
  readonly headers: number
}

/** The most headers between the snapshot's block and the confirmed one: an hour of four blocks a second. */
export const MOST_HEADERS = 14_400

/** The storage slot of the Outbox's mapping `roots`. */
const ROOTS_SLOT = 3n

/** Returns the slot of the Outbox that holds the block hash of a send root. */
export function rootSlot(sendRoot: Hex): bigint {
  return BigInt(toHex(keccak256(concatBytes([fromHex(sendRoot, 32), fromHex(wordHex(ROOTS_SLOT), 32)]))))
}

/**
 * Verifies an anchor, offline.
 * @param block of the snapshot
 * @throws AirdropError `mismatch` that names the link which does not hold
 */
export function verifyAnchor(
  { l1Header, nodes, headers }: Anchor,
  block: Snapshot["block"],
  { outbox }: OutboxPlace,
): AnchorReport {
  const l1 = readHeader(l1Header, "the Ethereum header")
  const confirmed = followHeaders(headers, block)
  if (confirmed.extraData.length !== 66) {
    throw fault(`block ${confirmed.number} has no send root: its extraData is ${confirmed.extraData}`)
  }
  requireOrder(nodes)
  const state = openProvenState(l1.stateRoot, nodes)
  const named = wordHex(state.storage(outbox, rootSlot(confirmed.extraData)))
  if (BigInt(named) === 0n) {
    throw fault(
      `the Outbox names no block for the send root of block ${confirmed.number}: it is not confirmed`,
    )
  }
  if (named !== confirmed.hash) {
    throw fault(`the Outbox names block ${named}, the headers lead to ${confirmed.hash}`)
  }
  const spare = state.unused()
  if (spare > 0) throw fault(`${spare} trie nodes prove nothing of the Outbox`)
  return {
    l1: { hash: l1.hash, number: l1.number, timestamp: l1.timestamp },
    l2: { hash: confirmed.hash, number: confirmed.number },
    headers: headers.length,
  }
}

/** Follows the headers from the snapshot's block, each of which names the one before. Returns the last one. */
function followHeaders([first, ...rest]: readonly Uint8Array[], block: Snapshot["block"]): RlpHeader {
  if (first === undefined) throw fault("there is no header of the snapshot's block")
  if (rest.length > MOST_HEADERS) {
    throw fault(`there are ${rest.length} headers after the snapshot's block, the most is ${MOST_HEADERS}`)
  }
  const start = readArbitrum(first, `header 0 (block ${block.number})`)
  for (const [what, found, wanted] of [
    ["hash", start.hash, block.hash],
    ["number", start.number, block.number],
    ["timestamp", start.timestamp, block.timestamp],
  ] as const) {
    if (found !== wanted)
      throw fault(`the snapshot's block has the ${what} ${wanted}, its header has ${found}`)
  }
  let last = start
  for (const [i, header] of rest.entries()) {
    const what = `header ${i + 1} (block ${block.number + i + 1})`
    const next = readArbitrum(header, what)
    if (next.parentHash !== last.hash)
      throw fault(`${what}: does not name the header before it as its parent`)
    if (next.number !== last.number + 1) throw fault(`${what}: is of block ${next.number}`)
    last = next
  }
  return last
}

function readArbitrum(rlp: Uint8Array, what: string): RlpHeader {
  const header = readHeader(rlp, what)
  if (header.fieldCount !== HEADER_FIELDS) {
    throw fault(`${what}: has ${header.fieldCount} fields, a header of Arbitrum ${HEADER_FIELDS}`)
  }
  return header
}

function requireOrder(nodes: readonly Uint8Array[]): void {
  const texts = nodes.map(toHex)
  const i = texts.findIndex((text, at) => at > 0 && text <= (texts[at - 1] ?? ""))
  if (i >= 0) throw fault(`trie nodes ${i - 1} and ${i} are swapped, or the same`)
}

function fault(message: string): AirdropError {
  return new AirdropError(message, { code: "mismatch" })
}
