/**
 * Keccak-256 for the page. It replaces scripts/core/primitives/keccak.ts, which compiles WebAssembly: a strict
 * Content-Security-Policy forbids that, and a classic script cannot await it. Everything built on it is the same.
 */
import { keccak_256 } from "@noble/hashes/sha3.js"

/** Hashes bytes of any length to a new array of 32. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes)
}
