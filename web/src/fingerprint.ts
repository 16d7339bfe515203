/** A fingerprint of the page: what `sha256sum FILES | sha256sum` prints for its files in the order of their names. */
import { sha256 } from "@noble/hashes/sha2.js"
import { toHex } from "../../scripts/core/hex.ts"
import type { DataSource } from "./data/source.ts"

const encoder = new TextEncoder()

export function fingerprintOf(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): string {
  const lines = files
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, bytes }) => `${toHex(sha256(bytes)).slice(2)}  ${name}\n`)
  return toHex(sha256(encoder.encode(lines.join("")))).slice(2)
}

/** Reads the page's files as they were served. @throws DataUnreachable; undefined if one is missing */
export async function readFingerprint(source: DataSource, names: readonly string[]): Promise<string | undefined> {
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await source.read(name) })))
  const present = files.flatMap(({ name, bytes }) => (bytes === undefined ? [] : [{ name, bytes }]))
  return present.length === names.length ? fingerprintOf(present) : undefined
}
