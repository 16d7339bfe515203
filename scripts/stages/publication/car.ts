/**
 * Writes a publication as a CAR, the archive that IPFS nodes import and gateways serve, straight from the list: the
 * files are made, hashed and packed one after the other, and none is written before. The settings are the
 * defaults of `ipfs add --cid-version 1`; each is written out, so that no new default changes a CID.
 */
import type { FileHandle } from "node:fs/promises"
import { CarWriter } from "@ipld/car"
import { importer } from "ipfs-unixfs-importer"
import { fixedSize } from "ipfs-unixfs-importer/chunker"
import { balanced } from "ipfs-unixfs-importer/layout"
import { CID } from "multiformats/cid"
import { invariant } from "../../core/primitives/error.ts"
import { writeAtomic } from "../../io/disk/atomic-write.ts"
import { countFiles, type Publication, publicationFiles } from "../../core/publication/published-files.ts"
import type { Progress } from "./publish.ts"
import { textHash } from "./text-hash.ts"

type BlockWriter = ReturnType<typeof CarWriter.create>["writer"]

const CAR_SETTINGS = {
  cidVersion: 1,
  rawLeaves: true,
  wrapWithDirectory: true,
  chunker: fixedSize({ chunkSize: 262_144 }),
  layout: balanced({ maxChildrenPerNode: 174 }),
} as const

/** A root that fills the header until the true one, of the same length, is known. */
const PLACEHOLDER = CID.parse("bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi")

/** Returns whether a file that begins so is an archive. */
export function isArchive(start: string): boolean {
  return start.slice(0, 16).includes("eroots")
}

/**
 * Writes the archive completely or not at all.
 * @returns the CID of the folder
 * @throws AirdropError if it cannot be written there, for example on a full disk
 */
export async function writeCar(
  path: string,
  publication: Publication,
  progress: Progress = () => undefined,
): Promise<string> {
  return await writeArchive(path, contents(publication, progress))
}

/** Returns the CID that the folder of a publication has, without writing it. */
export async function publicationCid(publication: Publication): Promise<string> {
  return await cidOfFiles(contents(publication, () => undefined))
}

/** A file of an archive. */
export interface ArchivedFile {
  readonly path: string
  readonly content: Uint8Array | Iterable<Uint8Array>
}

type ArchivedFiles = Iterable<ArchivedFile> | AsyncIterable<ArchivedFile>

/** Returns the CID of a folder of these files, without writing it. There must be at least one. */
export async function cidOfFiles(files: ArchivedFiles): Promise<string> {
  return (await rootOf(files, (cid) => Promise.resolve(cid))).toString()
}

/**
 * Writes an archive of any files, as {@link writeCar} does.
 * @returns the CID of their folder
 */
export async function writeArchive(path: string, files: ArchivedFiles): Promise<string> {
  return await writeAtomic(path, async (file) => {
    const root = await pack(file, files)
    await CarWriter.updateRootsInFile(file, [root])
    return root.toString()
  })
}

/** Packs and writes at the same time. Nothing is written after this has settled. */
async function pack(file: FileHandle, files: ArchivedFiles): Promise<CID> {
  const { writer, out } = CarWriter.create([PLACEHOLDER])
  let isStopped = false
  const write = async (): Promise<void> => {
    for await (const bytes of out) {
      if (isStopped) return
      await file.writeFile(bytes)
    }
  }
  const written = write()
  try {
    // After a failed write, packing would wait without end for its next block to be taken.
    const [root] = await Promise.all([packInto(writer, files), written])
    return root
  } finally {
    isStopped = true
  }
}

async function packInto(writer: BlockWriter, files: ArchivedFiles): Promise<CID> {
  const root = await rootOf(files, async (cid, bytes) => {
    await writer.put({ cid, bytes })
    return cid
  })
  await writer.close()
  return root
}

async function rootOf(
  files: ArchivedFiles,
  put: (cid: CID, bytes: Uint8Array) => Promise<CID>,
): Promise<CID> {
  let root: CID | undefined
  for await (const entry of importer(files, { put }, CAR_SETTINGS)) root = entry.cid
  invariant(root !== undefined, "a folder without files has no CID")
  return root
}

function* contents(publication: Publication, progress: Progress): Generator<ArchivedFile> {
  const total = countFiles(publication)
  let done = 0
  for (const { path, pieces } of publicationFiles(publication, textHash)) {
    // Taken at once: the importer works on several files at a time, and the next may only follow this one.
    yield { path, content: Array.from(pieces, (piece) => Buffer.from(piece)) }
    progress(++done, total)
  }
}
