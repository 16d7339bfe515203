import { readdir, stat } from "node:fs/promises"
import { basename, dirname, join, resolve } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { nearest } from "../../core/primitives/nearest.ts"
import type { Program } from "../../core/program/program.ts"
import { readJson } from "../../io/disk/read-json.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { parseProgram } from "../../core/sources/parse-program.ts"

/** A program and where it lives. */
export interface LoadedProgram {
  /** The absolute path of the program's folder. */
  readonly folder: string
  readonly name: string
  readonly program: Program
  /** SHA-256 of the files read, in hex, by name within the folder. */
  readonly hashes: Readonly<Record<string, string>>
}

const PROGRAMS = join(import.meta.dirname, "..", "..", "..", "programs")

/**
 * Reads program.json of a folder: a name is a folder of programs/, anything with a slash, or a name that is not
 * there, a path from where the user is.
 * @throws AirdropError with one `file:line: ...` for each fault
 */
export async function loadProgram(nameOrPath: string): Promise<LoadedProgram> {
  const folder = await programFolder(nameOrPath)
  const file = join(folder, "program.json")
  const { program, sha256 } = await readProgramFile(file)
  if (dirname(folder) === PROGRAMS && basename(folder) !== program.name) {
    throw new AirdropError(
      `${shownPath(file)}: the name is "${program.name}", the folder's is "${basename(folder)}"`,
      { code: "inconsistent" },
    )
  }
  return { folder, name: program.name, program, hashes: { "program.json": sha256 } }
}

/** Reads a program file in any folder. */
export async function readProgramFile(
  path: string,
): Promise<{ readonly program: Program; readonly sha256: string }> {
  const json = await readJson(
    path,
    "A program is a folder with a program.json: docs/formats.md describes it.",
  )
  return { program: parseProgram(json, shownPath(path)), sha256: json.sha256 }
}

async function programFolder(nameOrPath: string): Promise<string> {
  const named = join(PROGRAMS, nameOrPath)
  if (/^[a-z0-9][a-z0-9-]*$/.test(nameOrPath) && (await isFolder(named))) return named
  const path = resolve(nameOrPath)
  if (await isFolder(path)) return path
  if (basename(path) === "program.json") return dirname(path)
  const close = nearest(basename(nameOrPath), await programNames())
  throw new AirdropError(`there is no program "${nameOrPath}"`, {
    code: "unknown",
    hint:
      close === undefined
        ? "Name a folder of programs/, or give the path of a folder with a program.json."
        : `Did you mean ${close}?`,
  })
}

/** Returns the names of the folders of programs/. The npm package has none. */
async function programNames(): Promise<readonly string[]> {
  const entries = await readdir(PROGRAMS, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  )
}
