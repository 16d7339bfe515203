/**
 * The ledger of a program's reserve, programs/P/grants.jsonl. It is only ever added to, by one writer at a time, a
 * line in one write that is flushed to the disk. A line that an interrupted write has left without its end never
 * counted: it is set aside by the next writer.
 */
import { mkdir, truncate } from "node:fs/promises"
import { dirname, join } from "node:path"
import { readBytes, readBytesIfAny } from "../../io/disk/read-file.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { EMPTY_LEDGER, foldLedger, type Ledger, type LedgerEntry } from "../../core/reserve/ledger.ts"
import { formatLedgerLine, parseLedgerLine } from "../../core/reserve/ledger-line.ts"
import { appendFlushed } from "../../io/disk/flush.ts"
import { withLock } from "../../io/disk/lock.ts"
import { shownPath } from "../../io/disk/paths.ts"

export interface LedgerFile {
  readonly ledger: Ledger
  /** The remainder of an interrupted write after the last whole line; usually empty. */
  readonly torn: string
}

/** Returns the path of a program's ledger. */
export function ledgerPath(programFolder: string): string {
  return join(programFolder, "grants.jsonl")
}

/**
 * Reads a ledger; one that does not exist is empty.
 * @throws AirdropError that names file and line
 */
export async function readLedger(path: string, decimals: number): Promise<LedgerFile> {
  const bytes = await readBytesIfAny(path)
  if (bytes === undefined) return { ledger: EMPTY_LEDGER, torn: "" }
  const end = endOfLines(bytes)
  const lines = textOf(bytes.subarray(0, end), path).split("\n").slice(0, -1)
  const entries = lines.map((line, i) => {
    try {
      return parseLedgerLine(line, decimals)
    } catch (error) {
      if (!(error instanceof AirdropError)) throw error
      throw new AirdropError(`${shownPath(path)}:${i + 1}: ${error.message}`, {
        code: error.code,
        cause: error,
      })
    }
  })
  try {
    return { ledger: foldLedger(entries), torn: bytes.toString("utf8", end) }
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    throw new AirdropError(`${shownPath(path)}: ${error.message}`, { code: error.code, cause: error })
  }
}

/**
 * Adds entries that are computed from the current ledger, while it is locked against other writers.
 * @param decide gives the entries to add, or throws to add none
 * @param warn is called if a line of an interrupted write was set aside
 * @returns the ledger with the new entries
 */
export async function addToLedger(
  path: string,
  decimals: number,
  decide: (ledger: Ledger) => readonly LedgerEntry[] | Promise<readonly LedgerEntry[]>,
  warn: (text: string) => void,
): Promise<Ledger> {
  await mkdir(dirname(path), { recursive: true })
  return await withLock(`${path}.lock`, async () => {
    const { ledger, torn } = await readLedger(path, decimals)
    const added = await decide(ledger)
    if (torn !== "") {
      await setAside(path)
      warn(`${shownPath(path)} ended in an unfinished line, which was moved to ${shownPath(path)}.torn`)
    }
    if (added.length === 0) return ledger
    await appendFlushed(path, added.map((entry) => `${formatLedgerLine(entry, decimals)}\n`).join(""))
    return (await readLedger(path, decimals)).ledger
  })
}

/**
 * Copies an unfinished line into a file beside the ledger, then cuts it off. If this is interrupted, the line is in one
 * of the two files or in both.
 */
async function setAside(path: string): Promise<void> {
  const bytes = await readBytes(path)
  const end = endOfLines(bytes)
  await appendFlushed(`${path}.torn`, `${bytes.toString("utf8", end)}\n`)
  await truncate(path, end)
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new AirdropError(`${shownPath(path)}: is not UTF-8 text`, { code: "file-format", cause })
  }
}

/**
 * Returns the number of bytes up to the last line feed. An interrupted write can end within a character, so that text
 * would not do.
 */
function endOfLines(bytes: Buffer): number {
  return bytes.lastIndexOf("\n") + 1
}
