import type { Transfer } from "../ethereum/transfer.ts"
import type { Address } from "../primitives/address.ts"

/** Transfers by sender, each sender's in the chain's order. */
export interface TransferGraph {
  /** Returns the transfers from one address, by receiver. */
  readonly from: (address: Address) => ReadonlyMap<Address, readonly Transfer[]>
  /** Returns the number of different addresses that sent to it. */
  readonly senders: (address: Address) => number
  /** Returns the number of different addresses that it sent to. */
  readonly receivers: (address: Address) => number
}

/**
 * Builds the graph.
 * @param transfers in the chain's order
 */
export function transferGraph(transfers: Iterable<Transfer>): TransferGraph {
  const sent = new Map<Address, Map<Address, Transfer[]>>()
  const senders = new Map<Address, Set<Address>>()
  for (const transfer of transfers) {
    const { from, to, amount } = transfer
    if (amount === 0n || from === to) continue
    const receivers = sent.get(from) ?? new Map<Address, Transfer[]>()
    sent.set(from, receivers)
    const list = receivers.get(to)
    if (list === undefined) receivers.set(to, [transfer])
    else list.push(transfer)
    const those = senders.get(to) ?? new Set<Address>()
    senders.set(to, those.add(from))
  }
  return {
    from: (address) => sent.get(address) ?? new Map<Address, readonly Transfer[]>(),
    senders: (address) => senders.get(address)?.size ?? 0,
    receivers: (address) => sent.get(address)?.size ?? 0,
  }
}

/**
 * Returns the transfers along a path of addresses, each after the one before, that carry the most. The carried
 * amount is the smallest of them. Returns undefined if no such order exists.
 */
export function strongestChain(
  graph: TransferGraph,
  path: readonly Address[],
): readonly Transfer[] | undefined {
  const hops = path.slice(1).map((to, i) => graph.from(path[i] ?? to).get(to) ?? [])
  const amounts = new Set(hops.flat().map(({ amount }) => amount))
  for (const least of [...amounts].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))) {
    const chain = chainOf(hops, least)
    if (chain !== undefined) return chain
  }
  return undefined
}

/** Returns the earliest transfers of at least `least` each, one a hop. */
function chainOf(hops: readonly (readonly Transfer[])[], least: bigint): readonly Transfer[] | undefined {
  const chain: Transfer[] = []
  let after = -1
  for (const transfers of hops) {
    const next = transfers.find(({ order, amount }) => order > after && amount >= least)
    if (next === undefined) return undefined
    chain.push(next)
    after = next.order
  }
  return chain
}
