/** The CID that a published folder has in IPFS, computed from the files on disk. */
import { join } from "node:path"
import { importer } from "ipfs-unixfs-importer"
import type { CID } from "multiformats/cid"
import { readBytes } from "../../io/disk/read-file.ts"
import { ATTESTATIONS_FILE } from "../../core/statements/attestation.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { CAR_SETTINGS } from "./car.ts"
import { filesIn } from "./survey-folder.ts"

/**
 * Hashes a folder as the archive of it would be: without attestations, which come after the list is announced.
 * @param leftOut folders within it that are not part of it, such as the reserve within the automatic tranche
 */
export async function folderCid(folder: string, leftOut: readonly string[]): Promise<string> {
  const blocks = { put: (cid: CID): Promise<CID> => Promise.resolve(cid) }
  let root: CID | undefined
  const paths = filesIn(folder, leftOut).filter((path) => path !== ATTESTATIONS_FILE)
  for await (const entry of importer(contents(folder, paths), blocks, CAR_SETTINGS)) root = entry.cid
  if (root === undefined) throw new AirdropError(`${folder} is empty`, { code: "file-missing" })
  return root.toString()
}

async function* contents(
  folder: string,
  paths: readonly string[],
): AsyncGenerator<{ path: string; content: Uint8Array }> {
  for (const path of paths) yield { path, content: await readBytes(join(folder, path)) }
}
