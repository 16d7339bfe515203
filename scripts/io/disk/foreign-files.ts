/** Checks a folder before a verb replaces it whole, so that no foreign files are deleted. */
import { readdir } from "node:fs/promises"
import { AirdropError } from "../../core/primitives/error.ts"
import { missingFile, shownPath } from "./paths.ts"

/** Returns the name that shows that a folder is not ours, or undefined if it is ours. */
export type FindForeign = (names: readonly string[]) => string | undefined | Promise<string | undefined>

/**
 * Lets pass what is not there or empty, and what was written before.
 * @param what what it would be if it were ours: "a claim page"
 * @throws AirdropError that names what is in the way
 */
export async function refuseForeign(path: string, what: string, findForeign: FindForeign): Promise<void> {
  const names = await namesIn(path)
  if (names.length === 0) return
  const foreign = await findForeign(names)
  if (foreign === undefined) return
  throw new AirdropError(`${shownPath(path)} holds ${foreign}, which is not of ${what} written before`, {
    code: "file-exists",
    hint: "The folder would be replaced whole: move away what is in it, or write to another.",
  })
}

async function namesIn(path: string): Promise<readonly string[]> {
  try {
    return (await readdir(path)).sort()
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined
    if (code === "ENOENT") return []
    if (code !== "ENOTDIR") throw missingFile(path, error)
    throw new AirdropError(`${shownPath(path)} is a file, but the output needs a folder there`, {
      code: "file-exists",
      cause: error,
      hint: "Move it away, or write to another folder.",
    })
  }
}
