import { relative } from "node:path"
import { AirdropError, type ErrorCode } from "../../core/primitives/error.ts"

/** Returns a path as error lines show it: relative to the working folder if that is shorter. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.length < path.length ? short : path
}

/**
 * Returns the system's error about reading a file as one line. Returns an error that is already one line unchanged.
 */
export function missingFile(path: string, error: unknown, hint?: string): AirdropError {
  if (error instanceof AirdropError) return error
  const system = error instanceof Error && "code" in error ? String(error.code) : ""
  const reasons: Readonly<Record<string, readonly [code: ErrorCode, reason: string]>> = {
    ENOENT: ["file-missing", "does not exist"],
    EISDIR: ["file-unreadable", "is a folder, not a file"],
    EACCES: ["file-unreadable", "cannot be read: permission denied"],
    Z_DATA_ERROR: ["file-format", "is not a gzip file, or is damaged"],
    Z_BUF_ERROR: ["file-format", "is a gzip file that ends too early"],
  }
  const other = error instanceof Error ? error.message : String(error)
  const [code, reason] = reasons[system] ?? ["file-unreadable", other]
  return new AirdropError(`${shownPath(path)}: ${reason}`, {
    code,
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  })
}
