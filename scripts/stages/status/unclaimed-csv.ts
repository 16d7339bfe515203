import { toChecksum } from "../../core/primitives/address.ts"
import { formatAmount } from "../../core/primitives/amount.ts"
import { csvRow } from "../../core/primitives/csv.ts"
import { accountOf, amountOf } from "../../core/merkle/leaf-list.ts"
import type { Status } from "../../core/status/status.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readLeaves } from "../publication/read-leaves.ts"

/**
 * Writes the unclaimed rows of allocation.csv. The claimed flags come from the contract, as a node may leave out
 * events.
 */
export async function unclaimedCsv(loaded: LoadedProgram, { state }: Status): Promise<string> {
  const { list } = await readLeaves(loaded)
  const rows = [["index", "account", "amount"]]
  for (let index = 0; index < list.count; index++) {
    if (state.claimedFlags[index] !== 0) continue
    const amount = formatAmount(amountOf(list, index), loaded.program.token.decimals)
    rows.push([String(index), toChecksum(accountOf(list, index)), amount])
  }
  return rows.map(csvRow).join("")
}
