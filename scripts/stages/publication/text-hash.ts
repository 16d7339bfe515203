import { createHash } from "node:crypto"
import type { TextHash } from "../../core/publication/published-files.ts"

/** Hashes the text of a published file with Node's SHA-256. */
export function textHash(): TextHash {
  const sha256 = createHash("sha256")
  let size = 0
  return {
    update: (text) => {
      sha256.update(text)
      size += Buffer.byteLength(text)
    },
    record: () => ({ sha256: sha256.digest("hex"), size }),
  }
}
