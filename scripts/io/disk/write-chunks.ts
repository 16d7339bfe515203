import { createHash } from "node:crypto"
import { writeAtomic } from "./atomic-write.ts"

/** The number of characters, about, that are gathered before a write. */
const CHUNK = 1 << 20

/**
 * Writes a file in pieces, like {@link writeAtomic}.
 * @returns the file's SHA-256 in hex
 */
export async function writeChunksAtomic(path: string, pieces: Iterable<string>): Promise<string> {
  const hash = createHash("sha256")
  await writeAtomic(path, async (file) => {
    for (const chunk of gather(pieces)) {
      const bytes = Buffer.from(chunk)
      hash.update(bytes)
      await file.writeFile(bytes)
    }
  })
  return hash.digest("hex")
}

/** Joins pieces of text into chunks that are worth a write. */
export function* gather(pieces: Iterable<string>): Generator<string> {
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
