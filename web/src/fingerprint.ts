import { fingerprintOf } from "../../scripts/core/primitives/fingerprint.ts"
import type { DataSource } from "./data/source.ts"

/** Computes the fingerprint of the page's files as served; undefined if one is missing. @throws DataUnreachable */
export async function readFingerprint(
  source: DataSource,
  names: readonly string[],
): Promise<string | undefined> {
  const files = await Promise.all(names.map(async (name) => ({ name, bytes: await source.read(name) })))
  const present = files.flatMap(({ name, bytes }) => (bytes === undefined ? [] : [{ name, bytes }]))
  return present.length === names.length ? fingerprintOf(present) : undefined
}
