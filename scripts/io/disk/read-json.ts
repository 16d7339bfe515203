import { createHash } from "node:crypto"
import { readBytes } from "./read-file.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { type LocatedJson, locateJson, parseStrictly } from "../../core/primitives/strict-json.ts"
import { shownPath } from "./paths.ts"

/** The value of a JSON text. */
export interface ParsedJson {
  readonly value: unknown
  /** Returns the line on which the value at a path begins. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

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
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch (error) {
    throw new AirdropError(`${shownPath(path)}: is not UTF-8 text`, { code: "file-format", cause: error })
  }
  return { ...parseJsonText(text, path), sha256: createHash("sha256").update(bytes).digest("hex") }
}

/** Reads JSON like {@link readJson}, from the file's text. `path` is for error lines. */
export function parseJsonText(text: string, path: string): ParsedJson {
  const parsed = parseStrictly(text)
  if (parsed.fault !== undefined) {
    throw new AirdropError(`${shownPath(path)}:${parsed.fault.line}: ${parsed.fault.text}`, {
      code: "file-format",
    })
  }
  // Lines are located only after a fault, because it takes long in a large file.
  let located: LocatedJson | undefined
  return { value: parsed.value, lineOf: (at) => (located ??= locateJson(text)).lineOf(at) }
}
