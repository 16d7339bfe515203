import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readJson } from "../../io/disk/read-json.ts"
import { snapshotOf, snapshotText } from "../../core/snapshot/snapshot-json.ts"
import type { Snapshot } from "../../core/snapshot/snapshot.ts"

/** A snapshot.json that was read. */
export interface SnapshotFile {
  readonly snapshot: Snapshot
  /** SHA-256 of the file, in hex. */
  readonly sha256: string
}

/**
 * Reads snapshot.json.
 * @throws AirdropError that names the file and the field
 */
export async function readSnapshot(path: string): Promise<Snapshot> {
  return (await readSnapshotFile(path)).snapshot
}

/** As {@link readSnapshot}, with the hash of what was read. */
export async function readSnapshotFile(path: string): Promise<SnapshotFile> {
  const json = await readJson(path, "./airdrop snapshot takes one.")
  return { snapshot: snapshotOf(json, shownPath(path)), sha256: json.sha256 }
}

/** Writes snapshot.json completely or not at all. */
export async function writeSnapshot(path: string, value: Snapshot): Promise<void> {
  await writeFileAtomic(path, snapshotText(value))
}
