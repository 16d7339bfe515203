import type { Address } from "./address.ts"
import type { Entry, Part, Payment } from "./allocation.ts"
import { largestRemainder } from "./largest-remainder.ts"
import type { Program } from "./program.ts"

/**
 * Where a participant's amount goes. By default all to the person; with `payTo: "staker"` to the addresses that
 * its value comes from, in proportion and exact to the unit. Overrides then name another payee; they are applied
 * once, not followed from one to the next.
 */
export function payer({
  rules,
}: Program): (account: Address, parts: readonly Part[], amount: bigint) => readonly Payment[] {
  const overrides = new Map(rules.overrides.map(({ account, payTo }) => [account, payTo]))
  const pay = (account: Address, amount: bigint): Payment => ({
    account,
    payee: overrides.get(account) ?? account,
    amount,
  })
  return (account, parts, amount) => {
    const [first] = parts
    if (rules.payTo === "beneficiary" || first === undefined) return [pay(account, amount)]
    if (parts.length === 1) return [pay(first.account, amount)]
    const values = new Map<Address, bigint>()
    for (const part of parts) {
      if (part.not === undefined) values.set(part.account, (values.get(part.account) ?? 0n) + part.value)
    }
    const stakers = [...values].filter(([, value]) => value > 0n).sort(([a], [b]) => (a < b ? -1 : 1))
    const { amounts } = largestRemainder(
      amount,
      stakers.map(([, value]) => value),
    )
    return stakers
      .map(([staker], i) => pay(staker, amounts[i] ?? 0n))
      .filter((payment) => payment.amount > 0n)
  }
}

/** Adds up payments by payee, ascending: the leaves of the tree. */
export function entriesOf(
  participants: readonly { readonly payments: readonly Payment[] }[],
): readonly Entry[] {
  const amounts = new Map<Address, bigint>()
  let last: Address = "0x"
  let ascending = true
  for (const { payments } of participants) {
    for (const { payee, amount } of payments) {
      ascending &&= payee > last
      last = payee
      amounts.set(payee, (amounts.get(payee) ?? 0n) + amount)
    }
  }
  const entries = Array.from(amounts, ([account, amount]) => ({ account, amount }))
  return ascending ? entries : entries.sort((a, b) => (a.account < b.account ? -1 : 1))
}
