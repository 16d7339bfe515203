/**
 * snapshot.anchor: the tie of a snapshot to Ethereum in one compact file.
 *
 *   8 bytes   "ANCHOR", zero and the version, 1
 *   ...       zlib of: the Ethereum header; the number of trie nodes and those; the number of headers and those; each
 *             piece preceded by its length; all lengths and numbers 4 bytes, big-endian
 *   32 bytes  SHA-256 of everything before
 *
 * zlib and SHA-256, because Python has them and verify.py reads the file too.
 */
import { createHash } from "node:crypto"
import { deflateSync, inflateSync } from "node:zlib"
import type { Anchor } from "../../core/evidence/anchor.ts"
import { concatBytes, equalBytes } from "../../core/primitives/bytes.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { readBytes } from "../../io/disk/read-file.ts"
import { counted, readPieces, sized } from "../../core/primitives/pieces.ts"

const MAGIC = Uint8Array.of(0x41, 0x4e, 0x43, 0x48, 0x4f, 0x52, 0, 1)
const HASH_SIZE = 32
/** A bound against files that unpack without end, in bytes: twice what the most headers take. */
const MAX_UNPACKED = 1 << 24

/**
 * Reads snapshot.anchor.
 * @throws AirdropError if it cannot be read or a byte of it was changed
 */
export async function readAnchor(path: string): Promise<Anchor> {
  return unpackAnchor(await readBytes(path, "./airdrop anchor writes it."), path)
}

export function packAnchor({ l1Header, nodes, headers }: Anchor): Uint8Array {
  const plain = concatBytes([...sized(l1Header), ...counted(nodes), ...counted(headers)])
  const body = concatBytes([MAGIC, deflateSync(plain, { level: 9 })])
  return concatBytes([body, sha256(body)])
}

/** As {@link readAnchor}, from the file's bytes; `path` is for error lines. */
export function unpackAnchor(bytes: Uint8Array, path: string): Anchor {
  const fail = (text: string, cause?: unknown): never => {
    throw new AirdropError(`${path}: ${text}`, { code: "mismatch", cause })
  }
  const end = bytes.length - HASH_SIZE
  if (end < MAGIC.length || !equalBytes(bytes.subarray(0, MAGIC.length), MAGIC))
    fail("is not a snapshot's anchor")
  if (!equalBytes(sha256(bytes.subarray(0, end)), new Uint8Array(bytes.subarray(end)))) {
    fail("has been changed or cut off: the SHA-256 of its content is not its last 32 bytes")
  }
  try {
    return readPieces(inflate(bytes.subarray(MAGIC.length, end)), ({ piece, list }) => ({
      l1Header: piece(),
      nodes: list(),
      headers: list(),
    }))
  } catch (cause) {
    return fail("cannot be unpacked", cause)
  }
}

/** Unpacks a stream that ends where its input ends. */
function inflate(packed: Uint8Array): Uint8Array {
  // @types/node does not know the form that "info" returns.
  const { buffer, engine } = inflateSync(packed, {
    maxOutputLength: MAX_UNPACKED,
    info: true,
  }) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } }
  if (engine.bytesWritten !== packed.length)
    throw new RangeError("bytes are left over after the packed content")
  return new Uint8Array(buffer)
}

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest())
}
