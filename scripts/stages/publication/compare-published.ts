/** Compares a published folder with what should be in it, file by file and to the byte. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { filesIn } from "./check-hashes.ts"
import { createFindings, type Finding } from "../../io/disk/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { countFiles, type Publication, publicationFiles } from "./published-files.ts"
import { type Progress, RESERVE } from "./publish.ts"
import { readPublishedBytes } from "./read-publication.ts"

/** Makes every file of a publication anew, and names those in the folder that differ, are missing or too many. */
export async function comparePublished(
  folder: string,
  publication: Publication,
  progress: Progress = () => undefined,
): Promise<readonly Finding[]> {
  if (!existsSync(folder)) return [{ file: shownPath(folder), problem: "is missing: nothing is published" }]
  const findings = createFindings()
  const leftOut = publication.origin.tranche === "automatic" ? [RESERVE] : []
  const found = new Set(filesIn(folder, leftOut))
  const total = countFiles(publication)
  let done = 0
  for (const { path, pieces } of publicationFiles(publication)) {
    const file = join(folder, path)
    found.delete(path)
    await findings.trying(shownPath(file), () => {
      comparePieces(readPublishedBytes(file), pieces)
    })
    drain(pieces)
    progress(++done, total)
  }
  for (const path of found) findings.add(shownPath(join(folder, path)), "is not part of what is published")
  return findings.all()
}

/** Takes a file to its end, even one that is missing in the folder: only then can the next be made. */
function drain(pieces: Iterable<string>): void {
  Array.from(pieces)
}

/** Compares a file with pieces of text, none of which need stand in memory with the others. */
export function comparePieces(actual: Uint8Array, pieces: Iterable<string>): void {
  let [offset, line] = [0, 1]
  let problem: string | undefined
  for (const piece of pieces) {
    if (problem !== undefined) continue
    const expected = Buffer.from(piece)
    const found = actual.subarray(offset, offset + expected.length)
    if (!expected.equals(found)) problem = difference(new TextDecoder().decode(found), piece, line)
    offset += expected.length
    line += piece.split("\n").length - 1
  }
  if (problem === undefined && offset < actual.length) problem = `goes on after its end, on line ${line}`
  if (problem !== undefined) throw new AirdropError(problem)
}

/**
 * Says on which line two texts differ first, and how.
 * @param first the number of the texts' first line
 */
export function difference(actual: string, expected: string, first = 1): string {
  let at = 0
  while (at < expected.length && actual[at] === expected[at]) at++
  const line = first + expected.slice(0, at).split("\n").length - 1
  const start = at === 0 ? 0 : expected.lastIndexOf("\n", at - 1) + 1
  const lineFrom = (text: string): string => (text.slice(start).split("\n", 1)[0] ?? "").trim().slice(0, 120)
  return `line ${line} is ${quoted(lineFrom(actual))}, computed anew it is ${quoted(lineFrom(expected))}`
}

function quoted(text: string): string {
  return text === "" ? "nothing" : JSON.stringify(text)
}
