import { getSystemErrorMessage } from "node:util"
import { AirdropError } from "../../core/primitives/error.ts"
import { shownPath } from "./paths.ts"

/** What names of files have while they are written. */
const TEMPORARY = /\.[0-9a-f]{8}-[0-9a-f-]{27}(\.(new|old))?\.tmp$/

/**
 * What the operating system refuses to do with a file (a folder that may not be written, a full disk), as one line that
 * names the file by the name that it was to have; undefined for any other error.
 */
export function fileFault(error: unknown): AirdropError | undefined {
  if (!(error instanceof Error) || !("path" in error) || !("errno" in error)) return undefined
  const { errno } = error
  const path = "dest" in error ? error.dest : error.path
  if (typeof path !== "string" || typeof errno !== "number") return undefined
  const shown = shownPath(path.replace(TEMPORARY, ""))
  return new AirdropError(`${shown}: ${getSystemErrorMessage(errno)}`, { cause: error })
}
