import { getSystemErrorMessage } from "node:util"
import { AirdropError } from "../../core/primitives/error.ts"
import { shownPath } from "./paths.ts"
import { targetOf } from "./temporary.ts"

/**
 * Returns one line for an operation on a file that the system refused, with the name that the file was to have.
 * Returns undefined for any other error.
 */
export function fileFault(error: unknown): AirdropError | undefined {
  if (!(error instanceof Error) || !("path" in error) || !("errno" in error)) return undefined
  const { errno } = error
  const path = "dest" in error ? error.dest : error.path
  if (typeof path !== "string" || typeof errno !== "number") return undefined
  return new AirdropError(`${shownPath(withoutTemporary(path))}: ${getSystemErrorMessage(errno)}`, {
    code: "file-unreadable",
    cause: error,
  })
}

/** Returns the error of a write. A system error becomes one line that names the file; any other is unchanged. */
export function writeFault(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("errno" in error) || !("syscall" in error)) return error
  const { errno } = error
  const reason = typeof errno === "number" ? getSystemErrorMessage(errno) : error.message
  return new AirdropError(`${shownPath(path)} cannot be written: ${reason}`, {
    code: "write-failed",
    hint: "Make room or allow writing there, then run the same command again.",
    cause: error,
  })
}

/** Replaces a temporary in a path, which may be the folder of the file, by its target. */
function withoutTemporary(path: string): string {
  return path.split("/").map(targetOf).join("/")
}
