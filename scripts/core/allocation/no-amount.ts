import { tokenAmount } from "../primitives/token.ts"
import type { UnpaidAccount, UnpaidReason } from "./allocation.ts"
import { sourceOf } from "../sources/source-of.ts"
import type { Contribution } from "../sources/valuation.ts"
import type { Candidate } from "./candidates.ts"
import type { Program } from "../program/program.ts"

/** The effect of the rules on amounts on an unpaid candidate. */
export interface Outcome {
  readonly dropped: boolean
}

/** Returns an unpaid account with its reason and contributions. */
export function unpaidAccount(
  program: Program,
  candidate: Candidate,
  contributions: readonly Contribution[],
  { dropped }: Outcome,
): UnpaidAccount {
  const { account, value } = candidate
  const reason = reasonOf(candidate, contributions, dropped)
  return {
    account,
    reason,
    detail: detailOf(program, candidate, contributions, reason),
    value,
    contributions,
  }
}

/** Returns the reason why a candidate has no amount. */
export function reasonOf(
  { eligible, excluded, value }: Candidate,
  contributions: readonly Contribution[],
  dropped: boolean,
): UnpaidReason {
  if (!eligible) return "not-listed"
  if (excluded !== undefined) return "excluded"
  if (value === 0n) {
    if (contributions.some(({ excludedReason }) => excludedReason === "leaving")) return "leaving"
    if (contributions.some(({ excludedReason }) => excludedReason === "not-registered"))
      return "not-registered"
    return contributions.some(({ excludedReason }) => excludedReason === "not-listed")
      ? "contributions-not-listed"
      : "no-contribution"
  }
  return dropped ? "below-minimum" : "below-one-unit"
}

function detailOf(
  program: Program,
  { excluded }: Candidate,
  contributions: readonly Contribution[],
  reason: UnpaidReason,
): string {
  const { rules, eligibility, token } = program
  const list = eligibility?.file ?? "the program's files"
  switch (reason) {
    case "not-listed":
      return `has a share by the rules, but none of its addresses is in ${list}`
    case "contributions-not-listed":
      return `is in ${list}, but its stakes belong to addresses that are not; only stakes of listed addresses count`
    case "not-registered":
      return "has stakes, but did not register before the close"
    case "no-contribution":
      if (contributions.length > 0) return "all its contributions have value zero"
      return `is in ${list}, but has ${sourceOf(program).lacking ?? "no contribution that counts"}`
    case "leaving":
      return "has stakes only in nodes that have requested to leave, which do not count"
    case "excluded":
      return `is excluded: ${excluded ?? ""}`
    case "below-minimum":
      return `its share is below the minimum of ${tokenAmount(rules.minimum, token)}`
    case "below-one-unit":
      return `its share is less than one unit of ${token.symbol}`
  }
}
