/** The part of verification that concerns attestations: outsiders' signatures over what was recomputed. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { totalOf } from "../../core/merkle/leaf-list.ts"
import { toHex, type Hex } from "../../core/primitives/bytes.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { plural } from "../../core/primitives/plural.ts"
import type { Publication } from "../../core/publication/published-files.ts"
import { sumOf } from "../../core/reserve/ledger.ts"
import {
  ATTESTATIONS_FILE,
  judgeAttestations,
  type AttestationEntry,
  type AttestedResult,
  type JudgedAttestations,
} from "../../core/statements/attestation.ts"
import { createFindings, type Finding } from "../../core/files/findings.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readBytesIfAny } from "../../io/disk/read-file.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { readTranche, requireAutomatic } from "../publication/read-tranche.ts"
import { readSnapshot } from "../snapshot/snapshot-file.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { ledgerPath, readLedger } from "../reserve/ledger-file.ts"
import { readAttestations } from "../statements/attestation-file.ts"
import type { Recomputed } from "./recompute.ts"

/** The block hash of a program that reads no chain. */
const NO_HASH = `0x${"0".repeat(64)}`

export interface AttestationsStage {
  readonly name: "attestations"
  readonly summary: string
  readonly findings: readonly Finding[]
}

/** Returns what an attester signs of each tranche that was recomputed. */
export async function attestedResults(
  { name, folder, program }: LoadedProgram,
  { publication, inputs }: Pick<Recomputed, "publication" | "inputs">,
): Promise<readonly AttestedResult[]> {
  const shared = sharedResult(name, program.chainId, inputs?.snapshot?.block)
  const { ledger } = await readLedger(ledgerPath(folder), program.token.decimals)
  const last = ledger.roots.at(-1)
  const granted = last && ledger.cumulativeAt(last.root)
  return [
    ...(publication === undefined ? [] : [automaticOf(shared, publication)]),
    ...(last === undefined || granted === undefined
      ? []
      : [{ ...shared, tranche: "reserve", root: last.root, total: sumOf(granted) } as const]),
  ]
}

type SharedResult = Pick<AttestedResult, "program" | "chainId" | "block">

function sharedResult(
  program: string,
  chainId: number,
  block: { readonly number: number; readonly hash: string } | undefined,
): SharedResult {
  return { program, chainId, block: { number: block?.number ?? 0, hash: (block?.hash ?? NO_HASH) as Hex } }
}

function automaticOf(shared: SharedResult, { tree, list }: Publication): AttestedResult {
  return { ...shared, tranche: "automatic", root: toHex(tree.root), total: totalOf(list) }
}

/** Judges the published attestations; undefined if there are none and no attester is named. */
export async function attestationsStage(
  loaded: LoadedProgram,
  published: string,
  recomputed: Pick<Recomputed, "publication" | "inputs">,
): Promise<AttestationsStage | undefined> {
  const { folder, program } = loaded
  const [own, copy] = [join(folder, ATTESTATIONS_FILE), join(published, ATTESTATIONS_FILE)]
  const attesters = program.attestation?.attesters ?? []
  if (!existsSync(own) && !existsSync(copy) && attesters.length === 0) return undefined
  const findings = createFindings()
  const entries = await findings.trying(shownPath(folder), () => readAttestations(folder))
  await findings.trying(shownPath(copy), async () => {
    const [mine, theirs] = [await readBytesIfAny(own), await readBytesIfAny(copy)]
    if (mine !== undefined && theirs === undefined)
      throw differs("is missing, beside program.json it is there")
    if (mine === undefined && theirs !== undefined) throw differs("is not beside program.json")
    if (mine !== undefined && theirs !== undefined && !mine.equals(theirs))
      throw differs("differs from the file beside program.json")
  })
  const results = await attestedResults(loaded, recomputed)
  const judged = judgeAll(entries ?? [], loaded, results)
  for (const { line, text } of judged.automatic.faults) findings.add(`${shownPath(own)}:${line}`, text)
  return {
    name: "attestations",
    summary: summaryOf(judged, results, attesters.length),
    findings: findings.all(),
  }
}

function differs(text: string): AirdropError {
  return new AirdropError(text, { code: "mismatch" })
}

function judgeAll(
  entries: readonly AttestationEntry[],
  { program }: Pick<LoadedProgram, "program">,
  results: readonly AttestedResult[],
): Readonly<Record<AttestedResult["tranche"], JudgedAttestations>> {
  const attesters = program.attestation?.attesters ?? []
  return {
    automatic: judgeAttestations(entries, attesters, results, "automatic"),
    reserve: judgeAttestations(entries, attesters, results, "reserve"),
  }
}

function summaryOf(
  judged: Readonly<Record<AttestedResult["tranche"], JudgedAttestations>>,
  results: readonly AttestedResult[],
  attesterCount: number,
): string {
  return results
    .map(({ tranche }) => {
      const { by } = judged[tranche]
      const names = by.length === 0 ? "" : `: ${by.join(", ")}`
      return `${tranche} checked by ${by.length} of ${plural(attesterCount, "attester")}${names}`
    })
    .join("; ")
}

export interface PublishedAttestations {
  readonly summary: string
  /** A sentence about each line that does not count. */
  readonly faults: readonly string[]
  /** A sentence about each root that has fewer attestations than program.json requires. */
  readonly missing: readonly (Pick<AttestedResult, "tranche" | "root"> & { readonly text: string })[]
}

/**
 * Judges the attestations of the published roots.
 * @returns undefined if there are no attestations and program.json names no attester
 */
export async function publishedAttestations(
  context: Pick<ProgramContext, "name" | "folder" | "program" | "automatic" | "reserve">,
): Promise<PublishedAttestations | undefined> {
  const { name, folder, program, automatic, reserve } = context
  const entries = await readAttestations(folder)
  const attesters = program.attestation?.attesters ?? []
  if (entries.length === 0 && attesters.length === 0) return undefined
  const snapshot = join(folder, "snapshot.json")
  const block = existsSync(snapshot) ? (await readSnapshot(snapshot)).block : undefined
  const shared = sharedResult(name, program.chainId, block)
  const results = [automatic, ...(reserve === undefined ? [] : [reserve])].map(
    ({ manifest: { tranche }, root, total }): AttestedResult => ({ ...shared, tranche, root, total }),
  )
  const judged = judgeAll(entries, context, results)
  return {
    summary: summaryOf(judged, results, attesters.length),
    faults: judged.automatic.faults.map(({ line, text }) => `${ATTESTATIONS_FILE}:${line}: ${text}`),
    missing: results.flatMap(({ tranche, root }) => {
      const text = missingText(context, judged[tranche].by, tranche)
      return text === undefined ? [] : [{ tranche, root, text }]
    }),
  }
}

/** Says that a root has fewer attestations than program.json requires; undefined if it has enough. */
function missingText(
  { program }: Pick<LoadedProgram, "program">,
  by: readonly string[],
  tranche: AttestedResult["tranche"],
): string | undefined {
  const { required = 0, attesters = [] } = program.attestation ?? {}
  return by.length >= required
    ? undefined
    : `the ${tranche} root has ${plural(by.length, "attestation")}, program.json requires ${required} of ${attesters.length}`
}

/** As {@link publishedAttestations}. The lists are read only if there is something to judge. */
export async function programAttestations(loaded: LoadedProgram): Promise<PublishedAttestations | undefined> {
  const { folder, program } = loaded
  if (program.attestation === undefined && (await readAttestations(folder)).length === 0) return undefined
  const automatic = await requireAutomatic(folder, program)
  const reserve = await readTranche(folder, program, "reserve")
  return await publishedAttestations({ ...loaded, automatic, reserve })
}

/** Returns the names of the attesters of a root. */
export async function attestedBy(
  loaded: LoadedProgram,
  recomputed: Pick<Recomputed, "publication" | "inputs">,
  tranche: AttestedResult["tranche"],
): Promise<readonly string[]> {
  const entries = await readAttestations(loaded.folder)
  return judgeAll(entries, loaded, await attestedResults(loaded, recomputed))[tranche].by
}

/**
 * Requires the attestations that program.json asks for.
 * @throws AirdropError `not-ready` that says how many are there
 */
export async function requireAttested(
  loaded: LoadedProgram,
  recomputed: Pick<Recomputed, "publication" | "inputs">,
  tranche: AttestedResult["tranche"],
): Promise<void> {
  if ((loaded.program.attestation?.required ?? 0) === 0) return
  const missing = missingText(loaded, await attestedBy(loaded, recomputed, tranche), tranche)
  if (missing === undefined) return
  throw new AirdropError(missing, {
    code: "not-ready",
    hint: `Each attester runs ./airdrop attest ${loaded.name} --key NAME.`,
  })
}
