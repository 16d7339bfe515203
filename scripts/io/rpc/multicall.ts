/**
 * Makes many contract calls in one request through Multicall3, and checks that the answers are of the right block.
 */
import { isoTime } from "../../core/primitives/time.ts"
import { Interface } from "ethers"
import type { Address } from "../../core/primitives/address.ts"
import type { PinnedReader } from "./pinned-reader.ts"
import { RpcError } from "./rpc-error.ts"

/** Multicall3, at the same address on every chain of the table. */
export const MULTICALL3: Address = "0xca11bde05977b3631167028862be2a173976ca11"

export interface ContractCall {
  readonly to: Address
  readonly data: string
  /** False if the whole request fails with this call. */
  readonly mayFail: boolean
}

export interface ContractAnswer {
  readonly success: boolean
  /** The returned data as 0x-hex. */
  readonly data: string
}

const MULTICALL = new Interface([
  "function aggregate3((address target, bool allowFailure, bytes callData)[] calls) payable returns ((bool success, bytes returnData)[] results)",
  "function getBlockNumber() view returns (uint256)",
  "function getCurrentBlockTimestamp() view returns (uint256)",
])
/** On Arbitrum a contract sees an estimate of L1's block number. This precompile returns Arbitrum's own. */
const ARB_SYS: Address = "0x0000000000000000000000000000000000000064"
const ARB_BLOCK_NUMBER = new Interface([
  "function arbBlockNumber() view returns (uint256)",
]).encodeFunctionData("arbBlockNumber")

/** Calls that return the block of the answers. They come before all others. */
export const GUARDS: readonly ContractCall[] = [
  { to: MULTICALL3, data: MULTICALL.encodeFunctionData("getCurrentBlockTimestamp"), mayFail: false },
  { to: MULTICALL3, data: MULTICALL.encodeFunctionData("getBlockNumber"), mayFail: false },
  { to: ARB_SYS, data: ARB_BLOCK_NUMBER, mayFail: true },
]

/**
 * Makes the calls in one eth_call and reads their answers.
 * @param read throws for answers that cannot be right, which are then requested again
 * @throws RpcError of kind `less` if the provider's gas did not suffice, or a required call has failed
 */
export async function multicall<T>(
  reader: PinnedReader,
  calls: readonly ContractCall[],
  read: (answers: readonly ContractAnswer[]) => T,
): Promise<T> {
  const all = [...GUARDS, ...calls].map(({ to, data, mayFail }) => [to, mayFail, data])
  const data = MULTICALL.encodeFunctionData("aggregate3", [all])
  try {
    return await reader.ask("eth_call", [{ to: MULTICALL3, data }], (answer) => {
      return read(readGuards(reader, decode(reader, answer, all.length)))
    })
  } catch (error) {
    // If an inner call runs out of gas, the whole request shows as a revert.
    if (error instanceof RpcError && error.kind === "reverted") {
      throw new RpcError("less", reader.host, error.message.replace(`${reader.host}: `, ""), { cause: error })
    }
    throw error
  }
}

function decode({ host }: PinnedReader, answer: unknown, count: number): readonly ContractAnswer[] {
  if (answer === "0x") throw new RpcError("bad-answer", host, "no Multicall3 at this block")
  const results = typeof answer === "string" ? decodeResults(answer) : undefined
  if (results === undefined) {
    throw new RpcError("bad-answer", host, "the answer of Multicall3 cannot be decoded")
  }
  if (results.length !== count) {
    throw new RpcError("bad-answer", host, `${results.length} answers to ${count} calls`)
  }
  return results
}

/**
 * Decodes (bool success, bytes returnData)[]. A general decoder copies the rest of the answer for each element,
 * which takes seconds for thousands of elements.
 */
function decodeResults(answer: string): readonly ContractAnswer[] | undefined {
  const word = (at: number): number => {
    const digits = answer.slice(2 + 2 * at, 66 + 2 * at)
    return /^[0-9a-f]{64}$/i.test(digits) ? Number(`0x${digits}`) : NaN
  }
  const array = word(0)
  const length = word(array)
  if (!(length <= answer.length / 64)) return undefined
  const results: ContractAnswer[] = []
  for (let i = 0; i < length; i++) {
    const tuple = array + 32 + word(array + 32 + 32 * i)
    const bytes = tuple + word(tuple + 32)
    const start = 2 + 2 * (bytes + 32)
    const data = answer.slice(start, start + 2 * word(bytes))
    if (Number.isNaN(bytes) || data.length !== 2 * word(bytes) || word(tuple) > 1) return undefined
    results.push({ success: word(tuple) === 1, data: `0x${data.toLowerCase()}` })
  }
  return results
}

/** Returns the answers after those of the guards. @throws RpcError if they are of another block */
export function readGuards(
  reader: PinnedReader,
  [time, number, arbNumber, ...answers]: readonly ContractAnswer[],
): readonly ContractAnswer[] {
  checkBlock(reader, { time, number, arbNumber })
  return answers
}

/** Throws if the provider answers from another block, as one behind a load balancer may. */
function checkBlock(
  { host, block }: PinnedReader,
  seen: Readonly<Record<"time" | "number" | "arbNumber", ContractAnswer | undefined>>,
): void {
  const onArbitrum = seen.arbNumber?.success === true && seen.arbNumber.data.length === 66
  const number = Number((onArbitrum ? seen.arbNumber : seen.number)?.data)
  const time = Number(seen.time?.data)
  if (number === block.number && time === block.timestamp) return
  throw new RpcError(
    "bad-answer",
    host,
    `it answered from block ${number} of ${isoTime(time)} when asked about block ${block.number} (${block.hash})`,
  )
}
