import { createHash, hash } from "node:crypto"
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { requireFile } from "./input-file.ts"
import { missingFile } from "./paths.ts"

/** Computes the SHA-256 of a file, in hex. */
export async function sha256Of(path: string): Promise<string> {
  await requireFile(path)
  const hash = createHash("sha256")
  try {
    await pipeline(createReadStream(path), hash)
  } catch (error) {
    throw missingFile(path, error)
  }
  return hash.digest("hex")
}

/** Returns the SHA-256 in hex and the size of bytes. */
export function recordOf(content: string | Uint8Array): { readonly sha256: string; readonly size: number } {
  return { sha256: hash("sha256", content), size: Buffer.byteLength(content) }
}
