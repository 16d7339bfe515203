import type { Command } from "commander"
import { join } from "node:path"
import { isoTime } from "../core/primitives/time.ts"
import type { Snapshot } from "../core/snapshot/snapshot.ts"
import { writeFileAtomic } from "../io/disk/atomic-write.ts"
import { shownPath } from "../io/disk/paths.ts"
import { openRpc } from "../io/rpc/endpoints.ts"
import { inRun, openJournal, runFolder } from "../io/rpc/journal.ts"
import type { Output } from "../io/terminal/output.ts"
import { loadProgram, type LoadedProgram } from "../stages/program/load-program.ts"
import { requireOwnFiles, type OwnFiles } from "../stages/program/output-file.ts"
import { packAnchor } from "../stages/snapshot/anchor-file.ts"
import { captureAnchor, requireOutbox } from "../stages/snapshot/capture-anchor.ts"
import { readProgramSnapshot } from "../stages/snapshot/program-snapshot.ts"
import { ANCHOR_FILE, anchorText, trustText } from "../stages/snapshot/verify-anchor.ts"

export interface AnchorOptions {
  readonly rpc?: string
  readonly l1Rpc?: string
  readonly force?: boolean
}

/** How the file that this verb writes begins. */
export const ANCHOR_FILES: OwnFiles = { [ANCHOR_FILE]: (start) => start.startsWith("ANCHOR") }

/** `anchor P`: ties the snapshot's block to one block of Ethereum. */
export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .option(
      "--rpc <url>",
      "a provider of the program's chain (default: ARBITRUM_RPC_URL, or that of its chain)",
    )
    .option("--l1-rpc <url>", "a provider of Ethereum (default: ETHEREUM_RPC_URL, or that of its chain)")
    .option("--force", "replace an existing file that this command did not write")
    .action(async (nameOrPath: string, options: AnchorOptions) => {
      const loaded = await loadProgram(nameOrPath)
      await requireOwnFiles(loaded.folder, ANCHOR_FILES, options)
      requireOutbox(loaded.program.chainId)
      const { snapshot } = await readProgramSnapshot(loaded.folder, loaded.program)
      await runAnchor(loaded, snapshot, options, out())
    })
}

/**
 * Writes snapshot.anchor beside a snapshot.
 * @throws AirdropError `not-ready` that says when, if Ethereum has not confirmed the block yet; nothing is written then
 */
export async function runAnchor(
  { folder, program }: LoadedProgram,
  snapshot: Snapshot,
  { rpc, l1Rpc }: AnchorOptions,
  out: Output,
): Promise<void> {
  const place = requireOutbox(program.chainId)
  const l2 = await openRpc(program.chainId, rpc)
  const l1 = await openRpc(place.chainId, l1Rpc)
  const run = runFolder("anchor", snapshot.block.hash, [l2.host])
  const { anchor, report } = await inRun(run, async () =>
    captureAnchor(snapshot, {
      l1,
      l2,
      journal: openJournal(run),
      onProgress: (done, total) => {
        out.progress("headers", done, total)
      },
    }),
  )
  const packed = packAnchor(anchor)
  const path = join(folder, ANCHOR_FILE)
  await writeFileAtomic(path, packed)
  out.line(anchorText(report))
  out.line(trustText(report))
  out.line(`written: ${shownPath(path)} (${(packed.length / 1e6).toFixed(2)} MB)`)
  out.json({
    program: program.name,
    block: snapshot.block,
    confirmed: { number: report.l2.number, hash: report.l2.hash },
    headers: report.headers,
    bytes: packed.length,
    trusted: { ...report.l1, time: isoTime(report.l1.timestamp) },
  })
}
