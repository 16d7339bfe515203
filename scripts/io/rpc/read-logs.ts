/**
 * Reads logs in ranges that grow while the provider answers and shrink when it refuses, because every provider has
 * another limit.
 */
import { AirdropError } from "../../core/primitives/error.ts"
import { quote } from "../../core/primitives/text.ts"
import type { RpcClient } from "./client.ts"
import { NO_JOURNAL, type Journal } from "./journal.ts"
import { quantity } from "./quantity.ts"
import { createRangeLength } from "./range-length.ts"
import { RpcError } from "./rpc-error.ts"
import { askSmallest } from "./split-requests.ts"

/** A filter of logs, as in eth_getLogs, with no blocks. */
export interface LogFilter {
  readonly address: string
  /** One or several values for each position, null for any. */
  readonly topics?: readonly (string | readonly string[] | null)[]
}

export interface BlockRange {
  /** Both inclusive. */
  readonly from: number
  readonly to: number
}

export interface NodeLog {
  readonly topics: readonly string[]
  readonly data: string
  readonly blockNumber: number
  readonly transactionHash: string
  /** Its index among the logs of its block. */
  readonly index: number
}

/** The number of attempts if an answer contains logs that were not requested. */
const ATTEMPTS = 3

/**
 * Reads all logs of a range of blocks, one piece after the other.
 * @param take receives the logs of each piece in the chain's order, and the last block of the piece
 * @throws RpcError if the provider refuses the logs of a single block
 */
export async function readLogs(
  rpc: RpcClient,
  filter: LogFilter,
  { from, to }: BlockRange,
  take: (logs: readonly NodeLog[], upTo: number) => void | Promise<void>,
  journal: Journal = NO_JOURNAL,
): Promise<void> {
  const range = createRangeLength(rpc.host)
  for (let start = from; start <= to;) {
    const end = Math.min(to, start + range.length - 1)
    const begun = performance.now()
    let logs: readonly NodeLog[]
    try {
      logs = await askSmallest(end === start, async () => await readRange(rpc, filter, start, end, journal))
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
      if (!error.orLess || end === start) throw ofBlocks(error, start, end)
      range.refused(end - start + 1, error.message)
      continue
    }
    await take(logs, end)
    range.answered(end - start + 1, performance.now() - begun, to - end)
    start = end + 1
  }
}

function ofBlocks({ kind, host, message, orLess, cause }: RpcError, start: number, end: number): RpcError {
  const words = message.replace(`${host}: `, "")
  const blocks = end === start ? `block ${start}` : `blocks ${start} to ${end}`
  return new RpcError(kind, host, `no logs of ${blocks}: ${words}`, { cause, orLess })
}

async function readRange(
  rpc: RpcClient,
  filter: LogFilter,
  start: number,
  end: number,
  journal: Journal,
): Promise<readonly NodeLog[]> {
  const hex = (block: number): string => `0x${block.toString(16)}`
  const question = { ...filter, fromBlock: hex(start), toBlock: hex(end) }
  const key = `${rpc.host} eth_getLogs ${JSON.stringify(question)}`
  const known = await journal.get(key)
  if (known !== undefined) {
    const logs = logsOf(known, filter, start, end)
    if (logs !== undefined) return logs
  }
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const answer = await rpc.call("eth_getLogs", [question])
    const logs = logsOf(answer, filter, start, end)
    if (logs === undefined) continue
    await journal.put(key, answer)
    return logs
  }
  throw new RpcError("bad-answer", rpc.host, `other logs than were asked for, in blocks ${start} to ${end}`)
}

/** Returns the logs in the chain's order; undefined if any is malformed or was not requested. */
function logsOf(
  answer: unknown,
  { address, topics = [] }: LogFilter,
  start: number,
  end: number,
): readonly NodeLog[] | undefined {
  if (!Array.isArray(answer)) return undefined
  const logs: NodeLog[] = []
  for (const entry of answer as readonly unknown[]) {
    const log = logOf(entry, address)
    if (log === undefined || log.blockNumber < start || log.blockNumber > end) return undefined
    const fits = topics.every((wanted, i) => {
      const found = log.topics[i]
      return (
        wanted === null || (found !== undefined && [wanted].flat().some((one) => one.toLowerCase() === found))
      )
    })
    if (!fits) return undefined
    logs.push(log)
  }
  return logs.sort((a, b) => a.blockNumber - b.blockNumber || a.index - b.index)
}

function logOf(entry: unknown, wanted: string): NodeLog | undefined {
  if (typeof entry !== "object" || entry === null) return undefined
  const { address, topics, data, blockNumber, transactionHash, logIndex, removed } = entry as Record<
    string,
    unknown
  >
  const block = quantity(blockNumber)
  const index = quantity(logIndex)
  if (block === undefined || index === undefined || removed === true) return undefined
  if (typeof address !== "string" || address.toLowerCase() !== wanted.toLowerCase()) return undefined
  if (!isHex(data) || !isWord(transactionHash)) return undefined
  if (!Array.isArray(topics) || topics.length > 4 || !topics.every(isWord)) return undefined
  return {
    topics: topics.map((topic) => topic.toLowerCase()),
    data: data.toLowerCase(),
    blockNumber: block,
    transactionHash: transactionHash.toLowerCase(),
    index,
  }
}

function isHex(value: unknown): value is string {
  return typeof value === "string" && /^0x([0-9a-f]{2})*$/i.test(value)
}

function isWord(value: unknown): value is string {
  return isHex(value) && value.length === 66
}

/**
 * Reads "A..B" as two block numbers, both inclusive.
 * @throws AirdropError if it is something else
 */
export function parseBlockRange(text: string): BlockRange {
  const [, first, last] = /^(0|[1-9]\d{0,14})\.\.(0|[1-9]\d{0,14})$/.exec(text) ?? []
  if (first === undefined || last === undefined || Number(first) > Number(last)) {
    throw new AirdropError(`--blocks ${quote(text)} is not a range such as 338000000..341000000`, {
      code: "usage",
    })
  }
  return { from: Number(first), to: Number(last) }
}
