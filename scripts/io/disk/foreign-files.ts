/** Checks a folder before a verb replaces it whole, so that no foreign files are deleted. */
import { readdir } from "node:fs/promises"
import { AirdropError } from "../../core/primitives/error.ts"
import { missingFile, shownPath } from "./paths.ts"

/** Returns the name of a foreign file in a folder, or undefined if there is none. */
export type FindForeign = (names: readonly string[]) => string | undefined | Promise<string | undefined>

/**
 * Requires that a folder is absent, empty, or was written by the same verb.
 * @param what the folder that the verb writes: "a claim page"
 * @throws AirdropError that names the foreign file
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
