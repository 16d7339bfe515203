/** attestations.jsonl, beside program.json and copied into the publication. */
import { join } from "node:path"
import { parseLines } from "../../core/files/json-lines.ts"
import { decodeUtf8 } from "../../core/files/parsed-json.ts"
import {
  ATTESTATIONS_FILE,
  formatAttestation,
  parseAttestationLine,
  type AttestationEntry,
} from "../../core/statements/attestation.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import { appendFlushed } from "../../io/disk/flush.ts"
import { withLock } from "../../io/disk/lock.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readBytesIfAny } from "../../io/disk/read-file.ts"

/**
 * Reads the attestations in a folder; a file that does not exist holds none.
 * @throws AirdropError with one `file:line: …` for each fault of form
 */
export async function readAttestations(folder: string): Promise<readonly AttestationEntry[]> {
  const path = join(folder, ATTESTATIONS_FILE)
  const bytes = await readBytesIfAny(path)
  if (bytes === undefined) return []
  return parseLines(decodeUtf8(bytes, shownPath(path)), shownPath(path), parseAttestationLine)
}

/**
 * Adds an entry beside program.json and copies the file into the publication.
 * @param judge is given all entries with the new one, and throws to add none
 */
export async function addAttestation(
  { program, published }: { readonly program: string; readonly published: string },
  entry: AttestationEntry,
  judge: (entries: readonly AttestationEntry[]) => void,
): Promise<void> {
  const path = join(program, ATTESTATIONS_FILE)
  await withLock(`${path}.lock`, async () => {
    judge([...(await readAttestations(program)), entry])
    await appendFlushed(path, `${formatAttestation(entry)}\n`)
    await publishAttestations(program, published)
  })
}

/** Copies the attestations of a program into its publication, if there are any. */
export async function publishAttestations(program: string, published: string): Promise<void> {
  const bytes = await readBytesIfAny(join(program, ATTESTATIONS_FILE))
  if (bytes !== undefined) await writeFileAtomic(join(published, ATTESTATIONS_FILE), bytes)
}
