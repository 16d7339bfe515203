/** Compares published files with what they must hold, one after the other and to the byte. */
import { difference } from "../../../scripts/core/files/difference.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import type { Findings } from "../../../scripts/core/files/findings.ts"
import {
  countFiles,
  publicationFiles,
  type Publication,
} from "../../../scripts/core/publication/published-files.ts"
import type { CheckContext, CheckName } from "./lines.ts"
import { readFile } from "./page-files.ts"
import { textHash } from "./text-hash.ts"

/** The number of files requested ahead. More would only wait in the browser. */
const AHEAD = 12
/** UTF-16 units beyond the expected text that are decoded to show what differs. */
const SHOWN = 4096

/**
 * Makes every file of a publication again and compares it with the one in the folder.
 * @param folder with a slash at its end, or empty
 * @param isCompared tells which files can be made again; by default all
 * @returns the number of compared files
 */
export async function comparePublication(
  { source, signal, progress }: CheckContext,
  name: CheckName,
  folder: string,
  findings: Findings,
  publication: Publication,
  isCompared: (path: string) => boolean = () => true,
): Promise<number> {
  const total = countFiles(publication)
  const underWay: Promise<unknown>[] = []
  let [planned, done] = [0, 0]
  for (const { path, pieces } of publicationFiles(publication, textHash)) {
    signal?.throwIfAborted()
    if (!isCompared(path)) {
      progress(name, ++planned, total)
      continue
    }
    // The pieces have to be taken before the next file is made. Only the list and the tree are large.
    const expected = Array.from(pieces)
    const file = folder + path
    const compared = findings.trying(file, async () => {
      requireText(await readFile(source, file), expected)
    })
    // A failure is thrown when its turn comes. Until then it must not count as one that no code handles.
    compared.catch(() => undefined)
    underWay.push(compared)
    if (underWay.length >= AHEAD) await underWay.shift()
    done++
    progress(name, ++planned, total)
  }
  await Promise.all(underWay)
  return done
}

/**
 * Compares the bytes of a file with the pieces of its text.
 * @throws AirdropError (mismatch) that says on which line they differ first
 */
export function requireText(bytes: Uint8Array, pieces: Iterable<string>): void {
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)
  let [at, line] = [0, 1]
  for (const piece of pieces) {
    if (!text.startsWith(piece, at)) {
      const found = text.slice(at, at + piece.length + SHOWN)
      throw new AirdropError(difference(found, piece, line), { code: "mismatch" })
    }
    at += piece.length
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", end + 1)) line++
  }
  if (at < text.length) throw new AirdropError(`goes on after its end, on line ${line}`, { code: "mismatch" })
}
