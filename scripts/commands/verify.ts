import { plural } from "../core/primitives/plural.ts"
import { existsSync, lstatSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Command } from "commander"
import { AirdropError } from "../core/primitives/error.ts"
import type { Manifest } from "../core/publication/manifest.ts"
import type { Finding } from "../core/files/findings.ts"
import { shownPath } from "../io/disk/paths.ts"
import { proofsFolder } from "../io/project/folders.ts"
import type { Output } from "../io/terminal/output.ts"
import { fileProgress } from "../io/terminal/progress.ts"
import { filePath, wholeNumber } from "../io/terminal/options.ts"
import { withNode } from "../io/rpc/provider.ts"
import { loadProgram } from "../stages/program/load-program.ts"
import { requireOutputFolder } from "../stages/program/output-file.ts"
import { recordedTarget } from "../stages/recording/recorded-target.ts"
import { checkPublished, NOT_DETERMINED, type PublishedCheck } from "../stages/publication/check-published.ts"
import { RESERVE } from "../stages/publication/publish.ts"
import { isPlainFolder } from "../stages/publication/survey-folder.ts"
import { anchorStage } from "../stages/snapshot/verify-anchor.ts"
import { verifyEvidence } from "../stages/snapshot/verify-evidence.ts"
import { walletsStage } from "../stages/verification/verify-statements.ts"
import { publishedStage, verifyFiles } from "../stages/verification/verify-files.ts"

export interface VerifyOptions {
  /** Also compare with the deployed contract, read from this node. */
  readonly rpc?: string
  /** Rebuild the lists from what was recorded on the chain, and from nothing else. */
  readonly fromChain?: boolean
  readonly fromBlock?: number
  readonly out?: string
}

/** One thing that was verified, and what was found. */
export interface Stage {
  readonly name: string
  readonly summary: string
  readonly findings: readonly Finding[]
  /** Facts to know that are no discrepancies. */
  readonly notes?: readonly string[]
}

/** A discrepancy a line is enough for people to start with; --json has all of them. */
const MOST_LINES = 50

/** Blocks that are read without a word of it. */
const MOST_SILENT_BLOCKS = 10_000

/** Recomputes everything from the inputs and compares. */
export function define(command: Command, out: () => Output): void {
  command
    .argument(
      "<program>",
      "a folder of programs/, the path of one, or of a published folder alone; with --from-chain also a contract's address",
    )
    .option("--rpc <url>", "also compare with the deployed contract")
    .option(
      "--from-chain",
      "rebuild the lists from what `record` has kept on the chain, and from nothing else",
    )
    .option(
      "--from-block <number>",
      "with --from-chain: nothing was recorded before it (default: the contract's creation)",
      wholeNumber,
    )
    .option("--out <folder>", "with --from-chain: publish the rebuilt lists into this folder", filePath)
    .action(async (nameOrPath: string, options: VerifyOptions) => {
      assertOptions(options)
      if (options.fromChain === true)
        await withNode(async () => {
          await verifyFromChain(nameOrPath, options, out())
        })
      else await runVerify(nameOrPath, options, out())
    })
}

/**
 * Verifies a program: recomputes allocation, tree, every published file and every proof from the inputs. A published
 * folder without its program is verified as far as it follows from the list in it.
 * @throws AirdropError if anything differs, after every discrepancy has been printed
 */
export async function runVerify(nameOrPath: string, options: VerifyOptions, out: Output): Promise<void> {
  const alone = resolve(nameOrPath)
  const stages =
    isThere(join(alone, "manifest.json")) && !existsSync(join(alone, "program.json"))
      ? await verifyFolder(alone, options, out)
      : await verifyProgram(nameOrPath, options, out)
  report(stages, out)
}

function assertOptions({ fromChain, fromBlock, out: folder }: VerifyOptions): void {
  if (fromChain === true) return
  for (const [option, value] of [
    ["--from-block", fromBlock],
    ["--out", folder],
  ] as const) {
    if (value !== undefined) throw new AirdropError(`${option} is for --from-chain`, { code: "usage" })
  }
}

/** Rebuilds the lists from the chain alone, and publishes them where the user wants that. */
async function verifyFromChain(
  nameOrAddress: string,
  { rpc, fromBlock, out: folder }: VerifyOptions,
  out: Output,
): Promise<void> {
  if (folder !== undefined) await requireOutputFolder(folder)
  const { rebuildLists, publishRebuilt } = await import("../stages/recording/verify-recorded.ts")
  const target = await recordedTarget(nameOrAddress, rpc)
  const rebuilt = await rebuildLists({
    ...target,
    fromBlock: fromBlock ?? target.fromBlock,
    onProgress: (label, done, total) => {
      if (total > MOST_SILENT_BLOCKS) out.progress(label, done, total)
    },
  })
  if (folder !== undefined && rebuilt.stages.every(({ findings }) => findings.length === 0)) {
    await publishRebuilt(folder, rebuilt)
    out.line(`written: ${shownPath(folder)}`)
  }
  report(rebuilt.stages, out)
}

/** Also true for a link that leads nowhere. */
function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

async function verifyFolder(folder: string, { rpc }: VerifyOptions, out: Output): Promise<readonly Stage[]> {
  if (rpc !== undefined) {
    throw new AirdropError("a published folder without its program cannot be compared with the chain", {
      code: "usage",
      hint: "Name the program: ./airdrop verify P --rpc URL",
    })
  }
  const check = await checkPublished(folder, fileProgress(out, "proven"))
  for (const text of NOT_DETERMINED) out.line(`not checked  ${text}`)
  const published = publishedStage("published", check)
  const reserve = join(folder, RESERVE)
  // A link instead of the reserve's folder is one of the findings already, and was not followed.
  if (check.manifest?.tranche !== "automatic" || !isPlainFolder(reserve)) return [published]
  const inner = await checkPublished(reserve, fileProgress(out, "proven"))
  const stage = publishedStage(RESERVE, inner)
  return [published, { ...stage, findings: [...stage.findings, ...disagreements(reserve, check, inner)] }]
}

/**
 * Returns a finding if the reserve's manifest names another program, chain, contract or token than the automatic one.
 */
function disagreements(
  folder: string,
  { manifest: automatic }: PublishedCheck,
  { manifest: reserve }: PublishedCheck,
): readonly Finding[] {
  if (automatic === undefined || reserve === undefined) return []
  const file = shownPath(join(folder, "manifest.json"))
  const saying = ({ program, chainId, contract, token, draft }: Manifest): string =>
    JSON.stringify({ program, chainId, contract, token, draft })
  if (reserve.tranche !== RESERVE) return [{ file, problem: `tranche is ${reserve.tranche}, not ${RESERVE}` }]
  if (saying(automatic) === saying(reserve)) return []
  const problem = `names ${saying(reserve)}, the automatic tranche ${saying(automatic)}`
  return [{ file, problem }]
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
  const {
    stages: files,
    publication,
    inputs,
  } = await verifyFiles(loaded, folder, {
    compared: fileProgress(out, "compared"),
    proven: fileProgress(out, "proven"),
  })
  const anchor = await anchorStage(loaded)
  const stages = [
    ...(evidence === undefined ? [] : [evidence]),
    ...(anchor === undefined ? [] : [anchor]),
    ...files,
  ]
  if (rpc === undefined || publication === undefined) return stages
  const { verifyOnChain } = await import("../stages/verification/verify-on-chain.ts")
  const wallets = inputs?.walletSignatures ?? []
  const ofWallets =
    wallets.length === 0 ? [] : [await walletsStage(loaded, wallets, inputs?.snapshot?.block.number, rpc)]
  const ofChain = await verifyOnChain(loaded, publication, rpc, (label, done, total) => {
    out.progress(label, done, total)
  })
  return [...stages, ...ofWallets, ...ofChain]
}

function report(stages: readonly Stage[], out: Output): void {
  const seen = new Set<string>()
  let lines = 0
  for (const { name, summary, findings, notes = [] } of stages) {
    const isGood = findings.length === 0
    out.line(`${isGood ? "ok    " : "WRONG "} ${name.padEnd(13)}${summary}`, isGood ? "good" : "bad")
    for (const note of notes) out.line(`note   ${name.padEnd(13)}${note}`)
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
    throw new AirdropError(`${plural(lines, "discrepancy", "discrepancies")} found`, {
      code: "mismatch",
    })
  }
}
