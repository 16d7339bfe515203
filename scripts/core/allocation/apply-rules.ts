import type { RuleEffect } from "./allocation.ts"
import type { Candidate } from "./candidates.ts"
import { distribute, rankingOf, type Bounds, type Distribution, type Ranking } from "./share-pool.ts"
import { AirdropError, invariant } from "../primitives/error.ts"
import { fixedAmounts, refuseExcess } from "./fixed-amounts.ts"
import type { Program } from "../program/program.ts"
import { differenceOf } from "./rule-effect.ts"
import { forEach, type Sequence } from "../primitives/sequence.ts"
import type { Valuation } from "../sources/valuation.ts"

/** The amounts of all candidates, in the order of their list, and the effect of each rule. */
export interface RuledDistribution {
  readonly final: Distribution
  readonly ruleEffects: readonly RuleEffect[]
}

const EXPLAINED = "./airdrop explain PROGRAM ADDRESS says why an address is not paid."

/** A rule together with those before it. */
interface Stage {
  /** Undefined for the start: all candidates with all contributions. */
  readonly rule: RuleEffect["rule"] | undefined
  readonly values: readonly bigint[]
  readonly bounds: Bounds
}

/**
 * Applies the rules one after the other: eligibility, leaving nodes, exclusions, minimum, cap. Skips a rule that the
 * program does not use.
 * @throws AirdropError if no participant has a share, or fixed amounts exceed the tranche
 */
export function distributeByRules(
  program: Program,
  valuation: Valuation,
  candidates: Sequence<Candidate>,
): RuledDistribution {
  const { tranches, token } = program
  const ruleEffects: RuleEffect[] = []
  const share = sharer(program, valuation)
  let last: Distribution | undefined
  for (const { rule, values, bounds } of stagesOf(program, candidates)) {
    const next = share(values, bounds)
    if (rule !== undefined && last !== undefined)
      ruleEffects.push({ rule, ...differenceOf(last.amounts, next.amounts) })
    last = next
  }
  invariant(last !== undefined, "there is a stage")
  if (last.amounts.every((amount) => amount === 0n)) {
    throw new AirdropError(`${program.name} pays no account: ${whyUnpaid(program, candidates)}`, {
      code: "refused",
      hint: EXPLAINED,
    })
  }
  refuseExcess(last.undistributed, tranches.automatic, token.decimals)
  return { final: last, ruleEffects }
}

function whyUnpaid({ rules }: Program, candidates: Sequence<Candidate>): string {
  if (candidates.length === 0) return "its files list no account"
  let sum = 0n
  forEach(candidates, ({ eligible, excluded, value }) => {
    if (eligible && excluded === undefined) sum += value
  })
  if (sum === 0n) return "no eligible account has a contribution that counts"
  return rules.minimum > 0n ? "every amount is below the minimum" : "no amount is a whole unit"
}

function stagesOf({ rules, eligibility }: Program, candidates: Sequence<Candidate>): readonly Stage[] {
  const free: Bounds = { minimum: 0n, cap: undefined }
  const each = (value: (candidate: Candidate) => bigint): bigint[] => {
    const values: bigint[] = []
    forEach(candidates, (candidate) => values.push(value(candidate)))
    return values
  }
  const some = { leaving: false, excluded: false }
  if (rules.leavingNodes === "exclude" || rules.exclude.length > 0) {
    forEach(candidates, ({ value, valueWithLeaving, excluded }) => {
      some.leaving ||= value !== valueWithLeaving
      some.excluded ||= excluded !== undefined
    })
  }
  const counted = each(({ eligible, value, excluded }) => (eligible && excluded === undefined ? value : 0n))
  const withExcluded = some.excluded ? each(({ eligible, value }) => (eligible ? value : 0n)) : counted
  const withLeaving = some.leaving
    ? each(({ eligible, valueWithLeaving }) => (eligible ? valueWithLeaving : 0n))
    : withExcluded
  const all = eligibility === undefined ? withLeaving : each(({ valueOfAll }) => valueOfAll)
  return [
    { rule: undefined, values: all, bounds: free },
    ...(eligibility === undefined
      ? []
      : [{ rule: "eligibility" as const, values: withLeaving, bounds: free }]),
    ...(some.leaving ? [{ rule: "leavingNodes" as const, values: withExcluded, bounds: free }] : []),
    ...(some.excluded ? [{ rule: "exclude" as const, values: counted, bounds: free }] : []),
    ...(rules.minimum > 0n
      ? [{ rule: "minimum" as const, values: counted, bounds: { minimum: rules.minimum, cap: undefined } }]
      : []),
    ...(rules.cap === undefined
      ? []
      : [{ rule: "cap" as const, values: counted, bounds: { minimum: rules.minimum, cap: rules.cap } }]),
  ]
}

/**
 * Returns the function that turns values into amounts: in proportion, or as they are. Ranks values once for all
 * stages.
 */
function sharer(
  { name, tranches, token }: Program,
  { basis, units }: Valuation,
): (values: readonly bigint[], bounds: Bounds) => Distribution {
  if (basis === "amount") {
    const divisor = 10n ** BigInt(units.valueDecimals - token.decimals)
    return (values, bounds) => fixedAmounts(tranches.automatic, values, divisor, bounds)
  }
  let ranked: { readonly values: readonly bigint[]; readonly ranking: Ranking } | undefined
  return (values, bounds) => {
    if (values.every((value) => value === 0n)) {
      throw new AirdropError(`${name} pays no account: no eligible account has a contribution that counts`, {
        code: "refused",
        hint: EXPLAINED,
      })
    }
    if (bounds.minimum === 0n && bounds.cap === undefined)
      return distribute(tranches.automatic, values, bounds)
    if (ranked?.values !== values) ranked = { values, ranking: rankingOf(values) }
    return distribute(tranches.automatic, values, bounds, ranked.ranking)
  }
}
