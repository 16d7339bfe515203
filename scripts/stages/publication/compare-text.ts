/** Compares a file on the disk with the text that it must hold. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs"
import { AirdropError } from "../../core/primitives/error.ts"
import { countLines, difference } from "../../core/files/difference.ts"
import { missingFile, shownPath } from "../../io/disk/paths.ts"

/** Bytes beyond the expected text that are read to show what differs. */
const SHOWN = 4096

/**
 * Compares a file with pieces of text. Reads as much of the file as the text is long, so that a file of any size
 * takes no more time than the right one.
 * @throws AirdropError (mismatch) that says on which line they differ first
 */
export function compareText(path: string, pieces: Iterable<string>): void {
  let problem: string | undefined
  let line = 1
  const file = open(path)
  try {
    for (const piece of pieces) {
      if (problem !== undefined) continue // the pieces are hashed as they are taken: all of them have to be
      const expected = Buffer.from(piece)
      const found = read(file, expected.length)
      if (!expected.equals(found)) {
        const rest = read(file, SHOWN)
        problem = difference(Buffer.concat([found, rest]).toString("utf8"), piece, line)
      }
      line += countLines(piece)
    }
    if (problem === undefined && read(file, 1).length > 0) problem = `goes on after its end, on line ${line}`
  } finally {
    closeSync(file)
  }
  if (problem !== undefined) throw new AirdropError(problem, { code: "mismatch" })
}

function open(path: string): number {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    throw missingFile(path, error)
  }
  if (fstatSync(file).isFile()) return file
  closeSync(file)
  throw new AirdropError(`${shownPath(path)}: is no plain file`, { code: "file-unreadable" })
}

function read(file: number, most: number): Buffer {
  const buffer = Buffer.alloc(most)
  let length = 0
  while (length < most) {
    const got = readSync(file, buffer, length, most - length, null)
    if (got === 0) break
    length += got
  }
  return buffer.subarray(0, length)
}
