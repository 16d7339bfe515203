/**
 * Lists a published folder before anything in it is opened. The folder may come from anyone: a link could lead out of
 * it, a FIFO or a device would never end.
 */
import { lstatSync, readdirSync, type Dirent } from "node:fs"
import { join } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Finding } from "../../core/files/findings.ts"
import { missingFile, shownPath } from "../../io/disk/paths.ts"

export interface FolderSurvey {
  /** The size in bytes of every plain file by its path, with slashes, in ascending order of the paths. */
  readonly files: ReadonlyMap<string, number>
  /** Links, special files and folders that no publication has. */
  readonly strange: readonly Finding[]
}

/** The folders that a published folder may have. */
const FOLDERS: ReadonlySet<string> = new Set(["claims", "shards"])

const NO_NAME = "has a name that is not UTF-8 text; a publication has plain names only"

/**
 * Lists the files of a published folder. Opens no file and follows no link below the folder itself.
 * @param leftOut folders within it that are not part of it, such as the reserve within the automatic tranche
 * @throws AirdropError if the folder cannot be listed
 */
export function surveyFolder(folder: string, leftOut: readonly string[]): FolderSurvey {
  const files: (readonly [path: string, size: number])[] = []
  const strange: Finding[] = []
  const visit = (inside: string): void => {
    for (const entry of entriesOf(join(folder, inside))) {
      const path = inside === "" ? entry.name : `${inside}/${entry.name}`
      const problem = problemOf(entry, path, leftOut)
      if (problem !== undefined) strange.push({ file: shownPath(join(folder, path)), problem })
      else if (entry.isFile()) {
        const found = lstatSync(join(folder, path), { throwIfNoEntry: false })
        if (found !== undefined) files.push([path, found.size])
        else strange.push({ file: shownPath(join(folder, path)), problem: NO_NAME })
      } else if (FOLDERS.has(path)) visit(path)
    }
  }
  visit("")
  return { files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))), strange }
}

/**
 * Says whether a folder is there, without following a link.
 * @throws AirdropError (mismatch) if it exists and is not a folder
 */
export function isPlainFolder(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return false
  if (found.isDirectory()) return true
  throw new AirdropError(`${shownPath(path)}: is not a plain folder`, { code: "mismatch" })
}

function problemOf(entry: Dirent, path: string, leftOut: readonly string[]): string | undefined {
  if (entry.isFile()) return undefined
  if (entry.isSymbolicLink()) return "is a symbolic link; a publication has plain files only"
  if (!entry.isDirectory()) return "is not a plain file; a publication has plain files only"
  return FOLDERS.has(path) || leftOut.includes(path)
    ? undefined
    : "is a folder that is not part of what is published"
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    throw missingFile(folder, error)
  }
}

/**
 * Returns the paths of all files of a published folder, ascending.
 * @throws AirdropError (mismatch) if it contains anything but plain files
 */
export function filesIn(folder: string, leftOut: readonly string[]): string[] {
  const { files, strange } = surveyFolder(folder, leftOut)
  const [first] = strange
  if (first !== undefined) throw new AirdropError(`${first.file}: ${first.problem}`, { code: "mismatch" })
  return [...files.keys()]
}
