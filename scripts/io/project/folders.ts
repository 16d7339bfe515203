import { basename, dirname, join } from "node:path"
import { shownPath } from "../disk/paths.ts"

const ROOT = join(import.meta.dirname, "..", "..", "..")

/**
 * Returns the folder of a program's published proofs: proofs/P for a folder of programs/, otherwise the folder
 * `proofs` within it.
 */
export function proofsFolder(programFolder: string): string {
  return isProjects(programFolder)
    ? join(ROOT, "proofs", basename(programFolder))
    : join(programFolder, "proofs")
}

/** Returns the folder of a program's claim page: web/dist/P for a folder of programs/, otherwise `page` within it. */
export function pageFolder(programFolder: string): string {
  return isProjects(programFolder)
    ? join(ROOT, "web", "dist", basename(programFolder))
    : join(programFolder, "page")
}

/** Returns how a program is named on the command line: by its name in programs/, otherwise by its path. */
export function programArgument(programFolder: string): string {
  return isProjects(programFolder) ? basename(programFolder) : shownPath(programFolder)
}

function isProjects(programFolder: string): boolean {
  return dirname(programFolder) === join(ROOT, "programs")
}
