import { toChecksum, type Address } from "./address.ts"
import { addressTable } from "./address-table.ts"
import { AirdropError } from "./error.ts"

/** A list of accounts in its own order, with the line of each. */
export interface ListedOnce {
  readonly add: (account: Address, line: number) => void
  readonly accounts: readonly Address[]
  readonly lines: readonly number[]
}

/**
 * Creates a function that records the line of each account of a list and refuses a repeated account, in any
 * casing.
 * @throws AirdropError that names the first line, from the returned function
 */
export function listedOnce(): ListedOnce {
  const table = addressTable()
  const lines: number[] = []
  return {
    add: (account, line) => {
      const number = table.add(account)
      if (number < lines.length) {
        throw new AirdropError(`${toChecksum(account)} is already on line ${lines[number] ?? 0}`, {
          code: "duplicate",
        })
      }
      lines.push(line)
    },
    accounts: table.addresses,
    lines,
  }
}

/**
 * Creates a function that refuses a row whose fields all equal another's: a mistake is as likely as two payments.
 * @throws AirdropError that names the first line, from the returned function
 */
export function uniqueRows(): (fields: readonly string[], line: number) => void {
  const lines = new Map<string, number>()
  return (fields, line) => {
    const row = fields.join(",").toLowerCase()
    const first = lines.get(row)
    if (first !== undefined)
      throw new AirdropError(`is the same as line ${first}: if both are meant, add them up in one line`, {
        code: "duplicate",
      })
    lines.set(row, line)
  }
}
