import { AirdropError } from "../primitives/error.ts"
import { type LocatedJson, locateJson, parseStrictly } from "../primitives/strict-json.ts"

/** The value of a JSON text, with the lines of its parts. */
export interface ParsedJson {
  readonly value: unknown
  /** Returns the line on which the value at a path begins. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

/**
 * Parses a JSON text strictly: no key may come twice in an object, of which a reader would see only one.
 * @param file its name for error lines
 * @throws AirdropError with file, line and value
 */
export function parseJsonText(text: string, file: string): ParsedJson {
  const parsed = parseStrictly(text)
  if (parsed.fault !== undefined) {
    throw new AirdropError(`${file}:${parsed.fault.line}: ${parsed.fault.text}`, { code: "file-format" })
  }
  // Lines are looked for only where something is wrong: it takes long in a large file.
  let located: LocatedJson | undefined
  return { value: parsed.value, lineOf: (at) => (located ??= locateJson(text)).lineOf(at) }
}

/**
 * Decodes the bytes of a text file.
 * @throws AirdropError if they are not UTF-8
 */
export function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch (error) {
    throw new AirdropError(`${file}: is not UTF-8 text`, { code: "file-format", cause: error })
  }
}
