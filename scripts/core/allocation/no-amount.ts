import { tokenAmount } from "../primitives/token.ts"
import type { Without, WithoutReason } from "./allocation.ts"
import type { Part } from "../sources/valuation.ts"
import type { Candidate } from "./candidates.ts"
import type { Program } from "../program/program.ts"

/** What the rules on amounts did to a candidate that got nothing. */
export interface Outcome {
  readonly dropped: boolean
}

/** Says why a candidate gets nothing. */
export function withoutOf(
  program: Program,
  candidate: Candidate,
  parts: readonly Part[],
  { dropped }: Outcome,
): Without {
  const { account, value } = candidate
  const reason = reasonOf(candidate, parts, dropped)
  return { account, reason, detail: detailOf(program, candidate, parts, reason), value, parts }
}

/** Why a candidate without an amount has none. */
export function reasonOf(
  { eligible, excluded, value }: Candidate,
  parts: readonly Part[],
  dropped: boolean,
): WithoutReason {
  if (!eligible) return "not-listed"
  if (excluded !== undefined) return "excluded"
  if (value === 0n) {
    if (parts.some(({ not }) => not === "leaving")) return "leaving"
    if (parts.some(({ not }) => not === "not-registered")) return "not-registered"
    return parts.some(({ not }) => not === "not-listed") ? "listed-elsewhere" : "nothing"
  }
  return dropped ? "below-minimum" : "below-one-unit"
}

function detailOf(
  program: Program,
  { excluded }: Candidate,
  parts: readonly Part[],
  reason: WithoutReason,
): string {
  const { rules, eligibility, token } = program
  const list = eligibility?.file ?? "the program's files"
  switch (reason) {
    case "not-listed":
      return `has a share by the rules, but none of its addresses is in ${list}`
    case "listed-elsewhere":
      return `is in ${list}, but all its stakes are on addresses that are not, and only those of listed ones count`
    case "not-registered":
      return "has stakes, but did not register before the close"
    case "nothing":
      if (parts.length > 0) return "all that it has weighs nothing"
      return program.snapshot === undefined
        ? `is in ${list}, but has nothing that counts`
        : `is in ${list}, but has no stake at the snapshot block`
    case "leaving":
      return "has only stakes in nodes that have asked to leave, which do not count"
    case "excluded":
      return `is excluded: ${excluded ?? ""}`
    case "below-minimum":
      return `its share is below the minimum of ${tokenAmount(rules.minimum, token)}`
    case "below-one-unit":
      return `its share is less than one unit of ${token.symbol}`
  }
}
