import { sha256 } from "@noble/hashes/sha2.js"
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import type { FileRecord } from "../../../scripts/core/publication/manifest.ts"
import type { TextHash } from "../../../scripts/core/publication/published-files.ts"

const encoder = new TextEncoder()

/** Hashes the text of a published file. */
export function textHash(): TextHash {
  const hash = sha256.create()
  let size = 0
  return {
    update: (text) => {
      const bytes = encoder.encode(text)
      hash.update(bytes)
      size += bytes.length
    },
    record: () => ({ sha256: toHex(hash.digest()).slice(2), size }),
  }
}

/** Returns the SHA-256 in hex and the size of bytes. */
export function recordOf(bytes: Uint8Array): FileRecord {
  return { sha256: toHex(sha256(bytes)).slice(2), size: bytes.length }
}
