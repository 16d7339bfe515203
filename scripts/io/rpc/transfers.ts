/** Reads the transfers of a token from its Transfer events. */
import type { Address } from "../../core/primitives/address.ts"
import { addressOfWord, wordHex } from "../../core/primitives/words.ts"
import type { Transfer } from "../../core/ethereum/transfer.ts"
import type { RpcClient } from "./client.ts"
import type { Journal } from "./journal.ts"
import { readLogs, type BlockRange, type NodeLog } from "./read-logs.ts"
import { RpcError } from "./rpc-error.ts"

/** keccak256("Transfer(address,address,uint256)") */
const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"

export interface TransferSearch extends BlockRange {
  readonly token: Address
  /** Only transfers from these accounts; all transfers if undefined. */
  readonly senders?: readonly Address[]
}

/**
 * Reads the transfers within a range of blocks, in the chain's order. Transfers of zero are left out: any account
 * can make one from any address, because transferFrom needs no allowance for them.
 * @param onProgress receives the number of blocks done, and of all
 * @throws RpcError if the provider refuses the logs of a single block, or returns malformed ones
 */
export async function readTransfers(
  rpc: RpcClient,
  { token, senders, from, to }: TransferSearch,
  onProgress: (done: number, total: number) => void = () => undefined,
  journal?: Journal,
): Promise<readonly Transfer[]> {
  const transfers: Transfer[] = []
  const words = senders?.map((address) => wordHex(BigInt(address)))
  const filter = { address: token, topics: [TRANSFER, ...(words === undefined ? [] : [words])] }
  const take = (logs: readonly NodeLog[], upTo: number): void => {
    for (const log of logs) {
      const [, sender, receiver] = log.topics
      if (sender === undefined || receiver === undefined || log.data.length !== 66) {
        throw new RpcError("bad-answer", rpc.host, `a malformed transfer in ${log.transactionHash}`)
      }
      const amount = BigInt(log.data)
      if (amount === 0n) continue
      transfers.push({
        from: addressOfTopic(rpc, sender),
        to: addressOfTopic(rpc, receiver),
        amount,
        order: transfers.length,
        block: log.blockNumber,
        transaction: log.transactionHash,
      })
    }
    onProgress(upTo - from + 1, to - from + 1)
  }
  await readLogs(rpc, filter, { from, to }, take, journal)
  return transfers
}

function addressOfTopic(rpc: RpcClient, topic: string): Address {
  const address = addressOfWord(BigInt(topic))
  if (address === undefined) throw new RpcError("bad-answer", rpc.host, `${topic} is not an address`)
  return address
}

/** The base units that an account received, with the number of transfers and the block of the first. */
export interface Received {
  readonly amount: bigint
  readonly transfers: number
  readonly firstBlock: number
}

/** Adds up transfers by receiver, in the chain's order. */
export function receivedOf(transfers: readonly Transfer[]): ReadonlyMap<Address, Received> {
  const received = new Map<Address, Received>()
  for (const { to, amount, block } of transfers) {
    const before = received.get(to)
    received.set(to, {
      amount: (before?.amount ?? 0n) + amount,
      transfers: (before?.transfers ?? 0) + 1,
      firstBlock: before?.firstBlock ?? block,
    })
  }
  return received
}
