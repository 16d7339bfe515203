import type { Expected } from "../../core/status/status.ts"
import { toHex } from "../../core/primitives/bytes.ts"
import { amountOf, totalOf } from "../../core/merkle/leaf-list.ts"
import { ledgerPath, readLedger } from "../reserve/ledger-file.ts"
import { readLeaves } from "../publication/read-leaves.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readTranche } from "../publication/read-tranche.ts"

/**
 * What a program's files say the chain should show: the allocation, the ledger, and what is published of the reserve.
 * @throws AirdropError that names the file
 */
export async function readExpected(loaded: LoadedProgram): Promise<Expected> {
  const { folder, program } = loaded
  const leaves = await readLeaves(loaded)
  const { ledger } = await readLedger(ledgerPath(folder), program.token.decimals)
  const published = await readTranche(folder, program, "reserve")
  const reserveRoots = new Map(ledger.roots.map(({ root, total }) => [root as string, total]))
  if (published !== undefined) reserveRoots.set(published.root, published.total)
  const hasLedger = ledger.grants.length > 0
  return {
    automaticRoot: toHex(leaves.tree.root),
    recipients: leaves.list.count,
    automatic: totalOf(leaves.list),
    amountOf: (index) => amountOf(leaves.list, index),
    reserveRoots,
    granted: hasLedger ? ledger.total : published?.total,
  }
}
