/** A file that an option names is looked at before it is written, so that no other file is lost. */
import { open, readFile, stat } from "node:fs/promises"
import { existsSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { RESERVED_FILES } from "../../core/program/reserved-files.ts"
import { requireFile } from "../../io/disk/input-file.ts"
import { shownPath } from "../../io/disk/paths.ts"

/** The number of leading bytes that identify an existing file. */
const START = 4096
/** A file of a publication is this deep in it at most. */
const LEVELS = 4

/**
 * Refuses to write where a program reads or publishes, and to replace a file that the verb did not write.
 * @param isOwn says by the beginning of an existing file whether the verb wrote it
 * @param force replaces any other file, but never one of a program
 * @throws AirdropError that names the file
 */
export async function requireOutput(
  path: string,
  isOwn: (start: string) => boolean,
  force = false,
): Promise<void> {
  const role = await roleOf(resolve(path))
  if (role !== undefined) {
    throw new AirdropError(`${shownPath(path)} ${role}`, {
      code: "file-exists",
      hint: "Name another file to write.",
    })
  }
  if ((await stat(path).catch(() => undefined)) === undefined) return
  await requireFile(path)
  if (force || isOwn(await startOf(path))) return
  throw new AirdropError(`${shownPath(path)} exists and was not written by this command`, {
    code: "file-exists",
    hint: "--force replaces it.",
  })
}

/** By file name, a test of a file's first characters: whether the verb wrote it. */
export type OwnFiles = Readonly<Record<string, (start: string) => boolean>>

/**
 * Refuses, before anything is written, to replace files of a folder that the verb did not write.
 * @param own says by the beginning of each existing file whether the verb wrote it
 * @throws AirdropError that names the first other file
 */
export async function requireOwnFiles(folder: string, own: OwnFiles, force = false): Promise<void> {
  for (const [name, isOwn] of Object.entries(own)) {
    const path = join(folder, name)
    if ((await stat(path).catch(() => undefined)) === undefined) continue
    await requireFile(path)
    if (force || isOwn(await startOf(path))) continue
    throw new AirdropError(`${shownPath(path)} exists and was not written by this command`, {
      code: "file-exists",
      hint: "Move it to another name. --force replaces it.",
    })
  }
}

/** Returns what a path is in a program or a publication; undefined if it is in neither. */
async function roleOf(path: string): Promise<string | undefined> {
  let folder = dirname(path)
  for (let level = 0; level < LEVELS; level++, folder = dirname(folder)) {
    if (existsSync(join(folder, "manifest.json"))) return "belongs to a publication"
    if (!existsSync(join(folder, "program.json"))) continue
    const name = basename(path)
    if (folder !== dirname(path)) return undefined
    if (RESERVED_FILES.has(name.toLowerCase())) return "is a file of the program"
    const program = await readFile(join(folder, "program.json"), "utf8").catch(() => "")
    return program.includes(JSON.stringify(name)) ? "is an input of the program" : undefined
  }
  return undefined
}

async function startOf(path: string): Promise<string> {
  const file = await open(path, "r")
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(START), 0, START, 0)
    return buffer.toString("latin1", 0, bytesRead)
  } finally {
    await file.close()
  }
}
