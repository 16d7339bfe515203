/** Compares a file on the disk with the text that it must hold. */
import { closeSync, readSync } from "node:fs"
import { AirdropError } from "../../core/primitives/error.ts"
import { countLines, difference } from "../../core/files/difference.ts"
import { openPlainFile } from "../../io/disk/plain-file.ts"

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
  const file = openPlainFile(path)
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
