import type { JsonRpcApiProvider, Log, TopicFilter } from "ethers"
import { AirdropError } from "../../core/primitives/error.ts"
import { isTooMuchByKind } from "./split-requests.ts"
import { nodeMessage } from "./node-message.ts"

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
/** After so many of the longest ranges that were given, twice as long is tried: only one stretch may be crowded. */
const STEADY = 50

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
  let longest = LONGEST_RANGE
  let steady = 0
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
      const isFinal = error instanceof AirdropError && !isTooMuchByKind(error)
      if (end === start || isFinal) {
        const blocks = end === start ? `block ${start}` : `blocks ${start} to ${end}`
        throw new AirdropError(`the node does not give the events of ${blocks}: ${nodeMessage(error)}`, {
          exit: 1,
          cause: error,
        })
      }
      // Every refusal may cost several attempts: what was too long once is not asked for again soon.
      longest = Math.max(1, Math.floor((end - start + 1) / 2))
      length = Math.max(1, Math.floor(longest / 2))
      steady = 0
      continue
    }
    await take(logs, end)
    start = end + 1
    if (length === longest && ++steady % STEADY === 0) longest = Math.min(LONGEST_RANGE, longest * 2)
    length = Math.min(longest, length * 2)
  }
}
