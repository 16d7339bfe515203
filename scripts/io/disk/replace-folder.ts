import { mkdir, readdir, rename, rm } from "node:fs/promises"
import { randomUUID } from "node:crypto"
import { basename, dirname, join } from "node:path"
import { flushFolder, flushTree } from "./flush.ts"
import { writeFault } from "./system-error.ts"
import { forget, removeLeftovers, temporaryFor } from "./temporary.ts"

/**
 * Replaces a folder whole or not at all. `fill` writes into a new folder beside it, which is flushed to the disk and
 * then renamed. If `fill` fails, the old folder stays unchanged. An old folder that a killed run has moved aside is
 * put back first.
 */
export async function replaceFolder(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const parent = dirname(path)
  const fresh = temporaryFor(path)
  const old = join(parent, `.${basename(path)}.${randomUUID()}${MOVED_ASIDE}`)
  try {
    await mkdir(parent, { recursive: true })
    await recover(path)
    await removeLeftovers(path)
    await mkdir(fresh)
    await fill(fresh)
    await flushTree(fresh)
    const hadOld = await renameIfThere(path, old)
    try {
      await rename(fresh, path)
    } catch (error) {
      if (hadOld) await rename(old, path)
      throw error
    }
    await flushFolder(parent)
  } catch (error) {
    throw writeFault(path, error)
  } finally {
    await rm(fresh, { recursive: true, force: true })
    forget(fresh)
    await rm(old, { recursive: true, force: true })
  }
}

const MOVED_ASIDE = ".old.tmp"

/**
 * Puts back the old folder if a run was killed between moving it aside and renaming the new one. If the new one
 * exists, the old is removed. If there are several old ones, the right one is unknown and all are kept.
 */
async function recover(path: string): Promise<void> {
  const parent = dirname(path)
  const names: readonly string[] = await readdir(parent).catch(() => [])
  const aside = names.filter((name) => isMovedAside(name, basename(path))).map((name) => join(parent, name))
  if (names.includes(basename(path))) {
    for (const old of aside) await rm(old, { recursive: true, force: true })
  } else if (aside.length === 1 && aside[0] !== undefined) {
    await rename(aside[0], path)
  }
}

function isMovedAside(name: string, folder: string): boolean {
  const start = `.${folder}.`
  if (!name.startsWith(start) || !name.endsWith(MOVED_ASIDE)) return false
  return /^[0-9a-f-]{36}$/.test(name.slice(start.length, -MOVED_ASIDE.length))
}

/** Renames `from`. Returns false if it does not exist. */
async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false
    throw error
  }
}
