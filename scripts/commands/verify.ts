import { tokenAmount } from "../core/primitives/token.ts"
import { existsSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Command } from "commander"
import { AirdropError } from "../core/primitives/error.ts"
import { totalOf } from "../core/merkle/leaf-list.ts"
import { checkPublished, type PublishedCheck } from "../stages/publication/check-published.ts"
import { type Finding } from "../io/disk/findings.ts"
import { checkReserve } from "../stages/verification/check-reserve.ts"
import { type LoadedProgram, loadProgram } from "../stages/program/load-program.ts"
import { proofsFolder } from "../io/project/folders.ts"
import { RESERVE } from "../stages/publication/publish.ts"
import { recompute } from "../stages/verification/recompute.ts"
import { verifyEvidence } from "../stages/snapshot/verify-evidence.ts"
import type { Output } from "../io/terminal/output.ts"
import { fileProgress } from "../io/terminal/progress.ts"

export interface VerifyOptions {
  /** Also compare with the deployed contract, read from this node. */
  readonly rpc?: string
}

/** One thing that was verified, and what was found. */
export interface Stage {
  readonly name: string
  readonly summary: string
  readonly findings: readonly Finding[]
}

/** A discrepancy a line is enough for people to start with; --json has all of them. */
const MOST_LINES = 50

/** Recomputes everything from the inputs and compares. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, the path of one, or of a published folder alone")
    .option("--rpc <url>", "also compare with the contract that is deployed")
    .action(async (nameOrPath: string, options: VerifyOptions) => {
      await runVerify(nameOrPath, options, out())
    })
}

/**
 * Verifies a program: allocation, tree, every published file and every proof, computed anew from the inputs; given
 * only a published folder, whatever follows from the list in it.
 * @throws AirdropError (exit 1) if anything differs, after every discrepancy has been printed
 */
export async function runVerify(nameOrPath: string, options: VerifyOptions, out: Output): Promise<void> {
  const alone = resolve(nameOrPath)
  const stages =
    existsSync(join(alone, "manifest.json")) && !existsSync(join(alone, "program.json"))
      ? await verifyFolder(alone, options, out)
      : await verifyProgram(nameOrPath, options, out)
  report(stages, out)
}

async function verifyFolder(folder: string, { rpc }: VerifyOptions, out: Output): Promise<readonly Stage[]> {
  if (rpc !== undefined) {
    throw new AirdropError("a published folder alone does not say what to compare the chain with", {
      hint: "Name the program: ./airdrop verify P --rpc URL",
    })
  }
  return [publishedStage("published", await checked(folder, out))]
}

async function verifyProgram(
  nameOrPath: string,
  { rpc }: VerifyOptions,
  out: Output,
): Promise<readonly Stage[]> {
  const loaded = await loadProgram(nameOrPath)
  const folder = proofsFolder(loaded.folder)
  const evidence = await verifyEvidence(loaded, (label, done, total) => {
    out.progress(label, done, total)
  })
  const { stages: recomputed, publication } = await recompute(loaded, folder, fileProgress(out, "compared"))
  const stages = evidence === undefined ? recomputed : [evidence, ...recomputed]
  const published = publishedStage("published", await checked(folder, out))
  const reserve = join(folder, RESERVE)
  const reserves = existsSync(reserve) ? [await reserveStage(loaded, reserve, out)] : []
  if (rpc === undefined || publication === undefined) return [...stages, published, ...reserves]
  const { chainStage } = await import("../stages/verification/verify-chain.ts")
  return [...stages, published, ...reserves, await chainStage(loaded, publication, rpc)]
}

async function reserveStage(loaded: LoadedProgram, folder: string, out: Output): Promise<Stage> {
  const check = await checked(folder, out)
  const stage = publishedStage("reserve", check)
  return { ...stage, findings: [...stage.findings, ...(await checkReserve(loaded, folder, check))] }
}

async function checked(folder: string, out: Output): Promise<PublishedCheck> {
  return await checkPublished(folder, fileProgress(out, "proven"))
}

function publishedStage(name: string, { manifest, list, proven, findings }: PublishedCheck): Stage {
  if (manifest === undefined || list === undefined) return { name, summary: "cannot be read", findings }
  const total = tokenAmount(totalOf(list), manifest.token)
  return {
    name,
    summary: `${proven} of ${list.count} leaves proven, ${total}, root ${manifest.root}`,
    findings,
  }
}

function report(stages: readonly Stage[], out: Output): void {
  const seen = new Set<string>()
  let lines = 0
  for (const { name, summary, findings } of stages) {
    out.line(`${findings.length === 0 ? "ok    " : "WRONG "} ${name.padEnd(12)}${summary}`)
    for (const { file, problem } of findings) {
      // A file that does not agree with the inputs often does not agree with itself either: once is enough.
      if (seen.has(file)) continue
      seen.add(file)
      if (lines++ < MOST_LINES) out.line(`       ${file}: ${problem}`)
    }
  }
  if (lines > MOST_LINES) out.line(`       and ${lines - MOST_LINES} more (--json lists all)`)
  out.json({ ok: lines === 0, stages })
  if (lines > 0) {
    throw new AirdropError(`${lines} ${lines === 1 ? "discrepancy" : "discrepancies"} found`, { exit: 1 })
  }
}
