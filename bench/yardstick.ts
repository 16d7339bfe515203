/**
 * What this machine does in a second at this moment, measured in the run that it is compared with: limits are held
 * against it, so that a slower or a busy machine does not fail them.
 */
import { mkdtemp, rm } from "node:fs/promises"
import { writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { keccak256 } from "../scripts/core/primitives/keccak.ts"

const HASHES = 1_000_000
const FILES = 5_000
/** Bytes: the size of a claim file. */
const FILE_BYTES = 1_500

/** Hashes of 64 bytes a second, on one thread, with hash-wasm. */
export function keccaksPerSecond(): number {
  const block = new Uint8Array(64)
  const start = performance.now()
  for (let i = 0; i < HASHES; i++) {
    block[i & 63] = i & 255
    keccak256(block)
  }
  return (1000 * HASHES) / (performance.now() - start)
}

/** Plain writes of small new files a second, into one folder of the temporary disk. */
export async function filesPerSecond(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "airdrop-bench-"))
  try {
    const text = "x".repeat(FILE_BYTES)
    const start = performance.now()
    for (let i = 0; i < FILES; i++) writeFileSync(join(folder, `${i}.json`), text)
    return (1000 * FILES) / (performance.now() - start)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
