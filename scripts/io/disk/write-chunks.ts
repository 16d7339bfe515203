import { createHash, randomUUID } from "node:crypto"
import { mkdir, open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"

/** Lines are gathered to about this many characters before they are written. */
const CHUNK = 1 << 20

/**
 * Writes a file in pieces, whole or not at all: to a temporary name beside it, then renamed.
 * @returns the file's SHA-256 in hex
 */
export async function writeChunksAtomic(path: string, pieces: Iterable<string>): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomUUID()}.tmp`
  const hash = createHash("sha256")
  try {
    const file = await open(temporary, "wx")
    try {
      for (const chunk of gather(pieces)) {
        const bytes = Buffer.from(chunk)
        hash.update(bytes)
        await file.writeFile(bytes)
      }
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return hash.digest("hex")
}

function* gather(pieces: Iterable<string>): Generator<string> {
  let chunk = ""
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length >= CHUNK) {
      yield chunk
      chunk = ""
    }
  }
  yield chunk
}
