/**
 * snapshot.proof: the evidence of a snapshot in one compact file.
 *
 *   8 bytes   "AIRDROP" and the version, 1
 *   ...       brotli of: the header's fields as JSON, the number of trie nodes and those, the number of codes and
 *             those; each piece preceded by its length; all lengths and numbers 4 bytes, big-endian
 *   32 bytes  keccak256 of everything before
 */
import { readBytes } from "../../io/disk/read-file.ts"
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Evidence } from "../../core/evidence/verify-evidence.ts"
import { concatBytes, equalBytes } from "../../core/primitives/bytes.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"

const MAGIC = Uint8Array.of(0x41, 0x49, 0x52, 0x44, 0x52, 0x4f, 0x50, 1)
const HASH_SIZE = 32
/** A bound against files that unpack without end, in bytes. Evidence of real networks is far smaller. */
const MAX_UNPACKED = 1 << 29

/**
 * Reads snapshot.proof.
 * @throws AirdropError if it cannot be read or a byte of it was changed
 */
export async function readEvidence(path: string): Promise<Evidence> {
  return unpackEvidence(await readBytes(path, "snapshot --prove writes it."), path)
}

export function packEvidence(evidence: Evidence): Uint8Array {
  const plain = plainOf(evidence)
  const packed = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  })
  const body = concatBytes([MAGIC, packed])
  return concatBytes([body, keccak256(body)])
}

function plainOf({ header, nodes, codes }: Evidence): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  return concatBytes([...sized(json), ...counted(nodes), ...counted(codes)])
}

/** Unpacks brotli that ends where its input ends. */
function unpack(packed: Uint8Array): Uint8Array {
  // @types/node does not know the form that "info" returns.
  const { buffer, engine } = brotliDecompressSync(packed, {
    maxOutputLength: MAX_UNPACKED,
    info: true,
  }) as unknown as { buffer: Uint8Array; engine: { bytesWritten: number } }
  if (engine.bytesWritten !== packed.length)
    throw new RangeError("bytes are left over after the packed content")
  return new Uint8Array(buffer)
}

/** As {@link readEvidence}, from the file's bytes; `path` is for error lines. */
export function unpackEvidence(bytes: Uint8Array, path: string): Evidence {
  const fail = (text: string, cause?: unknown): never => {
    throw new AirdropError(`${path}: ${text}`, { code: "mismatch", cause })
  }
  const end = bytes.length - HASH_SIZE
  if (end < MAGIC.length || !equalBytes(bytes.subarray(0, MAGIC.length), MAGIC))
    fail("is not evidence of a snapshot")
  if (!equalBytes(keccak256(bytes.subarray(0, end)), new Uint8Array(bytes.subarray(end)))) {
    fail("has been changed or cut off: its content does not hash to its last 32 bytes")
  }
  try {
    const packed = bytes.subarray(MAGIC.length, end)
    const plain = unpack(packed)
    const evidence = readParts(plain)
    if (!equalBytes(plainOf(evidence), plain)) throw new RangeError("its header is not in canonical form")
    return evidence
  } catch (cause) {
    return fail("cannot be unpacked", cause)
  }
}

function readParts(plain: Uint8Array): Evidence {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength)
  let at = 0
  const number = (): number => {
    at += 4
    return view.getUint32(at - 4)
  }
  const piece = (): Uint8Array => {
    const size = number()
    if (at + size > plain.length) throw new RangeError("a piece is longer than the file")
    at += size
    return plain.slice(at - size, at)
  }
  const list = (): Uint8Array[] => Array.from({ length: number() }, piece)
  const header = JSON.parse(new TextDecoder().decode(piece())) as Record<string, string>
  const evidence = { header, nodes: list(), codes: list() }
  if (at !== plain.length) throw new RangeError("bytes are left over")
  return evidence
}

function counted(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  return [uint32(pieces.length), ...pieces.flatMap(sized)]
}

function sized(piece: Uint8Array): readonly Uint8Array[] {
  return [uint32(piece.length), piece]
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
