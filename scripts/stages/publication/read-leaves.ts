import { join } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { listOf, type ListRow } from "../../core/merkle/leaf-list.ts"
import { treeOfList } from "../../core/merkle/tree.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import { readEntries } from "../allocation/allocation-files.ts"
import type { LoadedProgram } from "../program/load-program.ts"

/**
 * Reads the automatic tranche of a program from its allocation.csv alone. That list is enough to rebuild everything
 * published.
 * @throws AirdropError that names the file, with a line for each fault
 */
export async function readLeaves({ folder, name, program }: LoadedProgram): Promise<Leaves> {
  const path = join(folder, "allocation.csv")
  const { entries } = await readEntries(path, program.token.decimals)
  if (entries.length === 0)
    throw new AirdropError(`the allocation of ${name} has no recipient`, { code: "not-ready" })
  return leavesOf(entries)
}

/** Returns the tree over a list that ascends by account. */
export function leavesOf(rows: readonly ListRow[]): Leaves {
  const list = listOf("automatic", rows)
  return { list, tree: treeOfList(list) }
}

/** Returns the root in hex, as the contract has it. */
export function rootOf(leaves: Leaves): string {
  return toHex(leaves.tree.root)
}
