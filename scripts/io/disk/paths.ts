import { relative } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"

/** A path as error lines show it: relative to the working folder if that is shorter. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.length < path.length ? short : path
}

/** Turns the system's error on reading a file into one line; passes on what is already one. */
export function missingFile(path: string, error: unknown, hint?: string): AirdropError {
  if (error instanceof AirdropError) return error
  const code = error instanceof Error && "code" in error ? String(error.code) : ""
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "does not exist",
    EISDIR: "is a folder, not a file",
    EACCES: "cannot be read: permission denied",
    Z_DATA_ERROR: "is not a gzip file, or is damaged",
    Z_BUF_ERROR: "is a gzip file that ends too early",
  }
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error))
  return new AirdropError(`${shownPath(path)}: ${reason}`, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  })
}
