import { createHash, type Hash } from "node:crypto"
import { AirdropError } from "../../core/primitives/error.ts"
import { faultsOf, type Faults } from "../../core/files/faults.ts"
import { hasKeys, takeJsonTable } from "../../core/files/json-rows.ts"
import type { TableShape } from "../../core/files/table-rows.ts"
import { missingFile, shownPath } from "./paths.ts"
import type { ReadFile } from "./read-csv.ts"
import { NotUtf8, textChunks } from "./text-chunks.ts"

/** The longest string of V8. */
const LARGEST = 0x1fffffe8

/**
 * Reads a table in JSON, as scripts/core/files/json-rows.ts says. All faults are gathered up to a bound and thrown
 * together.
 * @param chainId of the chain whose prefix addresses may have
 * @throws AirdropError with one `file:line: ...` for each fault
 */
export async function readJsonTable(path: string, table: TableShape, chainId?: number): Promise<ReadFile> {
  const faults = faultsOf(shownPath(path))
  const hash = createHash("sha256")
  if (!hasKeys(table, faults)) throw faults.error()
  const text = await wholeText(path, hash, faults)
  const rows = takeJsonTable(text, path, table, faults, chainId)
  faults.throwIfAny()
  return { sha256: hash.digest("hex"), rows, warnings: [] }
}

async function wholeText(path: string, hash: Hash, faults: Faults): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of textChunks(path, hash)) {
      chunks.push(chunk)
      size += chunk.length
      if (size > LARGEST) {
        throw new AirdropError(`${shownPath(path)}: is too large for JSON read whole`, {
          code: "file-format",
          hint: "Write it as CSV, or as .jsonl in several files.",
        })
      }
    }
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw missingFile(path, error)
    const line = Buffer.concat(chunks).toString().split("\n").length
    faults.add(line, error.message)
    throw faults.error()
  }
  return Buffer.concat(chunks).toString()
}
