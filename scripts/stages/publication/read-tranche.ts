/** One tranche as published, for making and inspecting batches: the list is read and its root recomputed. */
import { tokenAmount } from "../../core/primitives/token.ts"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { toHex, type Hex } from "../../core/primitives/bytes.ts"
import type { Tranche } from "../../core/merkle/leaf.ts"
import { totalOf, type LeafList } from "../../core/merkle/leaf-list.ts"
import type { Manifest } from "../../core/publication/manifest.ts"
import type { Program } from "../../core/program/program.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { proofsFolder } from "../../io/project/folders.ts"
import { RESERVE } from "./publish.ts"
import { readManifest, readPublishedList } from "./read-publication.ts"
import { buildTreeOn } from "./tree-threads.ts"

export interface PublishedTranche {
  readonly folder: string
  readonly manifest: Manifest
  readonly list: LeafList
  /** Recomputed from the list. */
  readonly root: Hex
  /** The sum of all amounts, base units; recomputed. */
  readonly total: bigint
}

/**
 * Reads a tranche and recomputes what matters on chain.
 * @returns undefined if it is not published
 * @throws AirdropError if list, manifest and program contradict each other
 */
export async function readTranche(
  programFolder: string,
  program: Program,
  tranche: Tranche,
): Promise<PublishedTranche | undefined> {
  const published = proofsFolder(programFolder)
  const folder = tranche === "automatic" ? published : join(published, RESERVE)
  if (!existsSync(join(folder, "manifest.json"))) return undefined
  const manifest = await readManifest(folder)
  refuseOther(manifest, program, tranche, shownPath(join(folder, "manifest.json")))
  const list = await readPublishedList(folder, manifest)
  const root = toHex((await buildTreeOn(list)).root)
  const total = totalOf(list)
  const csv = shownPath(join(folder, "allocations.csv"))
  if (root !== manifest.root) {
    throw new AirdropError(`${csv}: its root is ${root}, the manifest says ${manifest.root}`, {
      code: "mismatch",
    })
  }
  const limit = tranche === "automatic" ? program.tranches.automatic : program.tranches.reserve
  if (total > limit) {
    const text = (amount: bigint): string => tokenAmount(amount, program.token)
    throw new AirdropError(`${csv}: it grants ${text(total)}, and the ${tranche} tranche is ${text(limit)}`, {
      code: "mismatch",
    })
  }
  return { folder, manifest, list, root, total }
}

/** As {@link readTranche} for the automatic tranche, which has to be published. */
export async function requireAutomatic(programFolder: string, program: Program): Promise<PublishedTranche> {
  const tranche = await readTranche(programFolder, program, "automatic")
  if (tranche !== undefined) return tranche
  throw new AirdropError(
    `${program.name} is not published: ${shownPath(proofsFolder(programFolder))} has no manifest`,
    {
      code: "not-ready",
      hint: "./airdrop build writes it.",
    },
  )
}

function refuseOther(manifest: Manifest, program: Program, tranche: Tranche, file: string): void {
  const compare = (what: string, found: string | number, wanted: string | number): void => {
    if (found !== wanted)
      throw new AirdropError(`${file}: its ${what} is ${found}, not ${wanted}`, { code: "mismatch" })
  }
  compare("program", manifest.program, program.name)
  compare("tranche", manifest.tranche, tranche)
  compare("chainId", manifest.chainId, program.chainId)
  compare("token", manifest.token.address, program.token.address)
  compare("number of decimals", manifest.token.decimals, program.token.decimals)
}
