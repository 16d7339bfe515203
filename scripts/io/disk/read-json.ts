import { createHash } from "node:crypto"
import { decodeUtf8, parseJsonText, type ParsedJson } from "../../core/files/parsed-json.ts"
import { shownPath } from "./paths.ts"
import { readBytes } from "./read-file.ts"

/** A JSON file that was read. */
export interface JsonFile extends ParsedJson {
  /** SHA-256 of the file, in hex. */
  readonly sha256: string
}

/**
 * Reads a JSON file strictly: UTF-8, with no duplicate key in an object, since readers would see only one of them.
 * @throws AirdropError with file, line and value
 */
export async function readJson(path: string, hint?: string): Promise<JsonFile> {
  const bytes = await readBytes(path, hint)
  const file = shownPath(path)
  const sha256 = createHash("sha256").update(bytes).digest("hex")
  return { ...parseJsonText(decodeUtf8(bytes, file), file), sha256 }
}
