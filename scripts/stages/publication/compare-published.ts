/** Compares a published folder with what it must hold, file by file and to the byte. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { createFindings, type Finding } from "../../core/files/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { compareText } from "./compare-text.ts"
import { ATTESTATIONS_FILE } from "../../core/statements/attestation.ts"
import { type Progress, RESERVE } from "./publish.ts"
import { countFiles, type Publication, publicationFiles } from "../../core/publication/published-files.ts"
import { surveyFolder } from "./survey-folder.ts"
import { textHash } from "./text-hash.ts"

/**
 * Makes every file of a publication again, and names those in the folder that differ, are missing or are too many.
 * Where the folder holds links or special files, these are named and nothing is opened.
 */
export async function comparePublished(
  folder: string,
  publication: Publication,
  progress: Progress = () => undefined,
): Promise<readonly Finding[]> {
  if (!existsSync(folder)) return [{ file: shownPath(folder), problem: "is missing: nothing is published" }]
  const leftOut = publication.origin.tranche === "automatic" ? [RESERVE] : []
  const { files, strange } = surveyFolder(folder, leftOut)
  if (strange.length > 0) return strange
  const findings = createFindings()
  const tooMany = new Set(files.keys())
  if (publication.origin.tranche === "automatic") tooMany.delete(ATTESTATIONS_FILE) // judged by themselves
  const total = countFiles(publication)
  let done = 0
  for (const { path, pieces } of publicationFiles(publication, textHash)) {
    const file = join(folder, path)
    await findings.trying(shownPath(file), () => {
      if (tooMany.delete(path)) compareText(file, pieces)
      else findings.add(shownPath(file), "is missing")
    })
    drain(pieces)
    progress(++done, total)
  }
  for (const path of tooMany) {
    findings.add(shownPath(join(folder, path)), "is not part of what is published")
  }
  return findings.all()
}

/** Takes a file to its end, also one that is missing in the folder: only then can the next be made. */
function drain(pieces: Iterable<string>): void {
  const rest = pieces[Symbol.iterator]()
  while (rest.next().done !== true);
}
