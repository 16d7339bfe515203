import type { Allocation, Participant, Without } from "./allocation.ts"
import { candidatesOf, type Candidate, type Listed } from "./candidates.ts"
import { distribute, type Bounds, type Distribution } from "./distribution.ts"
import { AirdropError, invariant } from "./error.ts"
import { fixedAmounts, refuseExcess } from "./fixed-amounts.ts"
import { entriesOf, payer } from "./payees.ts"
import type { People } from "./people.ts"
import type { Program } from "./program.ts"
import { remarksOn } from "./remarks.ts"
import { payeeRisks } from "./risks.ts"
import { movesOf, type Stage } from "./rule-moves.ts"
import type { Snapshot } from "./snapshot.ts"
import type { Valuation } from "./sources/source.ts"
import { withoutOf } from "./without.ts"

/** Everything that an allocation follows from, read and checked. */
export interface AllocationInputs {
  readonly program: Program
  readonly snapshot: Snapshot | undefined
  readonly people: People
  readonly valuation: Valuation
  readonly listed: Listed
}

/**
 * Computes who gets what. Pure: equal inputs, in whatever order, give equal amounts.
 * @throws AirdropError if nobody has a share, or fixed amounts exceed the tranche
 */
export function allocate(inputs: AllocationInputs): Allocation {
  const { program, snapshot, people, valuation, listed } = inputs
  const candidates = candidatesOf(program, valuation, people, listed)
  const { final, stages } = distributeByRules(program, valuation, candidates)
  const pay = payer(program)
  const participants: Participant[] = []
  const without: Without[] = []
  let value = 0n
  candidates.forEach((candidate, i) => {
    const amount = final.amounts[i] ?? 0n
    if (sharesIn(candidate) && final.dropped[i] === 0) value += candidate.value
    if (amount === 0n) {
      without.push(withoutOf(program, candidate, { dropped: final.dropped[i] === 1 }))
      return
    }
    participants.push({
      account: candidate.account,
      value: candidate.value,
      parts: candidate.parts,
      amount,
      roundedUp: final.roundedUp[i] === 1,
      capped: final.capped[i] === 1,
      payments: pay(candidate.account, candidate.parts, amount),
    })
  })
  const entries = entriesOf(participants)
  const pool = program.tranches.automatic
  const allocated = entries.reduce((sum, { amount }) => sum + amount, 0n)
  invariant(
    allocated + final.undistributed === pool,
    "amounts and what is undistributed add up to the tranche",
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
    value,
    entries,
    participants,
    without,
    moves: movesOf(stages),
    risks: payeeRisks(program, snapshot, people, entries),
    remarks: remarksOn(program, people, candidates, participants),
  }
}

function sharesIn({ eligible, excluded }: Candidate): boolean {
  return eligible && excluded === undefined
}

/**
 * Applies the rules one after the other, each with those before it: leaving nodes, exclusions, minimum, cap.
 * A rule that changes nothing costs nothing.
 */
function distributeByRules(
  { name, rules, tranches, token }: Program,
  { basis, units }: Valuation,
  candidates: readonly Candidate[],
): { readonly final: Distribution; readonly stages: readonly Stage[] } {
  const share = (values: readonly bigint[], bounds: Bounds): Distribution => {
    if (basis === "amount") {
      const divisor = 10n ** BigInt(units.valueDecimals - token.decimals)
      return fixedAmounts(tranches.automatic, values, divisor, bounds)
    }
    if (values.every((value) => value === 0n)) {
      throw new AirdropError(`nobody has a share in ${name}`, {
        exit: 1,
        hint: "No eligible participant has anything that counts; ./airdrop explain says why for an address.",
      })
    }
    return distribute(tranches.automatic, values, bounds)
  }
  const free: Bounds = { minimum: 0n, cap: undefined }
  const unexcluded = (
    value: (candidate: Candidate) => bigint,
    isOut: (candidate: Candidate) => boolean,
  ): bigint[] =>
    candidates.map((candidate) => (candidate.eligible && !isOut(candidate) ? value(candidate) : 0n))
  const counted = unexcluded(
    ({ value }) => value,
    ({ excluded }) => excluded !== undefined,
  )
  const stages: Stage[] = []
  const isLeaving = candidates.some(({ value, valueWithLeaving }) => value !== valueWithLeaving)
  const isExcluding = candidates.some(({ eligible, excluded }) => eligible && excluded !== undefined)
  if (isLeaving) {
    const values = unexcluded(
      ({ valueWithLeaving }) => valueWithLeaving,
      () => false,
    )
    stages.push({ rule: undefined, amounts: share(values, free).amounts })
  }
  if (isExcluding) {
    const values = unexcluded(
      ({ value }) => value,
      () => false,
    )
    stages.push({ rule: isLeaving ? "leaving" : undefined, amounts: share(values, free).amounts })
  }
  let final = share(counted, free)
  const before = isExcluding ? "exclude" : isLeaving ? "leaving" : undefined
  stages.push({ rule: before, amounts: final.amounts })
  if (rules.minimum > 0n) {
    final = share(counted, { minimum: rules.minimum, cap: undefined })
    stages.push({ rule: "minimum", amounts: final.amounts })
  }
  if (rules.cap !== undefined) {
    final = share(counted, { minimum: rules.minimum, cap: rules.cap })
    stages.push({ rule: "cap", amounts: final.amounts })
  }
  refuseExcess(final.undistributed, tranches.automatic, token.decimals)
  return { final, stages }
}
