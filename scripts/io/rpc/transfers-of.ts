/** Finds who was sent a token by given addresses, from its Transfer events, in ranges as long as the provider takes. */
import { z } from "zod"
import type { Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { addressInWord, wordHex } from "../../core/primitives/words.ts"
import { isTooMuchByKind } from "./split-requests.ts"
import type { Journal } from "./journal.ts"
import { RpcError } from "./rpc-error.ts"
import type { RpcClient } from "./client.ts"

/** keccak256("Transfer(address,address,uint256)") */
const TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"
/** Blocks in the first request: what most providers allow. It grows while they answer, and halves when they do not. */
const FIRST_RANGE = 10_000
const LARGEST_RANGE = 10_000_000

export interface TransferSearch {
  readonly token: Address
  readonly from: readonly Address[]
  /** Both inclusive. */
  readonly firstBlock: number
  readonly lastBlock: number
}

/** What an address was sent, in base units, in how many transfers, and in which block first. */
export interface Received {
  readonly amount: bigint
  readonly transfers: number
  readonly firstBlock: number
}

const word = z.string().regex(/^0x[0-9a-fA-F]{64}$/)
const logSchema = z.array(
  z.object({
    address: z.string(),
    topics: z.array(word).length(3),
    data: word,
    blockNumber: z.string(),
    removed: z.boolean().optional(),
  }),
)
type Logs = z.output<typeof logSchema>

/**
 * Reads all transfers in the range. Those of nothing are left out: anybody can make one from any address, for
 * transferFrom asks for no allowance then.
 * @throws RpcError if the provider cannot answer even for one block, or answers what was not asked for
 */
export async function readTransfers(
  rpc: RpcClient,
  search: TransferSearch,
  journal: Journal,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ReadonlyMap<Address, Received>> {
  const received = new Map<Address, Received>()
  const { firstBlock, lastBlock } = search
  let range = FIRST_RANGE
  let ceiling = LARGEST_RANGE
  for (let start = firstBlock; start <= lastBlock;) {
    const end = Math.min(lastBlock, start + range - 1)
    let logs: Logs
    try {
      logs = await readRange(rpc, search, start, end, journal)
    } catch (error) {
      if (start === end || !mayBeTooMuch(error)) throw error
      ceiling = Math.max(1, Math.floor((end - start + 1) / 2))
      range = ceiling
      continue
    }
    for (const log of logs) add(received, log)
    onProgress(end - firstBlock + 1, lastBlock - firstBlock + 1)
    start = end + 1
    range = Math.min(ceiling, range * 2)
  }
  return received
}

async function readRange(
  rpc: RpcClient,
  { token, from }: TransferSearch,
  start: number,
  end: number,
  journal: Journal,
): Promise<Logs> {
  const senders = from.map((address) => wordHex(BigInt(address)))
  const filter = {
    address: token,
    topics: [TRANSFER, senders],
    fromBlock: `0x${start.toString(16)}`,
    toBlock: `0x${end.toString(16)}`,
  }
  const key = `${rpc.host} eth_getLogs ${JSON.stringify(filter)}`
  const result = (await journal.get(key)) ?? (await rpc.call("eth_getLogs", [filter]))
  const logs = logSchema.safeParse(result)
  const right =
    logs.success &&
    logs.data.every(
      ({ address, topics, blockNumber, removed }) =>
        address.toLowerCase() === token &&
        topics[0] === TRANSFER &&
        senders.includes((topics[1] ?? "").toLowerCase() as (typeof senders)[number]) &&
        Number(blockNumber) >= start &&
        Number(blockNumber) <= end &&
        removed !== true,
    )
  if (!right)
    throw new RpcError(
      "unreachable",
      rpc.host,
      `other logs than were asked for, in blocks ${start} to ${end}`,
    )
  await journal.put(key, result)
  return logs.data
}

/** Providers refuse long ranges in many words, some of them with nothing but a code. */
function mayBeTooMuch(error: unknown): boolean {
  return isTooMuchByKind(error) || (error instanceof RpcError && error.kind === "rejected")
}

function add(received: Map<Address, Received>, { topics, data, blockNumber }: Logs[number]): void {
  const amount = BigInt(data)
  if (amount === 0n) return
  const to: Address = addressInWord(BigInt(topics[2] ?? 0))
  const before = received.get(to)
  received.set(to, {
    amount: (before?.amount ?? 0n) + amount,
    transfers: (before?.transfers ?? 0) + 1,
    firstBlock: before?.firstBlock ?? Number(blockNumber),
  })
}

/**
 * Reads "A..B" as two block numbers, both inclusive.
 * @throws AirdropError if it is not that
 */
export function parseBlockRange(text: string): { readonly firstBlock: number; readonly lastBlock: number } {
  const [, first, last] = /^(0|[1-9]\d{0,14})\.\.(0|[1-9]\d{0,14})$/.exec(text) ?? []
  if (first === undefined || last === undefined || Number(first) > Number(last)) {
    throw new AirdropError(`--blocks ${JSON.stringify(text)} is not a range such as 338000000..341000000`)
  }
  return { firstBlock: Number(first), lastBlock: Number(last) }
}
