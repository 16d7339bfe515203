/** Compares a file on the disk with the text that it must hold. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs"
import { AirdropError } from "../../core/primitives/error.ts"
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

/**
 * Says on which line two texts differ first, and how.
 * @param first the number of the texts' first line
 */
export function difference(actual: string, expected: string, first = 1): string {
  let at = 0
  while (at < expected.length && actual[at] === expected[at]) at++
  const line = first + countLines(expected.slice(0, at))
  const start = at === 0 ? 0 : expected.lastIndexOf("\n", at - 1) + 1
  const lineFrom = (text: string): string => (text.slice(start).split("\n", 1)[0] ?? "").trim().slice(0, 120)
  return `line ${line} is ${quoted(lineFrom(actual))}; recomputed it is ${quoted(lineFrom(expected))}`
}

function countLines(text: string): number {
  let count = 0
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++
  return count
}

function quoted(text: string): string {
  return text === "" ? "nothing" : JSON.stringify(text)
}

/** Opens a plain file. A FIFO or a device is refused: waiting for its first byte could take for ever. */
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
