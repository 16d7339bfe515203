/** A file that an option names is looked at before it is written, so that no other file is lost. */
import { readdir, realpath, rm, stat } from "node:fs/promises"
import { existsSync } from "node:fs"
import { basename, dirname, join, resolve } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { RESERVED_FILES } from "../../core/program/reserved-files.ts"
import { requireFile } from "../../io/disk/input-file.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readTextIfAny, startOfFile } from "../../io/disk/read-file.ts"

/** A file of a publication is this deep in it at most. */
const LEVELS = 4

/** Says by the beginning of an existing file whether the verb wrote it. */
export type IsOwn = (start: string) => boolean

export interface OutputOptions {
  /** Replaces any other file, but never one of a program. */
  readonly force?: boolean | undefined
  /** The remedy for another file; --force by default. */
  readonly hint?: string
}

/**
 * Refuses to write where a program reads or publishes, and to replace a file that the verb did not write. A link is
 * judged by its own path and by what it leads to.
 * @throws AirdropError that names the file
 */
export async function requireOutput(path: string, isOwn: IsOwn, options: OutputOptions = {}): Promise<void> {
  for (const name of await namesOf(path)) {
    const role = await roleOf(name)
    if (role === undefined) continue
    throw new AirdropError(`${shownPath(path)} ${role}`, {
      code: "file-exists",
      hint: "Name another file to write.",
    })
  }
  await requireOwn(path, isOwn, options)
}

/**
 * Refuses to write a folder into a publication.
 * @throws AirdropError that names the folder
 */
export async function requireOutputFolder(path: string): Promise<void> {
  for (const name of await namesOf(path)) {
    let folder = dirname(name)
    for (let level = 0; level < LEVELS; level++, folder = dirname(folder)) {
      if (!existsSync(join(folder, "manifest.json"))) continue
      throw new AirdropError(`${shownPath(path)} is within a publication`, {
        code: "file-exists",
        hint: "Name another folder to write.",
      })
    }
  }
}

/** The beginning of a file that a verb writes, by the file's name. */
export type OwnFiles = Readonly<Record<string, IsOwn>>

/**
 * Refuses, before anything is written, to replace files of a folder that the verb did not write.
 * @throws AirdropError that names the first other file
 */
export async function requireOwnFiles(
  folder: string,
  own: OwnFiles,
  { force, hint = "Move it to another name. --force replaces it." }: OutputOptions = {},
): Promise<void> {
  for (const [name, isOwn] of Object.entries(own))
    await requireOwn(join(folder, name), isOwn, { force, hint })
}

/** As {@link requireOutput} of each file of a folder whose name fits, and of one new file of that name. */
export async function requireOwnNames(
  folder: string,
  example: string,
  names: RegExp,
  isOwn: IsOwn,
  hint: string,
): Promise<void> {
  const found: readonly string[] = await readdir(folder).catch(() => [])
  for (const name of [example, ...found.filter((other) => names.test(other))])
    await requireOutput(join(folder, name), isOwn, { hint })
}

/** Removes a file that an earlier run has written. Any other file of its name stays. */
export async function removeOwn(path: string, isOwn: IsOwn): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile() === true && isOwn(await startOfFile(path))) await rm(path)
}

async function requireOwn(
  path: string,
  isOwn: IsOwn,
  { force = false, hint = "--force replaces it." }: OutputOptions,
): Promise<void> {
  if ((await stat(path).catch(() => undefined)) === undefined) return
  await requireFile(path)
  if (force || isOwn(await startOfFile(path))) return
  throw new AirdropError(`${shownPath(path)} exists and was not written by this command`, {
    code: "file-exists",
    hint,
  })
}

/** Returns the absolute path, and the one to which links lead, as far as it exists. */
async function namesOf(path: string): Promise<readonly string[]> {
  const whole = resolve(path)
  let rest = ""
  for (let folder = whole; ; folder = dirname(folder)) {
    const real = await realpath(folder).catch(() => undefined)
    if (real !== undefined) return [whole, join(real, rest)]
    if (folder === dirname(folder)) return [whole]
    rest = join(basename(folder), rest)
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
    const program = await readTextIfAny(join(folder, "program.json")).catch(() => "")
    return program?.includes(JSON.stringify(name)) === true ? "is an input of the program" : undefined
  }
  return undefined
}
