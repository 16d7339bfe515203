import { mkdir, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
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
 * place of the old one. If `fill` fails the old folder stays as it was.
 */
export async function replaceFolder(path: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const parent = dirname(path)
  const fresh = join(parent, `.${randomUUID()}.tmp`)
  const stale = join(parent, `.${randomUUID()}.tmp`)
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
