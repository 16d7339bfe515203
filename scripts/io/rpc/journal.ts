/**
 * Keeps the answers of an unfinished run, so that it goes on where it stopped. They are about one block, named by
 * its hash, and so cannot grow stale; they are removed when the run has ended well.
 */
import { createHash } from "node:crypto"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { gunzip, gzip } from "node:zlib"
import { readBytes } from "../disk/read-file.ts"
import { writeFileAtomic } from "../disk/atomic-write.ts"
import { RpcError } from "./rpc-error.ts"

export interface Journal {
  get(key: string): Promise<unknown>
  put(key: string, value: unknown): Promise<void>
  /** The number of answers found in the journal rather than requested. */
  found(): number
}

/** @param folder of this run and provider alone */
export function openJournal(folder: string): Journal {
  let found = 0
  const pathOf = (key: string): string => join(folder, createHash("sha256").update(key).digest("hex"))
  return {
    get: async (key) => {
      try {
        const text = (await promisify(gunzip)(await readBytes(pathOf(key)))).toString("utf8")
        const value: unknown = JSON.parse(text)
        found++
        return value
      } catch {
        return undefined // Not there, or damaged: the provider is asked.
      }
    },
    put: async (key, value) => {
      const text = await promisify(gzip)(JSON.stringify(value), { level: 1 })
      await writeFileAtomic(pathOf(key), text).catch(() => undefined) // A run need not be resumable.
    },
    found: () => found,
  }
}

/**
 * The folder of a run: of what it reads, and from which providers.
 * @param what such as "snapshot", and the hash of the block that all is read at
 */
export function runFolder(what: string, blockHash: string, hosts: readonly string[]): string {
  const providers = createHash("sha256").update(hosts.join(" ")).digest("hex").slice(0, 16)
  return join(import.meta.dirname, "..", "..", "..", ".cache", what, `${blockHash.slice(2)}-${providers}`)
}

/**
 * Runs `work` in a run's folder. It is removed when the work has ended, well or with a finding: what a provider said
 * may be wrong, and is not to be kept then. It stays when the provider failed, or the process.
 */
export async function inRun<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    const result = await work()
    await endRun(folder)
    return result
  } catch (error) {
    if (!(error instanceof RpcError)) await endRun(folder)
    throw error
  }
}

async function endRun(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined)
}

/** A journal that keeps nothing. */
export const NO_JOURNAL: Journal = {
  get: () => Promise.resolve(undefined),
  put: () => Promise.resolve(),
  found: () => 0,
}
