import type { Stats } from "node:fs"
import { stat } from "node:fs/promises"
import { AirdropError } from "../../core/primitives/error.ts"
import { missingFile, shownPath } from "./paths.ts"

/**
 * Throws if a path is not an ordinary file. A FIFO, a socket or a device may never end and can be read only once.
 * @throws AirdropError that names the path
 */
export async function requireFile(path: string, hint?: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw missingFile(path, error, hint)
  })
  refuseSpecial(path, found, hint)
}

/** Throws like {@link requireFile}, but accepts a missing file, which its reader reports itself. */
export async function requireFileIfAny(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined) refuseSpecial(path, found)
}

function refuseSpecial(path: string, found: Stats, hint?: string): void {
  if (found.isFile()) return
  const kind = found.isDirectory()
    ? "a folder, not a file"
    : found.isFIFO()
      ? "a FIFO, not a file"
      : found.isSocket()
        ? "a socket, not a file"
        : "a device, not a file"
  throw new AirdropError(`${shownPath(path)}: is ${kind}`, {
    code: "file-unreadable",
    hint: hint ?? "Write its content to a file, and name that.",
  })
}
