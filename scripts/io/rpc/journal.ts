/**
 * Stores the answers of an unfinished run, so that the next run continues. The answers are about one block, named by
 * its hash, and so cannot become stale. They are removed when the run has ended.
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
  /** Returns the number of answers found in the journal rather than requested. */
  found(): number
}

/**
 * Opens a journal.
 * @param folder of this run and provider alone
 */
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
        return undefined // absent or damaged: the provider is asked
      }
    },
    put: async (key, value) => {
      const text = await promisify(gzip)(JSON.stringify(value), { level: 1 })
      await writeFileAtomic(pathOf(key), text).catch(() => undefined) // a journal that cannot be written only costs the next run time
    },
    found: () => found,
  }
}

/**
 * Returns the folder of a run, named for its subject and its providers.
 * @param what such as "snapshot", and the hash of the block that is read
 */
export function runFolder(what: string, blockHash: string, hosts: readonly string[]): string {
  const providers = createHash("sha256").update(hosts.join(" ")).digest("hex").slice(0, 16)
  return join(import.meta.dirname, "..", "..", "..", ".cache", what, `${blockHash.slice(2)}-${providers}`)
}

/**
 * Runs `work` in a run's folder. Removes the folder when the work has ended, successfully or with a finding, because
 * the answers may be wrong then. Keeps it if the provider or the process failed.
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

/** A journal that stores nothing. */
export const NO_JOURNAL: Journal = {
  get: () => Promise.resolve(undefined),
  put: () => Promise.resolve(),
  found: () => 0,
}
