/**
 * Reads and writes of many small files, one after the other without waiting, which is several times as fast. FIFOs
 * and devices are refused before anything is read.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync } from "node:fs"
import { AirdropError } from "../../core/primitives/error.ts"
import { writeAllSync } from "./flush.ts"
import { missingFile, shownPath } from "./paths.ts"

/** Returns a plain file's size in bytes. @throws AirdropError if it is missing, a link, a FIFO or a device */
export function sizeOfPlainFile(path: string, hint?: string): number {
  let found
  try {
    found = lstatSync(path)
  } catch (error) {
    throw missingFile(path, error, hint)
  }
  if (found.isFile()) return found.size
  throw new AirdropError(`${shownPath(path)}: is not a plain file`, { code: "file-unreadable" })
}

/** Reads a plain file whole. @throws AirdropError that names the path */
export function readPlainFile(path: string): Uint8Array {
  const file = openPlainFile(path)
  try {
    return readFileSync(file)
  } catch (error) {
    throw missingFile(path, error)
  } finally {
    closeSync(file)
  }
}

/** Opens a file for reading, and never waits for a FIFO's writer. @throws AirdropError that names the path */
export function openPlainFile(path: string): number {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    throw missingFile(path, error)
  }
  if (fstatSync(file).isFile()) return file
  closeSync(file)
  throw new AirdropError(`${shownPath(path)}: is not a plain file`, { code: "file-unreadable" })
}

/** Writes a file that is not there yet, in pieces. */
export function writeNewFile(path: string, pieces: Iterable<string | Uint8Array>): void {
  const file = openSync(path, "wx")
  try {
    for (const piece of pieces) writeAllSync(file, piece)
  } finally {
    closeSync(file)
  }
}
