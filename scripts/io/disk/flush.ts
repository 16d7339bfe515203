import { writeSync } from "node:fs"
import { open, readdir, type FileHandle } from "node:fs/promises"
import { dirname, join } from "node:path"

/** The number of files flushed at once. The system then writes them together. */
const AT_ONCE = 32

/** Flushes a folder, so that the names in it are on the disk. Does nothing on systems that cannot flush a folder. */
export async function flushFolder(path: string): Promise<void> {
  let folder: FileHandle | undefined
  try {
    folder = await open(path, "r")
    await folder.sync()
  } catch {
    return
  } finally {
    await folder?.close()
  }
}

/** Flushes all files and folders in a folder, and the folder. */
export async function flushTree(path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true })
  for (let start = 0; start < entries.length; start += AT_ONCE) {
    await Promise.all(
      entries.slice(start, start + AT_ONCE).map(async (entry) => {
        const at = join(entry.parentPath, entry.name)
        if (entry.isDirectory()) await flushFolder(at)
        else if (entry.isFile()) await flushFile(at)
      }),
    )
  }
  await flushFolder(path)
}

async function flushFile(path: string): Promise<void> {
  const file = await open(path, "r+")
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Writes all bytes. A single write of the system may take only a part of them and report no error. */
export function writeAllSync(file: number, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? Buffer.from(content) : content
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done)
}

/** Appends text to a file, which is made if it is missing, and flushes file and folder. */
export async function appendFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, "a")
  try {
    await file.appendFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await flushFolder(dirname(path))
}
