/**
 * Keccak-256 for the page, in the place of scripts/core/primitives/keccak.ts: that one compiles WebAssembly, which a
 * strict Content-Security-Policy forbids and a classic script cannot await. Everything built on it is the same.
 */
import { keccak_256 } from "@noble/hashes/sha3.js"

/** Hashes bytes of any length to a new array of 32. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes)
}
