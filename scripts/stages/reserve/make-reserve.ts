/** Makes the publication of a program's reserve out of its ledger. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { NO_DERIVATIONS } from "../../core/allocation/derivations.ts"
import { listOf, type LeafList } from "../../core/merkle/leaf-list.ts"
import { treeOfList } from "../../core/merkle/tree.ts"
import type { MerkleTree } from "../../core/merkle/tree.ts"
import type { Address } from "../../core/primitives/address.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import type { Cumulative } from "../../core/reserve/ledger.ts"
import { airdropAddresses } from "../deployment/expected-address.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { Publication } from "../../core/publication/published-files.ts"
import { readLeaves } from "../publication/read-leaves.ts"

/** Returns the list and the tree of what is granted, in ascending order of account. */
export function reserveTree(granted: Cumulative): { readonly list: LeafList; readonly tree: MerkleTree } {
  const rows = [...granted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, amount]) => ({ account, amount }))
  const list = listOf("reserve", rows)
  return { list, tree: treeOfList(list) }
}

/**
 * Makes the publication of a reserve.
 * @param contract the airdrop's address, which every file names; undefined if it is not decided
 */
export function publicationOfReserve(
  { name, program }: LoadedProgram,
  granted: Cumulative,
  contract: Address | undefined,
): Publication {
  const origin = {
    program: name,
    tranche: "reserve",
    chainId: program.chainId,
    contract,
    token: program.token,
  } as const
  return {
    origin,
    draft: program.unconfirmed.length > 0,
    ...reserveTree(granted),
    derivations: NO_DERIVATIONS,
    inputs: new Map(),
    claims: true,
  }
}

/** Returns the addresses that the airdrop may have, from the program and its allocation; none before there is one. */
export async function addressesOfAirdrop(loaded: LoadedProgram): Promise<readonly Address[]> {
  if (!existsSync(join(loaded.folder, "allocation.csv"))) return []
  const { list, tree } = await readLeaves(loaded)
  return await airdropAddresses(loaded, toHex(tree.root), list.count)
}
