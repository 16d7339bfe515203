/**
 * Checks a published folder alone, as anyone can who has nothing but the folder. Everything in it that follows from
 * its list is computed again and compared to the byte, and every proof is folded to the root. That the list is the
 * right one is for the program's inputs to say.
 */
import { existsSync } from "node:fs"
import { join } from "node:path"
import type { LeafList } from "../../core/merkle/leaf-list.ts"
import type { Manifest } from "../../core/publication/manifest.ts"
import { createFindings, type Finding } from "../../core/files/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { checkProofs } from "./check-proofs.ts"
import { comparePublished } from "./compare-published.ts"
import { publishedDerivations } from "./published-derivations.ts"
import { type Progress, RESERVE } from "./publish.ts"
import { readManifest, readPublishedList } from "./read-publication.ts"
import { surveyFolder } from "./survey-folder.ts"
import { buildTreeOn } from "./tree-threads.ts"

export interface PublishedCheck {
  /** Undefined if it cannot be read. */
  readonly manifest: Manifest | undefined
  readonly list: LeafList | undefined
  /** The number of leaves proven by published files, each counted once. */
  readonly proven: number
  readonly findings: readonly Finding[]
}

/** Facts that cannot be verified from a folder alone. */
export const NOT_DETERMINED: readonly string[] = [
  "program, chain, token, contract, creationCodeHash, draft and inputs: they follow from the program's folder",
  "derivations, and which accounts have a file without a claim: they follow from the program's inputs",
  "attestations.jsonl, if there is one: program.json names the keys that count",
]

/** Checks the files, list, root and every proof of a published folder by themselves. */
export async function checkPublished(
  folder: string,
  progress: Progress = () => undefined,
): Promise<PublishedCheck> {
  const { list, manifest, proven, findings } = await proveFolder(folder, progress)
  if (manifest === undefined || list === undefined) return { manifest, list, proven, findings }
  const all = createFindings()
  const derivations = await publishedDerivations(folder, manifest, list, all)
  const { program, tranche, chainId, contract, token, draft, creationCodeHash, inputs } = manifest
  const differing = await comparePublished(folder, {
    origin: { program, tranche, chainId, contract, token },
    draft,
    creationCode: creationCodeHash,
    list,
    tree: await buildTreeOn(list),
    derivations,
    inputs,
    claims: manifest.claimFiles,
  })
  for (const { file, problem } of [...differing, ...findings]) all.add(file, problem)
  return { manifest, list, proven, findings: all.all() }
}

/** Folds every proof of a published folder to the root that its manifest names. */
export async function proveFolder(
  folder: string,
  progress: Progress = () => undefined,
): Promise<PublishedCheck> {
  const nothing = { manifest: undefined, list: undefined, proven: 0 }
  if (!existsSync(folder)) {
    return {
      ...nothing,
      findings: [{ file: shownPath(folder), problem: "is missing: nothing is published" }],
    }
  }
  const { strange } = surveyFolder(folder, [RESERVE])
  if (strange.length > 0) return { ...nothing, findings: strange }
  const findings = createFindings()
  const at = (path: string): string => shownPath(join(folder, path))
  const manifest = await findings.trying(at("manifest.json"), () => readManifest(folder))
  if (manifest === undefined) return { ...nothing, findings: findings.all() }
  const list = await findings.trying(at("allocations.csv"), () => readPublishedList(folder, manifest))
  if (list === undefined) return { ...nothing, manifest, findings: findings.all() }
  const proven = await checkProofs(folder, manifest, list, findings, progress)
  return { manifest, list, proven, findings: findings.all() }
}
