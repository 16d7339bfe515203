/**
 * Keccak-256 for check.js. A worker may compile WebAssembly, which is six times as fast, where its host sends no policy
 * that forbids it; the page itself may not. The digests are the same.
 */
import { createKeccak } from "hash-wasm"
import { keccak256 as plain } from "../keccak.ts"

type Keccak = (bytes: Uint8Array) => Uint8Array

let chosen: Keccak = plain

/** Compiles the fast one, where that is allowed. */
export async function compileKeccak(): Promise<void> {
  const hasher = await createKeccak(256).catch(() => undefined)
  if (hasher !== undefined) chosen = (bytes) => hasher.init().update(bytes).digest("binary")
}

/** Hashes bytes of any length to a new array of 32. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return chosen(bytes)
}
