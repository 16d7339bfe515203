import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { AirdropError } from "../core/error.ts"
import { locateJson } from "../core/json-lines.ts"
import { missingFile, shownPath } from "./paths.ts"

/** A JSON file that was read. */
export interface JsonFile {
  readonly value: unknown
  /** SHA-256 of the file, in hex. */
  readonly sha256: string
  /** The line on which what a path leads to begins. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

/**
 * Reads a JSON file strictly: UTF-8, and no key twice in an object, of which a reader would see only one.
 * @throws AirdropError with file, line and value
 */
export async function readJson(path: string, hint?: string): Promise<JsonFile> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw missingFile(path, error, hint)
  })
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch (error) {
    throw new AirdropError(`${shownPath(path)}: is not UTF-8 text`, { cause: error })
  }
  const located = locateJson(text)
  if (located.fault !== undefined) {
    throw new AirdropError(`${shownPath(path)}:${located.fault.line}: ${located.fault.text}`)
  }
  return {
    value: JSON.parse(text),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    lineOf: located.lineOf,
  }
}
