/** Reads a list from the calldata of the transactions that have recorded it, and proves it by its root. */
import pLimit from "p-limit"
import { LIST_RECORDER, recordedIn, RECORDER } from "../../core/contract/list-recorder.ts"
import { listOf, type LeafList, type ListRow } from "../../core/merkle/leaf-list.ts"
import type { Tranche } from "../../core/merkle/leaf.ts"
import { unpackEntries } from "../../core/merkle/packed-list.ts"
import { treeOfList, type MerkleTree } from "../../core/merkle/tree.ts"
import { parseAddress, toChecksum, type Address } from "../../core/primitives/address.ts"
import { fromHex, toHex, type Hex } from "../../core/primitives/bytes.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import { insist } from "../../io/rpc/insist.ts"
import type { NodeProvider } from "../../io/rpc/provider.ts"
import { readLogs, type BlockRange } from "../../io/rpc/read-logs.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"

/** One event of the recorder. */
export interface Recorded {
  readonly recorder: Address
  /** The index of the first entry. */
  readonly position: bigint
  /** keccak256 of the entries. */
  readonly hash: Hex
  readonly transaction: string
}

/** A list that its recorder's transactions hold whole. */
export interface RecordedList {
  readonly list: LeafList
  readonly tree: MerkleTree
  readonly recorder: Address
  readonly transactions: number
  /** Of packed entries. */
  readonly bytes: number
}

const PARALLEL = 10

/** Reads what was recorded for a root, in the chain's order. */
export async function readRecorded(
  { rpc }: NodeProvider,
  root: Hex,
  range: BlockRange,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<readonly Recorded[]> {
  const topic = RECORDER.getEvent("Recorded")?.topicHash ?? ""
  const found: Recorded[] = []
  await readLogs(rpc, { address: LIST_RECORDER, topics: [topic, root] }, range, (logs, upTo) => {
    for (const { topics, data, transactionHash } of logs) {
      const event = RECORDER.parseLog({ topics, data })
      if (event === null)
        throw new RpcError("bad-answer", rpc.host, "an event that is none of the recorder's")
      const [, recorder, position, hash] = event.args.toArray() as [Hex, string, bigint, Hex]
      found.push({ recorder: parseAddress(recorder), position, hash, transaction: transactionHash })
    }
    onProgress(upTo - range.from + 1, range.to - range.from + 1)
  })
  return found
}

export interface ListTerms {
  readonly root: Hex
  readonly tranche: Tranche
  /** Its number of entries, where the contract holds it. */
  readonly count: number | undefined
}

/**
 * Rebuilds a list from what each recorder has recorded for its root. The first whose entries make the root is taken, so
 * that a recorder with false ones does not matter.
 * @throws AirdropError `not-ready` if no account has recorded anything, `mismatch` with the fault of each recorder
 */
export async function rebuildList(
  provider: NodeProvider,
  terms: ListTerms,
  recorded: readonly Recorded[],
): Promise<RecordedList> {
  const recorders = [...new Set(recorded.map(({ recorder }) => recorder))]
  const faults: string[] = []
  for (const recorder of recorders) {
    const own = recorded.filter((one) => one.recorder === recorder)
    try {
      return { ...(await rebuildFrom(provider, terms, own)), recorder }
    } catch (error) {
      if (!(error instanceof AirdropError) || error instanceof RpcError) throw error
      faults.push(`${toChecksum(recorder)} has recorded no such list: ${error.message}`)
    }
  }
  if (faults.length === 0)
    throw new AirdropError(`no account has recorded the list of root ${terms.root} in these blocks`, {
      code: "not-ready",
      hint: "./airdrop record P records it. --from-block begins earlier.",
    })
  throw new AirdropError(faults.join("; "), { code: "mismatch" })
}

async function rebuildFrom(
  provider: NodeProvider,
  { root, tranche, count }: ListTerms,
  recorded: readonly Recorded[],
): Promise<Omit<RecordedList, "recorder">> {
  const slots = pLimit(PARALLEL)
  const newest = new Map(recorded.map((one) => [one.position, one]))
  const parts = new Map(
    await Promise.all(
      [...newest].map(async ([position, one]) => {
        const bytes = await slots(async () => await readEntries(provider, root, one))
        return [position, { bytes: bytes.length, rows: unpackEntries(bytes) }] as const
      }),
    ),
  )
  const rows: ListRow[] = []
  let bytes = 0
  let transactions = 0
  for (;;) {
    const part = parts.get(BigInt(rows.length))
    if (part === undefined) break
    for (const row of part.rows) rows.push(row)
    bytes += part.bytes
    transactions++
  }
  if (rows.length !== (count ?? rows.length))
    throw new AirdropError(`the entries from ${rows.length} on are missing, of ${count}`, {
      code: "mismatch",
    })
  const list = listOf(tranche, rows)
  const tree = treeOfList(list)
  const made = toHex(tree.root)
  if (made !== root) throw new AirdropError(`its entries make the root ${made}`, { code: "mismatch" })
  return { list, tree, transactions, bytes }
}

/** Reads the entries that an event announces from the input of its transaction. */
async function readEntries(
  provider: NodeProvider,
  root: Hex,
  { transaction, position, hash }: Recorded,
): Promise<Uint8Array> {
  const sent = await insist(async () => await provider.getTransaction(transaction))
  if (sent === null)
    throw new RpcError(
      "bad-answer",
      provider.rpc.host,
      `null for transaction ${transaction}, which logged an event`,
    )
  for (const entries of recordedIn(sent.data, root, position)) {
    const bytes = fromHex(entries)
    if (toHex(keccak256(bytes)) === hash) return bytes
  }
  throw new AirdropError(`transaction ${transaction} does not hold the entries from ${position} on`, {
    code: "mismatch",
  })
}
