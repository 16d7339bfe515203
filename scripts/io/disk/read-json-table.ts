import { createHash } from "node:crypto"
import { Tokenizer, TokenizerError } from "@streamparser/json"
import { quote } from "../../core/primitives/text.ts"
import type { Table } from "../../core/primitives/table.ts"
import type { ReadFile } from "./read-csv.ts"
import { faultsOf } from "./faults.ts"
import { BrokenJson, jsonRows } from "./json-rows.ts"
import { missingFile, shownPath } from "./paths.ts"
import { NotUtf8, textChunks } from "./text-chunks.ts"

const LINE_FEED = 10
/** A byte-order mark in UTF-8, one character a byte, or escaped. The tokenizer would leave it out of a value in silence. */
const MARK = /\xef\xbb\xbf|\\ufeff/i
const MARK_LENGTH = "\\ufeff".length

/**
 * Reads a table in JSON as a stream: an array of objects, or in a file whose name has .jsonl one object a line. Keys
 * are the names of columns and values are texts. All faults are gathered up to a bound and thrown together.
 * @throws AirdropError with one `file:line: ...` for each fault
 */
export async function readJsonTable(path: string, table: Omit<Table, "file">): Promise<ReadFile> {
  const faults = faultsOf(shownPath(path))
  const hash = createHash("sha256")
  const place = placeInText()
  const rows = jsonRows(table, /\.jsonl(\.gz)?$/.test(path), faults, place.lineAt)
  const tokenizer = new Tokenizer()
  tokenizer.onToken = rows.take
  let isBroken = false
  try {
    for await (const chunk of textChunks(path, hash)) {
      place.next(chunk)
      const text = place.untilMark()
      tokenizer.write(text)
      if (text.length < chunk.length)
        throw place.brokenAfter(text, "a byte-order mark stands within the text")
    }
    tokenizer.end()
    rows.end()
  } catch (error) {
    isBroken = true
    if (error instanceof NotUtf8) faults.add(place.lineAt(Infinity), error.message)
    else if (error instanceof BrokenJson)
      faults.add(place.lineAt(error.offset), `is not JSON: ${error.message}`)
    else if (error instanceof TokenizerError) {
      const { line, text } = place.unexpected(error)
      faults.add(line, `is not JSON: ${text}`)
    } else throw missingFile(path, error)
  }
  if (rows.isEmpty() && !isBroken)
    faults.add(undefined, `is empty: it must hold objects with the keys ${table.columns.join(",")}`)
  faults.throwIfAny()
  return { sha256: hash.digest("hex"), rows: rows.count() }
}

interface PlaceInText {
  readonly next: (chunk: Buffer) => void
  /** The line of an offset of the current chunk, or of one that is reached later. Offsets must not go back. */
  readonly lineAt: (offset: number) => number
  /** The current chunk up to a byte-order mark, if there is one. */
  readonly untilMark: () => Buffer
  readonly brokenAfter: (text: Buffer, fault: string) => BrokenJson
  /** What the tokenizer stumbled over. */
  readonly unexpected: (error: TokenizerError) => { readonly line: number; readonly text: string }
}

/** Counts lines up to where they are asked for. Tokens hold no line feed, so one of an earlier chunk is still on its line. */
function placeInText(): PlaceInText {
  let chunk: Buffer = Buffer.alloc(0)
  let before = ""
  let [start, counted, line] = [0, 0, 1]
  const lineAt = (offset: number): number => {
    const end = Math.min(offset - start, chunk.length)
    for (; counted < end; counted++) if (chunk[counted] === LINE_FEED) line++
    return line
  }
  return {
    next: (following) => {
      lineAt(Infinity)
      start += chunk.length
      chunk = following
      counted = 0
    },
    lineAt,
    untilMark: () => {
      const text = before + chunk.toString("latin1")
      const at = text.search(MARK)
      const until = at === -1 ? chunk.length : Math.max(0, at - before.length)
      before = text.slice(1 - MARK_LENGTH)
      return chunk.subarray(0, until)
    },
    brokenAfter: (text, fault) => new BrokenJson(start + text.length, fault),
    unexpected: ({ message }) => {
      const [, offset] = /absolute position "(\d+)"/.exec(message) ?? []
      if (offset === undefined)
        return { line: lineAt(Infinity), text: "the end of the file is not expected here" }
      const rest = chunk
        .subarray(Number(offset) - start)
        .subarray(0, 80)
        .toString()
      const [found = ""] = rest.slice(0, 20).split(/[\r\n]/)
      const shown = found === "" ? "the end of the line" : quote(found)
      return { line: lineAt(Number(offset)), text: `${shown} is not expected here` }
    },
  }
}
