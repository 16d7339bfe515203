/**
 * Keeps the events that were read, so that the next look reads only what is new. It may be deleted at any time. It
 * counts only while the last block it knows is still part of the chain: after a reorganisation, or on another chain
 * of the same id, everything is read anew.
 */
import { join } from "node:path"
import { readText } from "../../io/disk/read-file.ts"
import type { Address } from "../../core/primitives/address.ts"
import type { LoggedEvent } from "../../core/status/history.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"

export interface EventCache {
  /** Up to which everything is known, with its hash. */
  readonly block: number
  readonly hash: string
  readonly events: readonly LoggedEvent[]
}

const FORMAT = "merkle-airdrop/event-cache@1"
const DEFAULT_FOLDER = join(import.meta.dirname, "..", "..", "..", ".cache", "events")

/** Returns the path of a contract's event cache. */
export function eventCachePath(chainId: number, address: Address, folder = DEFAULT_FOLDER): string {
  return join(folder, `${chainId}-${address}.json`)
}

/** Returns the path of the cache of a Safe's events from a block on. Programs with the same Safe may differ in the block. */
export function safeCachePath(chainId: number, safe: Address, from: number, folder = DEFAULT_FOLDER): string {
  return join(folder, `${chainId}-${safe}-from-${from}.json`)
}

/** Reads a cache. Returns undefined if it is missing or unreadable. */
export async function readEventCache(path: string): Promise<EventCache | undefined> {
  try {
    const file = JSON.parse(await readText(path)) as EventCache & { readonly format: string }
    return file.format === FORMAT && Array.isArray(file.events) ? file : undefined
  } catch {
    return undefined
  }
}

export async function writeEventCache(path: string, cache: EventCache): Promise<void> {
  await writeFileAtomic(path, JSON.stringify({ format: FORMAT, ...cache }))
}
