/** The stage of verify that checks a snapshot against the evidence beside it. */
import { plural } from "../../core/primitives/plural.ts"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { requireAccounts } from "../../core/snapshot/snapshot.ts"
import { SnapshotMismatch, verifySnapshotEvidence } from "../../core/evidence/verify-evidence.ts"
import { readEvidence } from "./evidence-file.ts"
import { createFindings, type Finding } from "../../core/files/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { namedAccounts } from "../program/named-accounts.ts"
import { readProgramSnapshot } from "./program-snapshot.ts"

export interface EvidenceStage {
  readonly name: "evidence"
  readonly summary: string
  readonly findings: readonly Finding[]
}

/**
 * Verifies snapshot.json against snapshot.proof, offline: from the block's hash down to each stake and account. The
 * reader compares the block's hash with a source that they trust.
 * @returns undefined if the program has no evidence
 * @throws AirdropError if a list of the program cannot be read
 */
export async function verifyEvidence(
  loaded: LoadedProgram,
  onProgress: (label: string, done: number, total: number) => void = () => undefined,
): Promise<EvidenceStage | undefined> {
  const { folder, program } = loaded
  const [snapshotPath, proofPath] = [join(folder, "snapshot.json"), join(folder, "snapshot.proof")]
  if (!existsSync(proofPath)) return undefined
  const listed = await namedAccounts(loaded)
  const findings = createFindings()
  const [ofSnapshot, ofProof] = [shownPath(snapshotPath), shownPath(proofPath)]
  const snapshot = await findings.trying(ofSnapshot, async () => {
    const file = await readProgramSnapshot(folder, program)
    requireAccounts(file.snapshot, listed)
    return file.snapshot
  })
  const evidence = await findings.trying(ofProof, async () => await readEvidence(proofPath))
  if (snapshot === undefined || evidence === undefined) return failed(findings.all())
  const report = await findings.trying(ofProof, async () => {
    try {
      return await verifySnapshotEvidence(snapshot, evidence, { listed, onProgress })
    } catch (error) {
      if (!(error instanceof SnapshotMismatch)) throw error
      findings.add(ofSnapshot, error.message)
      return undefined
    }
  })
  if (report === undefined) return failed(findings.all())
  const open = report.notFollowed.length
  const rest = open === 0 ? "" : `; the code of ${open} contracts cannot be followed, they count as unknown`
  const summary = `${[...report.sections, plural(report.accounts, "account")].join(" and ")} proven under block ${snapshot.block.hash}${rest}`
  return { name: "evidence", summary, findings: [] }
}

function failed(findings: readonly Finding[]): EvidenceStage {
  return { name: "evidence", summary: "does not prove the snapshot", findings }
}
