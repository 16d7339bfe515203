import type { Address } from "../address.ts"
import type { Part } from "../allocation.ts"
import { listedOnce } from "../listed-once.ts"
import type { PartList } from "./source.ts"

/** Parts of a file that has each account once; they differ in account, line and quantity alone, kept as columns. */
export interface PartColumns extends PartList {
  /** Throws AirdropError for an account that is there already. */
  readonly add: (account: Address, line: number, quantity: bigint) => void
}

/**
 * @param same what all of them have: their group, and a factor with its value for one unit of quantity
 */
export function partColumns(same: {
  readonly group: string
  readonly factor: string
  readonly unitValue: bigint
}): PartColumns {
  const { group, factor, unitValue } = same
  const { add, accounts, lines } = listedOnce()
  const quantities: bigint[] = []
  return {
    isDistinct: true,
    add: (account, line, quantity) => {
      add(account, line)
      quantities.push(quantity)
    },
    get length() {
      return accounts.length
    },
    at: (index): Part | undefined => {
      const [account, quantity] = [accounts[index], quantities[index]]
      if (account === undefined || quantity === undefined) return undefined
      const value = unitValue === 1n ? quantity : quantity * unitValue
      return { account, place: String(lines[index]), group, quantity, factor, value }
    },
  }
}

/** One list after the other. */
export function concatParts(first: PartList, second: PartList): PartList {
  return {
    length: first.length + second.length,
    at: (index) => (index < first.length ? first.at(index) : second.at(index - first.length)),
  }
}
