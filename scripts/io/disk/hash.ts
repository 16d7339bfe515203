import { createHash } from "node:crypto"
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
