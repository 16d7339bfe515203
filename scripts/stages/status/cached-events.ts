/** Reads events up to a block, and reads only those that the cache does not have yet. */
import { AirdropError } from "../../core/primitives/error.ts"
import type { LoggedEvent } from "../../core/status/history.ts"
import type { NodeProvider } from "../../io/rpc/provider.ts"
import type { BlockRange } from "../../io/rpc/read-logs.ts"
import { readEventCache, writeEventCache } from "./event-cache.ts"

/** The block at which everything is read. */
export interface Head {
  readonly number: number
  readonly hash: string
  readonly timestamp: number
}

export interface CachedEvents {
  /** The file of the cache. */
  readonly path: string
  /** The first block that is read. */
  readonly from: number
  readonly fresh: boolean | undefined
  readonly onProgress: ((done: number, total: number) => void) | undefined
  /** Reads a range and passes on each piece with the block up to which it reaches. */
  readonly read: (
    range: BlockRange,
    keep: (events: readonly LoggedEvent[], upTo: number) => Promise<void>,
  ) => Promise<void>
}

/**
 * Returns all events from a block to the head.
 * @throws AirdropError (exit 1) if the head is replaced meanwhile
 */
export async function cachedEvents(
  provider: NodeProvider,
  head: Head,
  { path, from: first, fresh, onProgress, read }: CachedEvents,
): Promise<readonly LoggedEvent[]> {
  const cache = fresh === true ? undefined : await readEventCache(path)
  const isGood =
    cache !== undefined &&
    cache.block <= head.number &&
    (await provider.getBlock(cache.block)).hash === cache.hash
  const events = isGood ? [...cache.events] : []
  const from = isGood ? cache.block + 1 : first
  await read({ from, to: head.number }, async (found, upTo) => {
    events.push(...found)
    onProgress?.(upTo - from + 1, head.number - from + 1)
    const hash = upTo === head.number ? head.hash : (await provider.getBlock(upTo)).hash
    if (typeof hash === "string") await writeEventCache(path, { block: upTo, hash, events })
  })
  if ((await provider.getBlock(head.number)).hash !== head.hash) {
    throw new AirdropError(`block ${head.number} was replaced while it was read`, {
      code: "rpc-answer",
      hint: "Run the command again.",
    })
  }
  return events
}
