import { basename, dirname, join } from "node:path"

const ROOT = join(import.meta.dirname, "..", "..", "..")

/**
 * Where a program's proofs are published: proofs/P for a folder of programs/; for a folder elsewhere, the folder
 * `proofs` within it.
 */
export function proofsFolder(programFolder: string): string {
  return dirname(programFolder) === join(ROOT, "programs")
    ? join(ROOT, "proofs", basename(programFolder))
    : join(programFolder, "proofs")
}
