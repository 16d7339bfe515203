/** The stage of verify that ties the snapshot's block to Ethereum. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { verifyAnchor, type AnchorReport } from "../../core/evidence/anchor.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { createFindings, type Finding } from "../../core/files/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readAnchor } from "./anchor-file.ts"
import { requireOutbox } from "./capture-anchor.ts"
import { readProgramSnapshot } from "./program-snapshot.ts"

export interface AnchorStage {
  readonly name: "anchor"
  readonly summary: string
  readonly notes: readonly string[]
  readonly findings: readonly Finding[]
  /** The block of Ethereum that is taken on trust. */
  readonly trusted?: AnchorReport["l1"]
}

/** The file beside snapshot.json. */
export const ANCHOR_FILE = "snapshot.anchor"

/**
 * Verifies snapshot.anchor, offline.
 * @returns undefined if the program has no anchor
 */
export async function anchorStage({ folder, program }: LoadedProgram): Promise<AnchorStage | undefined> {
  const path = join(folder, ANCHOR_FILE)
  if (!existsSync(path)) return undefined
  const findings = createFindings()
  const report = await findings.trying(shownPath(path), async () => {
    const place = requireOutbox(program.chainId)
    const { snapshot } = await readProgramSnapshot(folder, program)
    return verifyAnchor(await readAnchor(shownPath(path)), snapshot.block, place)
  })
  if (report === undefined) {
    const summary = "does not tie the snapshot to Ethereum"
    return { name: "anchor", summary, notes: [], findings: findings.all() }
  }
  return {
    name: "anchor",
    summary: anchorText(report),
    notes: [trustText(report)],
    findings: [],
    trusted: report.l1,
  }
}

/** Returns in one line what the headers link. */
export function anchorText({ l2, headers }: AnchorReport): string {
  return `${headers} headers link the snapshot's block to block ${l2.number}, which the Outbox names on Ethereum`
}

/** Returns the one thing that is left to compare. */
export function trustText({ l1 }: AnchorReport): string {
  return `compare with any explorer: Ethereum block ${l1.number} of ${isoTime(l1.timestamp)}, ${l1.hash}`
}
