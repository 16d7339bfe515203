import type { RuleMove } from "./allocation.ts"

/** The amounts of all candidates once a rule and those before it are applied. */
export interface Stage {
  readonly rule: RuleMove["rule"] | undefined
  readonly amounts: readonly bigint[]
}

/** What each stage changed against the one before it. */
export function movesOf(stages: readonly Stage[]): RuleMove[] {
  return stages.flatMap(({ rule, amounts }, i) => {
    const before = stages[i - 1]
    return rule === undefined || before === undefined
      ? []
      : [{ rule, ...difference(before.amounts, amounts) }]
  })
}

/** What the losers lose, and how many lose and gain. */
export function difference(
  before: readonly bigint[],
  after: readonly bigint[],
): { readonly moved: bigint; readonly losers: number; readonly gainers: number } {
  let [moved, losers, gainers] = [0n, 0, 0]
  before.forEach((had, i) => {
    const has = after[i] ?? 0n
    if (has < had) {
      moved += had - has
      losers++
    } else if (has > had) gainers++
  })
  return { moved, losers, gainers }
}
