import type { LoadedInputs } from "../../../scripts/core/allocation/read-inputs.ts"
import { SnapshotMismatch, verifySnapshotEvidence } from "../../../scripts/core/evidence/verify-evidence.ts"
import { createFindings } from "../../../scripts/core/files/findings.ts"
import type { Contents } from "../../../scripts/core/publication/page-contents.ts"
import type { CheckContext, ProveSnapshot } from "./lines.ts"
import type { PageInputs } from "./page-files.ts"
import { readEvidence } from "./tables.ts"

const EVIDENCE = "snapshot.proof"

/**
 * Proves the snapshot from the hash of its block on, where evidence is published.
 * @returns a promise that settles when the proof has ended; the function itself ends once it has begun
 */
export async function checkEvidence(
  { end, progress, prove, signal }: CheckContext,
  files: PageInputs,
  contents: Contents,
  { snapshot }: LoadedInputs,
): Promise<{ readonly proven: Promise<void> }> {
  const none = Promise.resolve()
  if (snapshot === undefined) return { proven: none }
  if (!contents.inputs.includes(EVIDENCE)) {
    end({ name: "evidence", verdict: "none", count: 0, findings: [] })
    return { proven: none }
  }
  const findings = createFindings()
  const bytes = await findings.trying(EVIDENCE, async () => await files.read(EVIDENCE))
  if (bytes === undefined) {
    end({ name: "evidence", verdict: "bad", count: 0, value: snapshot.block.hash, findings: findings.all() })
    return { proven: none }
  }
  const proven = prove(snapshot, bytes, (done, total) => {
    signal?.throwIfAborted()
    progress("evidence", done, total)
  }).then(end)
  return { proven }
}

/** Proves a snapshot, and returns the outcome as a line. */
export const proveSnapshot: ProveSnapshot = async (snapshot, bytes, progress) => {
  const findings = createFindings()
  const report = await findings.trying(EVIDENCE, async () => {
    const evidence = await readEvidence(bytes, EVIDENCE)
    try {
      return await verifySnapshotEvidence(snapshot, evidence, {
        onProgress: (_, done, total) => {
          progress(done, total)
        },
      })
    } catch (error) {
      if (!(error instanceof SnapshotMismatch)) throw error
      findings.add("snapshot.json", error.message)
      return undefined
    }
  })
  const count = report?.values ?? 0
  const verdict = report === undefined ? "bad" : "good"
  return { name: "evidence", verdict, count, value: snapshot.block.hash, findings: findings.all() }
}
