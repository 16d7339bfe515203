/**
 * Writes a publication as a CAR, the archive that IPFS nodes import and gateways serve, straight from the list: the
 * files are made, hashed and packed one after the other, and none is written before. The settings are the
 * defaults of `ipfs add --cid-version 1`; each is written out, so that no new default changes a CID.
 */
import { randomUUID } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir, open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { CarWriter } from "@ipld/car"
import { importer } from "ipfs-unixfs-importer"
import { fixedSize } from "ipfs-unixfs-importer/chunker"
import { balanced } from "ipfs-unixfs-importer/layout"
import { CID } from "multiformats/cid"
import { invariant } from "../core/error.ts"
import { countFiles, type Publication, publicationFiles } from "./publication.ts"
import type { Progress } from "./publish.ts"

export const CAR_SETTINGS = {
  cidVersion: 1,
  rawLeaves: true,
  wrapWithDirectory: true,
  chunker: fixedSize({ chunkSize: 262_144 }),
  layout: balanced({ maxChildrenPerNode: 174 }),
} as const

/** Stands in the header until the true root is known, which has the same length. */
const PLACEHOLDER = CID.parse("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi")

/**
 * Writes the archive, whole or not at all.
 * @returns the CID of the folder
 */
export async function writeCar(
  path: string,
  publication: Publication,
  progress: Progress = () => undefined,
): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    const root = await pack(temporary, publication, progress)
    const file = await open(temporary, "r+")
    try {
      await CarWriter.updateRootsInFile(file, [root])
    } finally {
      await file.close()
    }
    await rename(temporary, path)
    return root.toString()
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function pack(path: string, publication: Publication, progress: Progress): Promise<CID> {
  const { writer, out } = CarWriter.create([PLACEHOLDER])
  const written = pipeline(Readable.from(out), createWriteStream(path))
  const blocks = {
    put: async (cid: CID, bytes: Uint8Array): Promise<CID> => {
      await writer.put({ cid, bytes })
      return cid
    },
  }
  let root: CID | undefined
  for await (const entry of importer(contents(publication, progress), blocks, CAR_SETTINGS)) root = entry.cid
  await writer.close()
  await written
  invariant(root !== undefined, "an archive has no root")
  return root
}

function* contents(
  publication: Publication,
  progress: Progress,
): Generator<{ path: string; content: Iterable<Uint8Array> }> {
  const total = countFiles(publication)
  let done = 0
  for (const { path, pieces } of publicationFiles(publication)) {
    // Taken at once: the importer works on several files at a time, and the next may only follow this one.
    yield { path, content: Array.from(pieces, (piece) => Buffer.from(piece)) }
    progress(++done, total)
  }
}
