import { parseAddress } from "../primitives/address.ts"
import { MOST_PAYABLE, parseAmount } from "../primitives/amount.ts"
import { AirdropError } from "../primitives/error.ts"
import { quote } from "../primitives/text.ts"
import { setRow, type LeafList } from "../merkle/leaf-list.ts"
import type { TableShape } from "../files/table-rows.ts"

/** Bytes of a row of allocations.csv: an index, an address, an amount, two commas and the line's end. */
const LEAST_ROW = 47
const MOST_ROW = 180

/**
 * Requires that allocations.csv is as large as its number of rows asks for, because memory is taken for that number.
 * @param size bytes of the file
 * @throws AirdropError (mismatch)
 */
export function requireCount(file: string, size: number, count: number): void {
  if (count * LEAST_ROW <= size && size <= count * MOST_ROW + MOST_ROW) return
  throw new AirdropError(`${file}: has ${size} bytes, the manifest says that it has ${count} rows`, {
    code: "mismatch",
  })
}

/**
 * Returns the table of allocations.csv, which fills a list row by row.
 * @param list of as many rows as the manifest says
 */
export function listTable(
  list: LeafList,
  decimals: number,
): { readonly table: TableShape; readonly requireFull: (file: string) => void } {
  let row = 0
  const table: TableShape = {
    columns: ["index", "account", "amount"],
    ignore: [],
    row: ([index = "", account = "", amount = ""]) => {
      if (index !== row.toString())
        throw new AirdropError(`row ${row} has index ${index}`, { code: "mismatch" })
      if (row >= list.count)
        throw new AirdropError(`there are more rows than the ${list.count} of the manifest`, {
          code: "mismatch",
        })
      const units = parseAmount(amount, decimals)
      if (units === 0n || units > MOST_PAYABLE) {
        throw new AirdropError(`the amount ${quote(amount)} is not from one base unit to 2^96 - 1`, {
          code: "invalid-amount",
        })
      }
      setRow(list, row++, parseAddress(account), units)
    },
  }
  return {
    table,
    requireFull: (file) => {
      if (row === list.count) return
      throw new AirdropError(`${file}: has ${row} rows, the manifest says ${list.count}`, {
        code: "mismatch",
      })
    },
  }
}
