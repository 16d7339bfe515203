/**
 * The format of snapshot.proof, the evidence of a snapshot in one compact file.
 *
 *   8 bytes   "AIRDROP" and the version, 1
 *   ...       zlib (RFC 1950) of: the header's fields as JSON, the number of trie nodes and those, the number of codes
 *             and those; each piece preceded by its length; all lengths and numbers 4 bytes, big-endian
 *   32 bytes  keccak256 of everything before
 */
import { concatBytes, equalBytes } from "../primitives/bytes.ts"
import { AirdropError } from "../primitives/error.ts"
import { keccak256 } from "../primitives/keccak.ts"
import { counted, readPieces, sized } from "../primitives/pieces.ts"
import type { Evidence } from "./verify-evidence.ts"

const MAGIC = Uint8Array.of(0x41, 0x49, 0x52, 0x44, 0x52, 0x4f, 0x50, 1)
const HASH_SIZE = 32

/** The largest evidence in bytes: a bound against files that unpack without end. Real evidence is far smaller. */
export const MOST_EVIDENCE = 1 << 29

/** Returns the content of a file of evidence, which is packed before it is {@link sealed}. */
export function evidenceBytes({ header, nodes, codes }: Evidence): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  return concatBytes([...sized(json), ...counted(nodes), ...counted(codes)])
}

/** Returns the file around packed content. */
export function sealed(packed: Uint8Array): Uint8Array {
  const body = concatBytes([MAGIC, packed])
  return concatBytes([body, keccak256(body)])
}

/**
 * Returns the packed content of a file of evidence.
 * @param file its name for error lines
 * @throws AirdropError if a byte of it was changed
 */
export function packedContent(bytes: Uint8Array, file: string): Uint8Array {
  const end = bytes.length - HASH_SIZE
  if (end < MAGIC.length || !equalBytes(bytes.subarray(0, MAGIC.length), MAGIC))
    throw new AirdropError(`${file}: is not evidence of a snapshot`, { code: "mismatch" })
  if (!equalBytes(keccak256(bytes.subarray(0, end)), new Uint8Array(bytes.subarray(end)))) {
    throw new AirdropError(
      `${file}: has been changed or cut off: its content does not hash to its last 32 bytes`,
      { code: "mismatch" },
    )
  }
  return bytes.subarray(MAGIC.length, end)
}

/**
 * Reads unpacked evidence.
 * @throws RangeError if it is not in the one form that {@link evidenceBytes} writes
 */
export function parseEvidence(plain: Uint8Array): Evidence {
  const evidence = readParts(plain)
  if (!equalBytes(evidenceBytes(evidence), plain)) throw new RangeError("its header is not in canonical form")
  return evidence
}

/** Returns the error for content that could not be unpacked. */
export function notUnpacked(file: string, cause: unknown): AirdropError {
  return new AirdropError(`${file}: cannot be unpacked`, { code: "mismatch", cause })
}

function readParts(plain: Uint8Array): Evidence {
  return readPieces(plain, ({ piece, list }) => {
    const header = JSON.parse(new TextDecoder().decode(piece())) as Record<string, string>
    return { header, nodes: list(), codes: list() }
  })
}
