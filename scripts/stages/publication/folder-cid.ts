/** The CID and the archive of a folder, made from its files on disk. */
import { readdir } from "node:fs/promises"
import { join, relative, sep } from "node:path"
import { readBytes } from "../../io/disk/read-file.ts"
import { ATTESTATIONS_FILE } from "../../core/statements/attestation.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { cidOfFiles, writeArchive, type ArchivedFile } from "./car.ts"
import { filesIn } from "./survey-folder.ts"

/**
 * Hashes a folder as the archive of it would be: without attestations, which come after the list is announced.
 * @param leftOut folders within it that are not part of it, such as the reserve within the automatic tranche
 */
export async function folderCid(folder: string, leftOut: readonly string[]): Promise<string> {
  const paths = filesIn(folder, leftOut).filter((path) => path !== ATTESTATIONS_FILE)
  if (paths.length === 0) throw new AirdropError(`${folder} is empty`, { code: "file-missing" })
  return await cidOfFiles(contents(folder, paths))
}

/**
 * Writes an archive of everything in a folder.
 * @returns its CID
 */
export async function writeFolderCar(path: string, folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join("/"))
  return await writeArchive(path, contents(folder, paths.sort()))
}

async function* contents(folder: string, paths: readonly string[]): AsyncGenerator<ArchivedFile> {
  for (const path of paths) yield { path, content: await readBytes(join(folder, path)) }
}
