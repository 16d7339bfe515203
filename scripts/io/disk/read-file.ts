/** The one way to read a file whole: what is no ordinary file is refused, and every fault names the path. */
import { open, readFile } from "node:fs/promises"
import { requireFile, requireFileIfAny } from "./input-file.ts"
import { missingFile } from "./paths.ts"

/** Reads a file. @throws AirdropError that names the path */
export async function readBytes(path: string, hint?: string): Promise<Buffer> {
  await requireFile(path, hint)
  return await readFile(path).catch((error: unknown) => {
    throw missingFile(path, error, hint)
  })
}

/** Reads a file as UTF-8. @throws AirdropError that names the path */
export async function readText(path: string, hint?: string): Promise<string> {
  return (await readBytes(path, hint)).toString("utf8")
}

/** Reads bytes like {@link readBytes}; undefined if there is no such file. */
export async function readBytesIfAny(path: string): Promise<Buffer | undefined> {
  await requireFileIfAny(path)
  try {
    return await readFile(path)
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw missingFile(path, error)
  }
}

/** Reads text like {@link readText}; undefined if there is no such file. */
export async function readTextIfAny(path: string): Promise<string | undefined> {
  return (await readBytesIfAny(path))?.toString("utf8")
}

/** The number of leading bytes that identify a file. */
const START = 4096

/** Reads the beginning of a file, a character for each byte. */
export async function startOfFile(path: string): Promise<string> {
  await requireFile(path)
  const file = await open(path, "r")
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START), 0, START, 0)
    return buffer.toString("latin1", 0, bytesRead)
  } finally {
    await file.close()
  }
}
