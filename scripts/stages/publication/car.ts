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
import { AirdropError, invariant } from "../../core/primitives/error.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { countFiles, type Publication, publicationFiles } from "./published-files.ts"
import type { Progress } from "./publish.ts"

type BlockWriter = ReturnType<typeof CarWriter.create>["writer"]

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
 * @throws AirdropError (exit 1) if it cannot be written there, the disk being full for example
 */
export async function writeCar(
  path: string,
  publication: Publication,
  progress: Progress = () => undefined,
): Promise<string> {
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await mkdir(dirname(path), { recursive: true })
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
    await rm(temporary, { force: true }).catch(() => undefined)
    throw isOfSystem(error) ? unwritable(path, error) : error
  }
}

/** True for what reading and writing files throws. */
function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error
}

function unwritable(path: string, cause: NodeJS.ErrnoException): AirdropError {
  return new AirdropError(`${shownPath(path)} cannot be written: ${cause.message}`, {
    cause,
    exit: 1,
    hint: "See that there is room and leave to write, or write it elsewhere: --car FILE.",
  })
}

/** Packs and writes at the same time. Nothing is written any more once this has settled. */
async function pack(path: string, publication: Publication, progress: Progress): Promise<CID> {
  const { writer, out } = CarWriter.create([PLACEHOLDER])
  const stop = new AbortController()
  const written = pipeline(Readable.from(out), createWriteStream(path), { signal: stop.signal })
  try {
    // Where writing fails, packing waits for ever for somebody to take what is packed.
    const [root] = await Promise.all([packInto(writer, publication, progress), written])
    return root
  } catch (error) {
    stop.abort()
    await written.catch(() => undefined)
    throw error
  }
}

async function packInto(writer: BlockWriter, publication: Publication, progress: Progress): Promise<CID> {
  const blocks = {
    put: async (cid: CID, bytes: Uint8Array): Promise<CID> => {
      await writer.put({ cid, bytes })
      return cid
    },
  }
  let root: CID | undefined
  for await (const entry of importer(contents(publication, progress), blocks, CAR_SETTINGS)) root = entry.cid
  await writer.close()
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
