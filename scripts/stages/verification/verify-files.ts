/** Computes a program again from its inputs and its ledger, and compares everything that is published of it. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { totalOf } from "../../core/merkle/leaf-list.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { createFindings, type Finding } from "../../core/files/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { type PublishedCheck, proveFolder } from "../publication/check-published.ts"
import { type Progress, RESERVE } from "../publication/publish.ts"
import { isPlainFolder } from "../publication/survey-folder.ts"
import { ledgerPath } from "../reserve/ledger-file.ts"
import { addressesOfAirdrop } from "../reserve/make-reserve.ts"
import { checkReserve } from "./check-reserve.ts"
import { attestationsStage } from "./verify-attestations.ts"
import { recompute, type Recomputed, type RecomputedStage } from "./recompute.ts"

/** Callbacks with the progress of a comparison: `compared` files against the computed ones, `proven` proofs. */
export interface VerifyProgress {
  readonly compared: Progress
  readonly proven: Progress
}

/**
 * Verifies allocation, publication and reserve of a program.
 * @param folder where the automatic tranche is published
 */
export async function verifyFiles(
  loaded: LoadedProgram,
  folder: string,
  { compared, proven }: VerifyProgress,
): Promise<Recomputed> {
  const { stages, ...recomputed } = await recompute(loaded, folder, compared)
  const published = publishedStage("published", await proveFolder(folder, proven))
  const reserve = join(folder, RESERVE)
  const findings = createFindings()
  const isThere = await findings.trying(shownPath(reserve), () => isPlainFolder(reserve))
  if (isThere === undefined) {
    const strange = { name: RESERVE, summary: "cannot be read", findings: findings.all() }
    return { stages: [...stages, published, strange], ...recomputed }
  }
  const hasReserve = isThere || existsSync(ledgerPath(loaded.folder))
  const reserves = hasReserve ? [await reserveStage(loaded, reserve, proven)] : []
  const attested = await attestationsStage(loaded, folder, recomputed)
  return {
    stages: [...stages, published, ...reserves, ...(attested === undefined ? [] : [attested])],
    ...recomputed,
  }
}

async function reserveStage(
  loaded: LoadedProgram,
  folder: string,
  progress: Progress,
): Promise<RecomputedStage> {
  const differing = await checkReserve(loaded, folder, await addressesOfAirdrop(loaded))
  if (!existsSync(folder)) return { name: RESERVE, summary: "nothing is published", findings: differing }
  const stage = publishedStage(RESERVE, await proveFolder(folder, progress))
  return { ...stage, findings: [...differing, ...stage.findings] }
}

/** Returns what was found in a published folder, with its sums. */
export function publishedStage(
  name: string,
  { manifest, list, proven, findings }: PublishedCheck,
): { readonly name: string; readonly summary: string; readonly findings: readonly Finding[] } {
  if (manifest === undefined || list === undefined) return { name, summary: "cannot be read", findings }
  const total = tokenAmount(totalOf(list), manifest.token)
  const summary = `${proven} of ${list.count} leaves proven, ${total}, root ${manifest.root}`
  return { name, summary, findings }
}
