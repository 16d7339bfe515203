/** Finds the block of a snapshot: by number, or the last one at or before a time. */
import { setTimeout as sleep } from "node:timers/promises"
import { verifyHeader, type VerifiedHeader } from "../../core/ethereum/block-header.ts"
import { findChain } from "../../core/ethereum/chains.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { RpcClient } from "./client.ts"
import { quantity } from "./quantity.ts"
import { RpcError } from "./rpc-error.ts"

/** The block to read, as a program or the user gives it. */
export type BlockChoice = { readonly block: number } | { readonly time: Date }

export interface FindOptions {
  readonly chainId: number
  readonly allowUnfinalized?: boolean
}

/** The number of headers in one request of the search by time. Each round leaves a seventeenth of the range. */
const PROBES = 16
/** The number of attempts on a node that lags or answers wrongly, and the first pause, in milliseconds. */
const ATTEMPTS = 4
const PAUSE = 150

/**
 * Finds the block and checks that its header hashes to its hash.
 * @throws AirdropError if the block does not exist yet, is not final (unless allowed), or has no readable state;
 * RpcError if the provider does not answer correctly
 */
export async function findBlock(
  rpc: RpcClient,
  choice: BlockChoice,
  { chainId, allowUnfinalized = false }: FindOptions,
): Promise<VerifiedHeader> {
  const wanted = "block" in choice ? choice.block : 0
  const latest = await until(
    async () => await readBlock(rpc, "latest"),
    ({ number }) => number >= wanted,
  )
  const first = firstBlock(chainId, latest)
  const number =
    "block" in choice
      ? choice.block
      : await lastAtOrBefore(rpc, choice.time, latest, { first, allowUnfinalized })
  if (number > latest.number) {
    throw new AirdropError(
      `block ${number} does not exist yet: the latest at ${rpc.host} is ${latest.number}`,
      { code: "invalid-value" },
    )
  }
  if (number < first) {
    throw new AirdropError(
      `block ${number} is older than block ${first}, the first whose state can be read on ${findChain(chainId)?.name ?? ""}`,
      { code: "invalid-value", hint: "Choose a later block." },
    )
  }
  if (!allowUnfinalized) await requireFinal(rpc, number)
  return await readBlock(rpc, hex(number))
}

/**
 * Reads the block of this number again, several times if it seems to be another.
 * @throws AirdropError `mismatch` if it is another one now
 */
export async function recheckBlock(rpc: RpcClient, block: VerifiedHeader): Promise<void> {
  const now = await until(
    async () => await readBlock(rpc, hex(block.number)),
    ({ hash }) => hash === block.hash,
  )
  if (now.hash === block.hash) return
  throw new AirdropError(
    `block ${block.number} was ${block.hash} when reading began and is ${now.hash} now, ${ATTEMPTS} times in a row`,
    {
      code: "mismatch",
      hint: "The chain was reorganised, or the provider's nodes disagree. Run the same command again.",
    },
  )
}

async function requireFinal(rpc: RpcClient, number: number): Promise<void> {
  let final: VerifiedHeader | undefined
  try {
    final = await until(
      async () => await blockAt(rpc, "finalized"),
      (block) => block === undefined || block.number >= number,
    )
  } catch (error) {
    // A node that does not know the tag refuses it as malformed. Any other refusal says nothing about finality.
    if (!(error instanceof RpcError) || error.kind !== "refused") throw error
  }
  if (final === undefined) {
    throw new RpcError(
      "no-method",
      rpc.host,
      'it does not say which block is final: it does not know "finalized"',
    )
  }
  if (number <= final.number) return
  throw new AirdropError(
    `block ${number} is not final yet: the last final block at ${rpc.host} is ${final.number}`,
    {
      code: "not-ready",
      hint: "Wait until it is final. For a trial, --allow-unfinalized takes it all the same.",
    },
  )
}

/** Returns the number of the last block at or before a time. Several may share that second. */
async function lastAtOrBefore(
  rpc: RpcClient,
  time: Date,
  latest: VerifiedHeader,
  { first, allowUnfinalized }: { readonly first: number; readonly allowUnfinalized: boolean },
): Promise<number> {
  const seconds = Math.floor(time.getTime() / 1000)
  if (latest.timestamp <= seconds) {
    if (allowUnfinalized) return latest.number
    throw new AirdropError(
      `the chain has not passed ${isoTime(time)}: a later block may still belong to it`,
      {
        code: "not-ready",
        hint: "Wait for the next block. For a trial, --allow-unfinalized takes the latest.",
      },
    )
  }
  // `low` is at or before the time (or just below the first block), `high` is after it.
  let low = first - 1
  let high = latest.number
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
  if (low === first - 1) {
    throw new AirdropError(`no block is as old as ${isoTime(time)}`, { code: "invalid-value" })
  }
  return low
}

/** Returns the first block that can be read. A copy of the chain that starts anew has none of the older blocks. */
function firstBlock(chainId: number, latest: VerifiedHeader): number {
  const first = findChain(chainId)?.firstBlock ?? 0
  return latest.number >= first ? first : 0
}

interface Moment {
  readonly number: number
  /** Seconds since 1970. */
  readonly timestamp: number
}

async function headersOf(rpc: RpcClient, numbers: readonly number[]): Promise<readonly Moment[]> {
  const calls = numbers.map((number) => ({ method: "eth_getBlockByNumber", params: [hex(number), false] }))
  return await again(async () => {
    const answers = await rpc.batch(calls)
    return answers.map((answer, i) => {
      if (!answer.ok) throw answer.error
      const fields = answer.result as Readonly<Record<string, unknown>> | null
      const [number, timestamp] = [quantity(fields?.["number"]), quantity(fields?.["timestamp"])]
      if (number === undefined || timestamp === undefined || number !== numbers[i]) {
        throw new RpcError("bad-answer", rpc.host, `another answer than block ${numbers[i] ?? ""}`)
      }
      return { number, timestamp }
    })
  })
}

/**
 * Reads the header of a block that exists.
 * @param tag a number as 0x-hex, or a word such as "finalized"
 * @throws RpcError if the provider does not have it
 */
export async function readBlock(rpc: RpcClient, tag: string): Promise<VerifiedHeader> {
  const block = await again(async () => await blockAt(rpc, tag))
  if (block !== undefined) return block
  const name = tag.startsWith("0x") ? `block ${Number(tag)}` : `the ${tag} block`
  throw new RpcError("bad-answer", rpc.host, `null for ${name}, which exists`)
}

/** Returns a block, or undefined if the node keeps answering `null`. */
async function blockAt(rpc: RpcClient, tag: string): Promise<VerifiedHeader | undefined> {
  const result = await rpc.call("eth_getBlockByNumber", [tag, false])
  if (result === null) return undefined
  const fields = (typeof result === "object" ? result : {}) as Readonly<Record<string, unknown>>
  if (typeof fields["hash"] !== "string") throw new RpcError("bad-answer", rpc.host, "a block without a hash")
  const header = verifyHeader(fields, fields["hash"])
  if (tag.startsWith("0x") && header.number !== Number(tag)) {
    throw new RpcError("bad-answer", rpc.host, `block ${header.number} when asked for ${Number(tag)}`)
  }
  return header
}

/** Repeats a request until its answer is well-formed, a limited number of times. */
async function again<T>(ask: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      const isOddAnswer =
        error instanceof AirdropError && !(error instanceof RpcError && error.kind !== "bad-answer")
      if (!isOddAnswer || attempt === ATTEMPTS) throw error
      await sleep(PAUSE * 2 ** attempt)
    }
  }
}

/**
 * Repeats a request until the answer is as expected, because nodes behind one address may lag. Returns the last
 * answer.
 */
async function until<T>(ask: () => Promise<T>, isExpected: (answer: T) => boolean): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const answer = await ask()
    if (isExpected(answer) || attempt === ATTEMPTS) return answer
    await sleep(PAUSE * 2 ** attempt)
  }
}

function hex(block: number): string {
  return `0x${block.toString(16)}`
}
