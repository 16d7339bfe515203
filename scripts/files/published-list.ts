/** Reads a published list back and recomputes its root: the manifest's figures count only if the list agrees. */
import { stat } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { parseAddress, ZERO_ADDRESS } from "../core/address.ts"
import { humanAmount, parseAmount } from "../core/amount.ts"
import { AirdropError } from "../core/error.ts"
import { toHex, type Hex } from "../core/hex.ts"
import type { LeafKind } from "../core/leaf.ts"
import { listOf, totalOf, treeOfList, type LeafList, type ListRow } from "../core/list.ts"
import { parseManifest, type Manifest } from "../core/manifest.ts"
import type { Program } from "../core/program.ts"
import { readCsv } from "./csv.ts"
import { readJson } from "./json.ts"
import { shownPath } from "./paths.ts"

/** One tranche as published, with the root that its list has. */
export interface PublishedList {
  readonly folder: string
  readonly manifest: Manifest
  readonly list: LeafList
  /** Recomputed. */
  readonly root: Hex
  /** The sum of all amounts, base units; recomputed. */
  readonly total: bigint
}

const ROOT = join(import.meta.dirname, "..", "..")

/** Where a program's proofs are published: proofs/P for one of programs/, its own proofs/ for one elsewhere. */
export function publicationFolder(programFolder: string): string {
  return dirname(programFolder) === join(ROOT, "programs")
    ? join(ROOT, "proofs", basename(programFolder))
    : join(programFolder, "proofs")
}

/**
 * Reads manifest.json and allocations.csv of a tranche.
 * @returns undefined if the reserve is not published; the automatic tranche has to be
 * @throws AirdropError if list and manifest contradict each other or the program
 */
export async function readPublishedList(
  programFolder: string,
  program: Program,
  kind: LeafKind,
): Promise<PublishedList | undefined> {
  const published = publicationFolder(programFolder)
  const folder = kind === "automatic" ? published : join(published, "reserve")
  if (kind === "reserve" && !(await exists(join(folder, "manifest.json")))) return undefined
  const path = join(folder, "manifest.json")
  const manifest = parseManifest((await readJson(path, "./airdrop build writes it.")).value, shownPath(path))
  refuseOther(manifest, program, kind, path)
  const csv = join(folder, "allocations.csv")
  const list = listOf(kind, await readRows(csv, program.token.decimals))
  const root = toHex(treeOfList(list).root)
  const total = totalOf(list)
  const differs = (what: string, here: string, there: string): AirdropError =>
    new AirdropError(`${shownPath(csv)}: its ${what} is ${here}, but the manifest says ${there}`, { exit: 1 })
  if (root !== manifest.root) throw differs("root", root, manifest.root)
  if (list.count !== manifest.leafCount) {
    throw differs("number of leaves", list.count.toString(), manifest.leafCount.toString())
  }
  if (total !== manifest.total) throw differs("total", total.toString(), manifest.total.toString())
  refuseTotal(total, program, kind, csv)
  return { folder, manifest, list, root, total }
}

/** As {@link readPublishedList} for the automatic tranche, which every program has. */
export async function readAutomaticList(programFolder: string, program: Program): Promise<PublishedList> {
  const list = await readPublishedList(programFolder, program, "automatic")
  if (list === undefined) throw new AirdropError("the automatic tranche is not published")
  return list
}

function refuseOther(manifest: Manifest, program: Program, kind: LeafKind, path: string): void {
  const wrong = (what: string, found: string, wanted: string): void => {
    if (found !== wanted) throw new AirdropError(`${shownPath(path)}: its ${what} is ${found}, not ${wanted}`)
  }
  wrong("program", manifest.program, program.name)
  wrong("kind", manifest.kind, kind)
  wrong("chainId", manifest.chainId.toString(), program.chainId.toString())
  wrong("token", manifest.token.address, program.token.address)
  wrong("number of decimals", manifest.token.decimals.toString(), program.token.decimals.toString())
}

/** The automatic tranche is paid out whole; the reserve keeps within its cap. */
function refuseTotal(total: bigint, { tranches, token }: Program, kind: LeafKind, csv: string): void {
  const limit = kind === "automatic" ? tranches.automatic : tranches.reserve
  if (total <= limit) return
  const text = (amount: bigint): string => `${humanAmount(amount, token.decimals)} ${token.symbol}`
  throw new AirdropError(
    `${shownPath(csv)}: it grants ${text(total)}, more than the ${kind} tranche of ${text(limit)}`,
    {
      exit: 1,
    },
  )
}

async function readRows(path: string, decimals: number): Promise<ListRow[]> {
  const rows: ListRow[] = []
  await readCsv(path, {
    columns: ["index", "account", "amount"],
    ignore: [],
    row: ([index = "", accountText = "", amountText = ""]) => {
      if (index !== rows.length.toString())
        throw new AirdropError(`index ${index} stands where ${rows.length} should`)
      const account = parseAddress(accountText)
      if (account === ZERO_ADDRESS) throw new AirdropError("the zero address cannot be paid")
      rows.push({ account, amount: parseAmount(amountText, decimals) })
    },
  })
  return rows
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
