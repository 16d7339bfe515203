import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { randomUUID } from "node:crypto"

/** Writes a file whole or not at all: to a temporary name beside it, then renamed. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await writeFile(temporary, content)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/**
 * Replaces a folder whole or not at all: `fill` writes into a new folder beside it, which then takes the
 * place of the old one. If `fill` fails the old folder stays as it was; one that a killed run had just moved aside is
 * put back first.
 */
export async function replaceFolder(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const parent = dirname(path)
  const id = randomUUID()
  const fresh = join(parent, `.${basename(path)}.${id}.new.tmp`)
  const stale = join(parent, `.${basename(path)}.${id}${MOVED_ASIDE}`)
  await recover(path)
  await mkdir(fresh, { recursive: true })
  try {
    await fill(fresh)
    const hadOld = await renameIfThere(path, stale)
    try {
      await rename(fresh, path)
    } catch (error) {
      if (hadOld) await rename(stale, path)
      throw error
    }
  } finally {
    await rm(fresh, { recursive: true, force: true })
    await rm(stale, { recursive: true, force: true })
  }
}

const MOVED_ASIDE = ".old.tmp"

/**
 * Puts back the old folder if a run was killed between moving it aside and putting the new one in its place; if the
 * new one is there, removes the old. Where there are several none is known to be the right one, and all are left.
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

/** Renames `from` and says true; says false if nothing is there. */
async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false
    throw error
  }
}
