import { existsSync, mkdirSync } from "node:fs"
import { cp } from "node:fs/promises"
import { dirname, join } from "node:path"
import { invariant } from "../../core/primitives/error.ts"
import { CLEAR_SIGNING_FILES } from "../../core/publication/clear-signing.ts"
import { ATTESTATIONS_FILE } from "../../core/statements/attestation.ts"
import type { Manifest } from "../../core/publication/manifest.ts"
import {
  countFiles,
  type Publication,
  publicationFiles,
  type PublishedFile,
} from "../../core/publication/published-files.ts"
import { refuseForeign } from "../../io/disk/foreign-files.ts"
import { writeNewFile } from "../../io/disk/plain-file.ts"
import { replaceFolder } from "../../io/disk/replace-folder.ts"
import { textHash } from "./text-hash.ts"

/** Called at times with the number of files that are done. */
export type Progress = (done: number, total: number) => void

/** The folder within a program's that the reserve is published in. It is replaced separately. */
export const RESERVE = "reserve"

const PUBLISHED: ReadonlySet<string> = new Set([
  "allocations.csv",
  "tree.json",
  "claims",
  "shards",
  ...CLEAR_SIGNING_FILES,
  "files.csv",
  "manifest.json",
  RESERVE,
  ATTESTATIONS_FILE,
])

/**
 * Writes a publication into a folder. It replaces an earlier one completely or not at all. A reserve published within
 * the old folder is kept.
 * @throws AirdropError if the folder holds anything but a publication
 */
export async function publish(
  folder: string,
  publication: Publication,
  progress: Progress = () => undefined,
): Promise<Manifest> {
  await refuseForeign(folder, "a publication", (names) => names.find((name) => !isPublished(name)))
  const total = countFiles(publication)
  let manifest: Manifest | undefined
  await replaceFolder(folder, async (fresh) => {
    const made = new Set<string>()
    let done = 0
    const files = publicationFiles(publication, textHash)
    for (let next = files.next(); ; next = files.next()) {
      if (next.done === true) {
        manifest = next.value
        break
      }
      writePieces(fresh, next.value, made)
      progress(++done, total)
    }
    const reserve = join(folder, RESERVE)
    if (existsSync(reserve)) await cp(reserve, join(fresh, RESERVE), { recursive: true })
  })
  invariant(manifest !== undefined, "replaceFolder calls its function")
  return manifest
}

/** Returns true for the name of a published file. A damaged publication can therefore be rebuilt. */
export function isPublished(name: string): boolean {
  return PUBLISHED.has(name)
}

function writePieces(folder: string, { path, pieces }: PublishedFile, made: Set<string>): void {
  const target = join(folder, path)
  const parent = dirname(target)
  if (!made.has(parent)) mkdirSync(parent, { recursive: true })
  made.add(parent)
  writeNewFile(target, pieces)
}
