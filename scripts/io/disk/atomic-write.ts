import { mkdir, open, rename, rm, stat, type FileHandle } from "node:fs/promises"
import { dirname } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { flushFolder } from "./flush.ts"
import { shownPath } from "./paths.ts"
import { writeFault } from "./system-error.ts"
import { forget, removeLeftovers, temporaryFor } from "./temporary.ts"

/**
 * Writes a file whole or not at all. The content goes to a temporary beside it, which is flushed to the disk and
 * then renamed.
 * @param fill writes the content; the file is open for reading too
 * @throws AirdropError that names the file, for example if the disk is full
 */
export async function writeAtomic<T>(path: string, fill: (file: FileHandle) => Promise<T>): Promise<T> {
  const temporary = temporaryFor(path)
  try {
    await mkdir(dirname(path), { recursive: true })
    await refuseSpecial(path)
    await removeLeftovers(path)
    const result = await fillFile(temporary, fill)
    await rename(temporary, path)
    await flushFolder(dirname(path))
    return result
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw writeFault(path, error)
  } finally {
    forget(temporary)
  }
}

/** Writes a file like {@link writeAtomic}, from its whole content. */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await writeAtomic(path, async (file) => {
    await file.writeFile(content)
  })
}

async function fillFile<T>(path: string, fill: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, "wx+")
  try {
    const result = await fill(file)
    await file.sync()
    return result
  } finally {
    await file.close()
  }
}

/**
 * Refuses a FIFO, a socket or a device, which a rename would replace by a file, and a folder, which it cannot
 * replace.
 */
async function refuseSpecial(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined || found.isFile()) return
  throw new AirdropError(`${shownPath(path)} is ${found.isDirectory() ? "a folder" : "no ordinary file"}`, {
    code: "file-exists",
    hint: "Name a file to write.",
  })
}
