import { createHash } from "node:crypto"
import { gather } from "../../core/files/gather.ts"
import { writeAtomic } from "./atomic-write.ts"

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
