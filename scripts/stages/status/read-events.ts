/** Reads a contract's events in ranges as long as the provider takes, with what has to be known of their blocks. */
import pLimit from "p-limit"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { claimRouteOf, type SentTransaction } from "../../core/claim/claim-route.ts"
import { invariant } from "../../core/primitives/error.ts"
import type { LoggedEvent } from "../../core/status/history.ts"
import { insist } from "../../io/rpc/insist.ts"
import type { NodeProvider } from "../../io/rpc/provider.ts"
import { readLogs, type BlockRange, type NodeLog } from "../../io/rpc/read-logs.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"

const PARALLEL = 20
/**
 * Reads all events of the contract within the range, in the chain's order.
 * @param keep is given each complete piece, with the block up to which it reaches
 * @throws AirdropError if the events of even a single block cannot be read
 */
export async function readEvents(
  airdrop: MerkleAirdrop,
  address: Address,
  provider: NodeProvider,
  range: BlockRange,
  keep: (events: readonly LoggedEvent[], upTo: number) => Promise<void>,
): Promise<void> {
  await readLogs(provider.rpc, { address }, range, async (logs, upTo) => {
    await keep(await describe(airdrop, address, provider, logs), upTo)
  })
}

async function describe(
  airdrop: MerkleAirdrop,
  address: Address,
  provider: NodeProvider,
  logs: readonly NodeLog[],
): Promise<readonly LoggedEvent[]> {
  const times = await readEach(new Set(logs.map(({ blockNumber }) => blockNumber)), async (number) => {
    const block = await provider.getBlock(number)
    return block.timestamp
  })
  const parsed = logs.flatMap((log) => {
    const event = airdrop.interface.parseLog({ topics: log.topics, data: log.data })
    return event === null ? [] : [{ log, name: event.name, values: event.args.map(String) }]
  })
  const claims = parsed.filter(({ name }) => name === "Claimed" || name === "ReserveClaimed")
  const sent = await readEach(new Set(claims.map(({ log }) => log.transactionHash)), async (hash) => {
    return await readTransaction(provider, hash)
  })
  const redirected = new Set(
    parsed.flatMap(({ log, name, values }) =>
      name === "Redirected" ? [`${log.transactionHash} ${values[0] ?? ""}`] : [],
    ),
  )
  return parsed.map(({ log, name, values }) => {
    const time = times.get(log.blockNumber)
    invariant(time !== undefined, `the time of block ${log.blockNumber} was read`)
    const base = {
      name,
      values,
      block: log.blockNumber,
      time,
      transaction: log.transactionHash,
      log: log.index,
    }
    const transaction = sent.get(log.transactionHash)
    if (transaction === undefined || (name !== "Claimed" && name !== "ReserveClaimed")) return base
    const account = values[name === "Claimed" ? 1 : 0] ?? ""
    const path = claimRouteOf(address, transaction, {
      account: parseAddress(account),
      index: name === "Claimed" ? BigInt(values[0] ?? 0) : undefined,
      redirected: redirected.has(`${log.transactionHash} ${account}`),
    })
    return { ...base, path }
  })
}

/** Reads a transaction that has logged an event, so that `null` comes from a node that lags. */
async function readTransaction(provider: NodeProvider, hash: string): Promise<SentTransaction> {
  const transaction = await insist(async () => await provider.getTransaction(hash))
  if (transaction === null) {
    throw new RpcError("bad-answer", provider.rpc.host, `null for transaction ${hash}, which logged an event`)
  }
  const { from, to, data } = transaction
  return { from: parseAddress(from), to: to === null ? undefined : parseAddress(to), data }
}

/** Reads one thing for each key, a few at a time. */
async function readEach<Key, Value>(
  keys: ReadonlySet<Key>,
  read: (key: Key) => Promise<Value>,
): Promise<ReadonlyMap<Key, Value>> {
  const slots = pLimit(PARALLEL)
  const entries = [...keys].map(async (key) => [key, await slots(async () => await read(key))] as const)
  return new Map(await Promise.all(entries))
}
