/** Finds the block of a snapshot: by number, or the last one at or before a time. */
import { isoTime } from "../../core/primitives/time.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { verifyHeader, type VerifiedHeader } from "../../core/ethereum/block-header.ts"
import { findChain, FIRST_NITRO_BLOCK } from "../../core/ethereum/chains.ts"
import { RpcError } from "./rpc-error.ts"
import type { RpcClient } from "./client.ts"

/** The block to read, as a program or the user names it. */
export type BlockChoice = { readonly block: number } | { readonly time: Date }

export interface FindOptions {
  readonly chainId: number
  readonly allowUnfinalized?: boolean
}

/** Headers asked for in one request while searching by time: each round leaves a seventeenth. */
const PROBES = 16

/**
 * Finds the block and checks that its header leads to its hash.
 * @throws AirdropError if it is not there, not final (unless allowed), or older than Nitro on Arbitrum One
 */
export async function findBlock(
  rpc: RpcClient,
  choice: BlockChoice,
  { chainId, allowUnfinalized = false }: FindOptions,
): Promise<VerifiedHeader> {
  const latest = await requireBlock(rpc, "latest")
  const number =
    "block" in choice
      ? choice.block
      : await lastAtOrBefore(rpc, choice.time, latest, { chainId, allowUnfinalized })
  if (number > latest.number) {
    throw new AirdropError(
      `block ${number} does not exist yet: the latest at ${rpc.host} is ${latest.number}`,
    )
  }
  if (number < firstBlock(chainId, latest)) {
    throw new AirdropError(
      `block ${number} is older than Nitro, which began with block ${FIRST_NITRO_BLOCK}`,
      {
        hint: "The state of such blocks cannot be read by the same means: choose a later one.",
      },
    )
  }
  if (!allowUnfinalized) await requireFinal(rpc, number)
  return await requireBlock(rpc, `0x${number.toString(16)}`)
}

/** Asks once more which block has this number. @throws AirdropError (exit 1) if it is another one now */
export async function recheckBlock(rpc: RpcClient, block: VerifiedHeader): Promise<void> {
  const now = await blockAt(rpc, `0x${block.number.toString(16)}`)
  if (now?.hash === block.hash) return
  throw new AirdropError(
    `block ${block.number} was ${block.hash} when reading began and is ${now?.hash ?? "gone"} now`,
    {
      exit: 1,
      hint: "The chain was reorganised, or the provider's nodes disagree: take the snapshot again.",
    },
  )
}

async function requireFinal(rpc: RpcClient, number: number): Promise<void> {
  let final: VerifiedHeader | undefined
  try {
    final = await blockAt(rpc, "finalized")
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
  }
  if (final !== undefined && number <= final.number) return
  throw new AirdropError(
    final === undefined
      ? `${rpc.host} does not say which block is final`
      : `block ${number} is not final yet: the last that is at ${rpc.host} is ${final.number}`,
    { hint: "Wait until it is, or use --allow-unfinalized where a changing result does no harm." },
  )
}

/** The number of the last block at or before a time. Several may share that second. */
async function lastAtOrBefore(
  rpc: RpcClient,
  time: Date,
  latest: VerifiedHeader,
  { chainId, allowUnfinalized }: FindOptions,
): Promise<number> {
  const seconds = Math.floor(time.getTime() / 1000)
  if (latest.timestamp <= seconds) {
    if (allowUnfinalized === true) return latest.number
    throw new AirdropError(
      `the chain has not passed ${isoTime(time)}: a later block may still belong to it`,
      {
        hint: "Wait for the next block, or use --allow-unfinalized to take the latest.",
      },
    )
  }
  // `low` is at or before the time (or just below the first block), `high` is after it.
  let low = firstBlock(chainId, latest) - 1
  let high = latest.number
  const first = low
  while (high - low > 1) {
    const step = (high - low) / (PROBES + 1)
    const numbers = new Set(Array.from({ length: PROBES }, (_, i) => Math.floor(low + step * (i + 1))))
    const probes = [...numbers].filter((number) => number > low && number < high)
    const headers = await headersOf(rpc, probes.length === 0 ? [low + 1] : probes)
    for (const { number, timestamp } of headers) {
      if (timestamp <= seconds) low = Math.max(low, number)
      else high = Math.min(high, number)
    }
  }
  if (low === first) throw new AirdropError(`no block is as old as ${isoTime(time)}`)
  return low
}

/** The first block that can be read. A copy of Arbitrum One that begins anew has no blocks from before Nitro. */
function firstBlock(chainId: number, latest: VerifiedHeader): number {
  const first = findChain(chainId)?.firstBlock ?? 0
  return latest.number >= first ? first : 0
}

async function headersOf(
  rpc: RpcClient,
  numbers: readonly number[],
): Promise<readonly { readonly number: number; readonly timestamp: number }[]> {
  const calls = numbers.map((number) => ({
    method: "eth_getBlockByNumber",
    params: [`0x${number.toString(16)}`, false],
  }))
  const answers = await rpc.batch(calls)
  return answers.map((answer, i) => {
    if (!answer.ok) throw answer.error
    const { number, timestamp } = (answer.result ?? {}) as Record<string, unknown>
    if (Number(number) !== numbers[i] || typeof timestamp !== "string") {
      throw new RpcError("unreachable", rpc.host, `another answer than block ${numbers[i] ?? ""}`)
    }
    return { number: Number(number), timestamp: Number(timestamp) }
  })
}

async function requireBlock(rpc: RpcClient, tag: string): Promise<VerifiedHeader> {
  const block = await blockAt(rpc, tag)
  if (block !== undefined) return block
  throw new AirdropError(`${rpc.host} has no block ${tag.startsWith("0x") ? Number(tag) : tag}`)
}

async function blockAt(rpc: RpcClient, tag: string): Promise<VerifiedHeader | undefined> {
  const result = await rpc.call("eth_getBlockByNumber", [tag, false])
  if (result === null) return undefined
  const fields = result as Readonly<Record<string, unknown>>
  if (typeof fields["hash"] !== "string")
    throw new RpcError("unreachable", rpc.host, "a block without a hash")
  const header = verifyHeader(fields, fields["hash"])
  if (tag.startsWith("0x") && header.number !== Number(tag)) {
    throw new RpcError("unreachable", rpc.host, `block ${header.number} when asked for ${Number(tag)}`)
  }
  return header
}
