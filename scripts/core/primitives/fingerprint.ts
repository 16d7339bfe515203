/**
 * Computes the fingerprint of a set of files: the output of `sha256sum FILES | sha256sum` for them in order of
 * name.
 */
import { sha256 } from "@noble/hashes/sha2.js"
import { toHex } from "./bytes.ts"

const encoder = new TextEncoder()

/** Returns the fingerprint in hex, with no 0x. */
export function fingerprintOf(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): string {
  const lines = [...files]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, bytes }) => `${toHex(sha256(bytes)).slice(2)}  ${name}\n`)
  return toHex(sha256(encoder.encode(lines.join("")))).slice(2)
}
