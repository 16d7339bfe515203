/** Guesses what the columns of a stranger's list are. The user confirms or corrects the guess. */
import type { Column } from "../files/table.ts"

/** The columns of a list: those that are read, and all others. */
export interface ListColumns {
  readonly account: Column
  /** Undefined where only the accounts matter. */
  readonly value: Column | undefined
  readonly ignore: readonly Column[]
}

/**
 * What a list holds: amounts of the token, points by which a pool is shared, or holders whose balances of another token
 * share it.
 */
export type ListKind = "amounts" | "points" | "balances"

const ACCOUNT = /^(account|address|wallet|recipient|holder|holderaddress|owner|to|user|beneficiary|claimant)$/
const AMOUNT = /^(amount|amounts|tokens|value|balance|quantity|allocation|total|sum|reward|rewards)$/
const POINTS = /^(point|points|score|weight|weights|share|shares|votes|xp)$/
const ADDRESS_VALUE = /^([A-Za-z0-9-]{1,32}:)?0x[0-9a-f]{40}$/i
const NUMBER_VALUE = /^[0-9]+(\.[0-9]+)?$/

/**
 * Guesses the columns from the first two rows of a list. A first row that holds an address is no header; columns are
 * then given by position.
 * @returns undefined if no column can be taken for accounts
 */
export function guessColumns(
  rows: readonly (readonly string[])[],
): (ListColumns & { readonly kind: ListKind }) | undefined {
  const [first = [], second = []] = rows
  const hasHeader = !first.some((field) => ADDRESS_VALUE.test(field.trim()))
  const values = hasHeader ? second : first
  const names = first.map((name) => (hasHeader ? name.toLowerCase().replace(/[^a-z]/g, "") : ""))
  const find = (pattern: RegExp, texts: readonly string[], but = -1): number =>
    texts.findIndex((text, i) => i !== but && pattern.test(text.trim()))
  const either = (byName: number, byValue: number): number => (byName >= 0 ? byName : byValue)
  const account = either(find(ACCOUNT, names), find(ADDRESS_VALUE, values))
  const named = either(find(AMOUNT, names, account), find(POINTS, names, account))
  const value = either(named, find(NUMBER_VALUE, values, account))
  if (account < 0) return undefined
  const column = (i: number): Column => (hasHeader ? (first[i] ?? "") : i + 1)
  return {
    account: column(account),
    value: value < 0 ? undefined : column(value),
    ignore: first.flatMap((_, i) => (i === account || i === value ? [] : [column(i)])),
    kind: POINTS.test(names[value] ?? "") ? "points" : "amounts",
  }
}
