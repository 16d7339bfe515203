import type { Address } from "../primitives/address.ts"
import type { Contribution } from "./valuation.ts"
import { listedOnce, type ListedOnce } from "../primitives/unique-rows.ts"
import { accountOrder, inOrder } from "../primitives/sorted-indexes.ts"
import type { ContributionList } from "./valuation.ts"

/**
 * Contributions of a file with each account once. Only account, line and quantity differ, and are stored in columns.
 */
export interface ContributionColumns {
  /**
   * Adds the account of a line, and then its quantity, so that a duplicate is found even if the quantity is invalid.
   * @throws AirdropError for a duplicate account, or the error of `quantity`
   */
  readonly add: (account: Address, line: number, quantity: () => bigint) => void
  /** Returns the contributions in ascending order of account, and empties the columns. */
  readonly list: () => ContributionList
}

/**
 * The values that all contributions of a file share: their group, and a factor with its value for one unit of
 * quantity.
 */
interface Same {
  readonly group: string
  readonly factor: string
  readonly unitValue: bigint
}

export function contributionColumns(same: Same): ContributionColumns {
  let rows = noRows()
  return {
    add: (account, line, quantity) => {
      rows.listed.add(account, line)
      rows.quantities.push(quantity())
    },
    list: () => {
      const contributions = ascendingContributions(rows, same)
      rows = noRows()
      return contributions
    },
  }
}

/** The rows of a file in its own order. */
interface Rows {
  readonly listed: ListedOnce
  readonly quantities: bigint[]
}

function noRows(): Rows {
  return { listed: listedOnce(), quantities: [] }
}

/** Sorts the columns by account. They are read several times, which is faster in the order of their memory. */
function ascendingContributions(rows: Rows, { group, factor, unitValue }: Same): ContributionList {
  const order = accountOrder(rows.listed.accounts)
  const accounts = inOrder(rows.listed.accounts, order)
  const lines = inOrder(rows.listed.lines, order)
  const quantities = inOrder(rows.quantities, order)
  return {
    length: order.length,
    isAscending: true,
    at: (index): Contribution | undefined => {
      const [account, line, quantity] = [accounts[index], lines[index], quantities[index]]
      if (account === undefined || line === undefined || quantity === undefined) return undefined
      const value = unitValue === 1n ? quantity : quantity * unitValue
      return { account, origin: line, group, quantity, factor, value }
    },
  }
}

/** Returns two lists as one. */
export function concatContributions(first: ContributionList, second: ContributionList): ContributionList {
  return {
    length: first.length + second.length,
    at: (index) => (index < first.length ? first.at(index) : second.at(index - first.length)),
  }
}
