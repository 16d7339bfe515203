import type { JsonRpcApiProvider, Log, TopicFilter } from "ethers"
import { AirdropError } from "../core/error.ts"
import { nodeMessage } from "./revert.ts"

/** What logs are wanted: as eth_getLogs has it, without the blocks. */
export interface LogFilter {
  readonly address: string
  readonly topics?: TopicFilter
}

export interface BlockRange {
  /** Both inclusive. */
  readonly from: number
  readonly to: number
}

const FIRST_RANGE = 10_000
const LONGEST_RANGE = 10_000_000

/**
 * Reads logs in ranges that grow while the provider gives them and shrink when it does not: no two have the same
 * limits, and none says which.
 * @param take is given each range's logs in the chain's order, and the block up to which they reach
 * @throws AirdropError (exit 1) if not even a single block's logs can be had
 */
export async function readLogs(
  provider: JsonRpcApiProvider,
  { address, topics }: LogFilter,
  { from, to }: BlockRange,
  take: (logs: readonly Log[], upTo: number) => Promise<void>,
): Promise<void> {
  let length = FIRST_RANGE
  for (let start = from; start <= to;) {
    const end = Math.min(to, start + length - 1)
    let logs: readonly Log[]
    try {
      logs = await provider.getLogs({
        address,
        fromBlock: start,
        toBlock: end,
        ...(topics === undefined ? {} : { topics }),
      })
    } catch (error) {
      if (end === start || error instanceof AirdropError) {
        throw new AirdropError(`the node does not give the events of block ${start}: ${nodeMessage(error)}`, {
          exit: 1,
          cause: error,
        })
      }
      length = Math.max(1, Math.floor((end - start + 1) / 4))
      continue
    }
    await take(logs, end)
    start = end + 1
    length = Math.min(LONGEST_RANGE, length * 2)
  }
}
