import { parseAddress, type Address } from "../primitives/address.ts"
import { listedOnce } from "../primitives/unique-rows.ts"
import type { TableShape } from "../files/table-rows.ts"

/** Returns a table of one column, `account`, and the accounts that it has taken so far. */
export function recipientsTable(): { readonly table: TableShape; readonly accounts: readonly Address[] } {
  const list = listedOnce()
  const table = {
    columns: ["account"],
    ignore: [],
    row: ([account = ""]: readonly string[], line: number): void => {
      list.add(parseAddress(account), line)
    },
  }
  return { table, accounts: list.accounts }
}
