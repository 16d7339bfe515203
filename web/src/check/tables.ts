/** Reads tables and evidence from bytes, with the rules of scripts/core and the unpacking of the browser. */
import { parse } from "csv-parse/browser/esm/sync"
import {
  MOST_EVIDENCE,
  notUnpacked,
  packedContent,
  parseEvidence,
} from "../../../scripts/core/evidence/evidence-format.ts"
import type { Evidence } from "../../../scripts/core/evidence/verify-evidence.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { faultsOf } from "../../../scripts/core/files/faults.ts"
import { decodeUtf8 } from "../../../scripts/core/files/parsed-json.ts"
import { csvReader } from "../../../scripts/core/files/csv-reader.ts"
import { hasKeys, takeJsonTable } from "../../../scripts/core/files/json-rows.ts"
import type { TableShape } from "../../../scripts/core/files/table-rows.ts"

/** A table unpacks to at most so many bytes. */
const MOST_TABLE = 1 << 29

/**
 * Hands the rows of a table over: JSON or CSV by its name, unpacked if that ends in .gz.
 * @throws AirdropError with one line for each fault
 */
export async function takeTable(
  bytes: Uint8Array,
  file: string,
  table: TableShape,
  chainId?: number,
): Promise<readonly string[]> {
  const content = file.endsWith(".gz") ? await unpackTable(bytes, file) : bytes
  const text = decodeUtf8(content, file)
  const faults = faultsOf(file)
  if (/\.jsonl?(\.gz)?$/.test(file)) {
    if (hasKeys(table, faults)) takeJsonTable(text, file, table, faults, chainId)
    faults.throwIfAny()
    return []
  }
  const reader = csvReader(file, table, faults, chainId)
  reader.add(content)
  try {
    parse(text, reader.options)
  } catch (error) {
    if (!isCsvError(error)) throw error
    reader.broken(error.code, error.message, error.bytes)
  }
  return reader.end().warnings
}

/** Reads snapshot.proof. @throws AirdropError if a byte of it was changed */
export async function readEvidence(bytes: Uint8Array, file: string): Promise<Evidence> {
  const packed = packedContent(bytes, file)
  try {
    return parseEvidence(await unpack(packed, "deflate", MOST_EVIDENCE))
  } catch (error) {
    throw notUnpacked(file, error)
  }
}

async function unpackTable(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  return await unpack(bytes, "gzip", MOST_TABLE).catch((cause: unknown) => {
    throw new AirdropError(`${file}: is not a gzip file, or is damaged`, { code: "file-format", cause })
  })
}

/** Unpacks bytes. @throws RangeError if they unpack to more than `most`, TypeError if they are not packed so */
async function unpack(bytes: Uint8Array, format: CompressionFormat, most: number): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream(format))
  const reader = stream.getReader()
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer())
    size += value.length
    if (size > most) throw new RangeError(`more than ${most} bytes`)
    chunks.push(new Uint8Array(value))
  }
}

function isCsvError(
  error: unknown,
): error is { readonly code: string; readonly message: string; readonly bytes: number } {
  return error instanceof Error && "code" in error && "bytes" in error && typeof error.code === "string"
}
