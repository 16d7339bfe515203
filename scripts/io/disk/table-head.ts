/** Reads the beginning of a table, to guess what its columns are. */
import { createHash } from "node:crypto"
import { parse } from "csv-parse/sync"
import { AirdropError } from "../../core/primitives/error.ts"
import { parseStrictly } from "../../core/primitives/strict-json.ts"
import { missingFile, shownPath } from "./paths.ts"
import { NotUtf8, textChunks } from "./text-chunks.ts"

/** The most bytes in which the first two rows are looked for. */
const LONGEST = 1 << 16

/**
 * Returns the fields of a table's first two rows. Of a JSON table the first row is made of the keys of its first object.
 * @returns fewer rows if the table has fewer, or is not a table
 * @throws AirdropError if the file is missing or is not UTF-8
 */
export async function readTableHead(path: string): Promise<readonly (readonly string[])[]> {
  const text = await beginning(path)
  if (/\.jsonl?(\.gz)?$/.test(path)) return headOfJson(text)
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "")
  try {
    const rows: string[][] = parse(lines.slice(0, 2).join("\n"), { bom: true, relax_column_count: true })
    return rows
  } catch {
    return []
  }
}

async function beginning(path: string): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of textChunks(path, createHash("sha256"))) {
      chunks.push(chunk)
      size += chunk.length
      if (size > LONGEST) break
    }
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw missingFile(path, error)
    throw new AirdropError(`${shownPath(path)}: ${error.message}`, { code: "file-format", cause: error })
  }
  return Buffer.concat(chunks).toString()
}

/** The first object that has no other within it. Keys that are accounts are the form without columns, which needs none. */
function headOfJson(text: string): readonly (readonly string[])[] {
  const [object] = /\{[^{}]*\}/.exec(text) ?? []
  const parsed = object === undefined ? undefined : parseStrictly(object)
  const value = parsed === undefined || parsed.fault !== undefined ? undefined : parsed.value
  if (typeof value !== "object" || value === null) return []
  if (Object.keys(value).some((key) => /^0x[0-9a-fA-F]{40}$/.test(key)))
    return [
      ["account", "amount"],
      ["", "0"],
    ]
  return [Object.keys(value), Object.values(value).map(String)]
}
