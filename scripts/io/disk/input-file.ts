import { stat } from "node:fs/promises"
import { AirdropError } from "../../core/primitives/error.ts"
import { missingFile, shownPath } from "./paths.ts"

/**
 * Refuses to read what is no ordinary file: a FIFO, a socket or a device may never end, and is gone once it is read.
 * @throws AirdropError that names the path
 */
export async function requireFile(path: string, hint?: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw missingFile(path, error, hint)
  })
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
