import { basename, dirname, join } from "node:path"

const ROOT = join(import.meta.dirname, "..", "..", "..")

/**
 * Returns the folder of a program's published proofs: proofs/P for a folder of programs/, otherwise the folder
 * `proofs` within it.
 */
export function proofsFolder(programFolder: string): string {
  return dirname(programFolder) === join(ROOT, "programs")
    ? join(ROOT, "proofs", basename(programFolder))
    : join(programFolder, "proofs")
}
