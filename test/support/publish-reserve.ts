/** Publishes a reserve under a program's proofs, without the ledger that usually leads to it. */
import { join } from "node:path"
import { parseAddress } from "../../scripts/core/primitives/address.ts"
import type { Hex } from "../../scripts/core/primitives/bytes.ts"
import { listOf, treeOfList } from "../../scripts/core/merkle/leaf-list.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { proofsFolder } from "../../scripts/io/project/folders.ts"
import { publish, RESERVE } from "../../scripts/stages/publication/publish.ts"

/** @param grants account and cumulative amount in base units, ascending by account; returns the root */
export async function publishReserve(
  programFolder: string,
  grants: readonly (readonly [account: string, amount: bigint])[],
): Promise<Hex> {
  const { folder, name, program } = await loadProgram(programFolder)
  const list = listOf(
    "reserve",
    grants.map(([account, amount]) => ({ account: parseAddress(account), amount })),
  )
  const { root } = await publish(join(proofsFolder(folder), RESERVE), {
    origin: {
      program: name,
      tranche: "reserve",
      chainId: program.chainId,
      contract: undefined,
      token: program.token,
    },
    draft: false,
    list,
    tree: treeOfList(list),
    derivations: { of: () => undefined, pointers: [] },
    inputs: new Map(),
    claims: true,
  })
  return root
}
