import { parseJson } from "../../../scripts/core/primitives/json-reader.ts"
import type { TextKey } from "../text/en.ts"
import type { DataSource } from "./source.ts"

/** Thrown if the published files do not belong to this page, or are damaged. */
export class PublicationFault extends Error {
  readonly key: Extract<TextKey, `check.bad.${string}`>

  constructor(key: Extract<TextKey, `check.bad.${string}`>, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.name = "PublicationFault"
    this.key = key
  }
}

const decoder = new TextDecoder()

/** Reads a published file as JSON. Returns undefined if it does not exist. @throws PublicationFault, DataUnreachable */
export async function readJson(source: DataSource, path: string): Promise<unknown> {
  const bytes = await source.read(path)
  return bytes === undefined
    ? undefined
    : orFault("check.bad.format", () => parseJson(decoder.decode(bytes), path))
}

/** Runs work on published data. Throws its error as a PublicationFault with the key. */
export function orFault<T>(key: PublicationFault["key"], work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof PublicationFault ? error : new PublicationFault(key, error)
  }
}
