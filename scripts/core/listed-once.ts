import { toChecksum, type Address } from "./address.ts"
import { addressTable } from "./address-table.ts"
import { AirdropError } from "./error.ts"

/** A list of accounts in its own order, and the line of each. */
export interface ListedOnce {
  readonly add: (account: Address, line: number) => void
  readonly accounts: readonly Address[]
  readonly lines: readonly number[]
}

/**
 * Remembers the line of each account of a list, and refuses an account that comes again, in whatever casing.
 * @throws AirdropError that names the first line, from the returned function
 */
export function listedOnce(): ListedOnce {
  const table = addressTable()
  const lines: number[] = []
  return {
    add: (account, line) => {
      const number = table.add(account)
      if (number < lines.length) {
        throw new AirdropError(`${toChecksum(account)} is already on line ${lines[number] ?? 0}`)
      }
      lines.push(line)
    },
    accounts: table.addresses,
    lines,
  }
}
