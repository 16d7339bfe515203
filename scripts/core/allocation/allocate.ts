import type { Address } from "../primitives/address.ts"
import type { Allocation, Participant, UnpaidAccount, UnpaidReport } from "./allocation.ts"
import { candidatesOf, type Listed } from "./candidates.ts"
import { invariant } from "../primitives/error.ts"
import { entryCollector, NO_REDIRECTS, payer, paysDirectly, type Redirects } from "./payees.ts"
import type { People } from "../snapshot/people.ts"
import type { Program } from "../program/program.ts"
import { unusedRules } from "./unused-rules.ts"
import { requirePayable } from "./payable-amount.ts"
import { payeeRisks } from "./payee-risks.ts"
import { distributeByRules } from "./apply-rules.ts"
import { forEach } from "../primitives/sequence.ts"
import type { Snapshot } from "../snapshot/snapshot.ts"
import type { Valuation } from "../sources/valuation.ts"
import { runningTotals } from "./totals.ts"
import { unpaidAccount } from "./no-amount.ts"

/** The inputs of an allocation, read and checked. */
export interface AllocationInputs {
  readonly program: Program
  readonly snapshot: Snapshot | undefined
  readonly people: People
  readonly valuation: Valuation
  readonly listed: Listed
  /** Signed redirects; none if absent. */
  readonly redirects?: Redirects
}

/** Above this number of people an allocation keeps only the derivations that were asked for. */
export const DERIVATION_LIMIT = 100_000

export interface AllocateOptions {
  /** The accounts whose derivations are kept if there are too many to keep all. */
  readonly about?: ReadonlySet<Address>
  /** Receives each unpaid account in ascending order, however many there are. */
  readonly onUnpaid?: (account: UnpaidReport) => void
}

/**
 * Computes the amount of each account. Pure: equal inputs, in any order, give equal amounts.
 * @throws AirdropError if no account is paid, if fixed amounts exceed the tranche, or if an amount is too large to pay
 */
export function allocate(inputs: AllocationInputs, { about, onUnpaid }: AllocateOptions = {}): Allocation {
  const { program, snapshot, people, valuation, listed, redirects = NO_REDIRECTS } = inputs
  const { list: candidates, contributionsOf } = candidatesOf(program, valuation, people, listed)
  const { final, ruleEffects } = distributeByRules(program, valuation, candidates)
  const isDerived = candidates.length <= DERIVATION_LIMIT
  const { pay, redirected, ruleEffects: payeeMoves } = payer(program, people, redirects)
  const isDirect = paysDirectly(program, people, redirects)
  const payments = entryCollector()
  const sums = runningTotals(program, valuation.units)
  const participants: Participant[] = []
  const unpaid: UnpaidAccount[] = []
  forEach(candidates, (candidate, i) => {
    const amount = final.amounts[i] ?? 0n
    const dropped = final.dropped[i] === 1
    const capped = final.capped[i] === 1
    const keeps = isDerived || about?.has(candidate.account) === true
    const contributions = contributionsOf(candidate)
    sums.add(candidate, contributions, amount, { dropped, capped })
    if (amount === 0n) {
      if (!keeps && onUnpaid === undefined) return
      const one = unpaidAccount(program, candidate, contributions, { dropped })
      if (keeps) unpaid.push(one)
      onUnpaid?.(one)
      return
    }
    const { account, value } = candidate
    if (isDirect && !keeps) {
      payments.add(account, amount)
      return
    }
    const paid = pay(account, contributions, amount)
    for (const payment of paid) payments.add(payment.payee, payment.amount)
    if (!keeps) return
    participants.push({
      account,
      value,
      contributions,
      amount,
      roundedUp: final.roundedUp[i] === 1,
      capped,
      payments: paid,
    })
  })
  const entries = payments.entries()
  requirePayable(entries, program.token)
  const pool = program.tranches.automatic
  const allocated = entries.reduce((sum, { amount }) => sum + amount, 0n)
  invariant(
    allocated + final.undistributed === pool,
    "amounts and the undistributed rest add up to the tranche",
  )
  return {
    program: program.name,
    chainId: program.chainId,
    token: program.token,
    block: snapshot?.block,
    basis: valuation.basis,
    units: valuation.units,
    pool,
    allocated,
    undistributed: final.undistributed,
    ...sums.totals(),
    entries,
    isDerived,
    participants,
    unpaid,
    ruleEffects: [...ruleEffects, ...payeeMoves()],
    risks: payeeRisks(inputs, entries),
    warnings: unusedRules(inputs, candidates, redirected),
  }
}
