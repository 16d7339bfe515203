import { createList, type LeafList } from "../../../scripts/core/merkle/leaf-list.ts"
import { listTable, requireCount } from "../../../scripts/core/publication/list-table.ts"
import type { Manifest } from "../../../scripts/core/publication/manifest.ts"
import type { CheckContext } from "./lines.ts"
import { readFile } from "./page-files.ts"
import { takeTable } from "./tables.ts"

/** Reads a published allocations.csv. @throws AirdropError with one line for each fault */
export async function readList(
  { source }: CheckContext,
  path: string,
  manifest: Manifest,
): Promise<LeafList> {
  const bytes = await readFile(source, path)
  requireCount(path, bytes.length, manifest.leafCount)
  const list = createList(manifest.tranche, manifest.leafCount)
  const { table, requireFull } = listTable(list, manifest.token.decimals)
  await takeTable(bytes, path, table)
  requireFull(path)
  return list
}
