import type { LoadedInputs } from "../../../scripts/core/allocation/read-inputs.ts"
import { SnapshotMismatch, verifySnapshotEvidence } from "../../../scripts/core/evidence/verify-evidence.ts"
import { createFindings } from "../../../scripts/core/files/findings.ts"
import type { Contents } from "../../../scripts/core/publication/page-contents.ts"
import type { CheckContext } from "./lines.ts"
import type { PageInputs } from "./page-files.ts"
import { readEvidence } from "./tables.ts"

const EVIDENCE = "snapshot.proof"

/** Proves the snapshot from the hash of its block on, where evidence is published. */
export async function checkEvidence(
  { end, progress }: CheckContext,
  files: PageInputs,
  contents: Contents,
  { snapshot }: LoadedInputs,
): Promise<void> {
  if (snapshot === undefined) return
  if (!contents.inputs.includes(EVIDENCE)) {
    end({ name: "evidence", verdict: "none", count: 0, findings: [] })
    return
  }
  const findings = createFindings()
  const report = await findings.trying(EVIDENCE, async () => {
    const evidence = await readEvidence(await files.read(EVIDENCE), EVIDENCE)
    try {
      return await verifySnapshotEvidence(snapshot, evidence, {
        onProgress: (_, done, total) => {
          progress("evidence", done, total)
        },
      })
    } catch (error) {
      if (!(error instanceof SnapshotMismatch)) throw error
      findings.add("snapshot.json", error.message)
      return undefined
    }
  })
  const count = report === undefined ? 0 : report.nodes + report.accounts
  const verdict = report === undefined ? "bad" : "good"
  end({ name: "evidence", verdict, count, value: snapshot.block.hash, findings: findings.all() })
}
