import { parseJson } from "../../../scripts/core/primitives/json-reader.ts"
import type { TextKey } from "../text/en.ts"
import type { DataSource } from "./source.ts"

/** The published files are not what this page was made for, or not in order. */
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

/** Does work on what was read; whatever it finds wrong is the fault of that name. */
export function orFault<T>(key: PublicationFault["key"], work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof PublicationFault ? error : new PublicationFault(key, error)
  }
}
