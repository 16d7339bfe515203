/** Reads and packs snapshot.proof. */
import { deflateSync, inflateSync, constants } from "node:zlib"
import {
  evidenceBytes,
  MOST_EVIDENCE,
  notUnpacked,
  packedContent,
  parseEvidence,
  sealed,
} from "../../core/evidence/evidence-format.ts"
import type { Evidence } from "../../core/evidence/verify-evidence.ts"
import { readBytes } from "../../io/disk/read-file.ts"

/**
 * Reads snapshot.proof.
 * @throws AirdropError if it cannot be read or a byte of it was changed
 */
export async function readEvidence(path: string): Promise<Evidence> {
  return unpackEvidence(await readBytes(path, "snapshot --prove writes it."), path)
}

/** Returns the file of evidence. */
export function packEvidence(evidence: Evidence): Uint8Array {
  return sealed(deflateSync(evidenceBytes(evidence), { level: constants.Z_BEST_COMPRESSION }))
}

/** As {@link readEvidence}, from the file's bytes; `path` is for error lines. */
export function unpackEvidence(bytes: Uint8Array, path: string): Evidence {
  const packed = packedContent(bytes, path)
  try {
    return parseEvidence(unpack(packed))
  } catch (cause) {
    throw notUnpacked(path, cause)
  }
}

/** Unpacks content that ends where its input ends. */
function unpack(packed: Uint8Array): Uint8Array {
  // @types/node does not know the form that "info" returns.
  const { buffer, engine } = inflateSync(packed, {
    maxOutputLength: MOST_EVIDENCE,
    info: true,
  }) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } }
  if (engine.bytesWritten !== packed.length)
    throw new RangeError("bytes are left over after the packed content")
  return new Uint8Array(buffer)
}
