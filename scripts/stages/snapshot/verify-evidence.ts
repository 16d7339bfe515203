/** The part of verify that checks a snapshot against its evidence, where there is any beside it. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { verifySnapshotEvidence } from "../../core/evidence/verify-evidence.ts"
import { readEvidence } from "./evidence-file.ts"
import type { Finding } from "../../io/disk/findings.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { namedAccounts } from "../program/named-accounts.ts"
import { readSnapshot } from "./snapshot-file.ts"

export interface EvidenceStage {
  readonly name: "evidence"
  readonly summary: string
  readonly findings: readonly Finding[]
}

/**
 * Verifies snapshot.json against snapshot.proof, offline: from the block's hash down to each stake and account. That
 * the hash is the chain's is for the reader to compare with a source that he trusts.
 * @returns undefined if the program has no evidence
 */
export async function verifyEvidence(
  loaded: LoadedProgram,
  onProgress: (label: string, done: number, total: number) => void = () => undefined,
): Promise<EvidenceStage | undefined> {
  const { folder } = loaded
  const path = join(folder, "snapshot.proof")
  if (!existsSync(path)) return undefined
  try {
    const snapshot = await readSnapshot(join(folder, "snapshot.json"))
    const evidence = await readEvidence(path)
    const listed = await namedAccounts(loaded)
    const report = await verifySnapshotEvidence(snapshot, evidence, { listed, onProgress })
    const open = report.notFollowed.length
    const rest = open === 0 ? "" : `; ${open} contracts of unknown kind are taken as such`
    const summary = `${report.nodes} nodes and ${report.accounts} accounts proven under block ${snapshot.block.hash}${rest}`
    return { name: "evidence", summary, findings: [] }
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    const findings = [{ file: "snapshot.proof", problem: error.message }]
    return { name: "evidence", summary: "does not prove the snapshot", findings }
  }
}
