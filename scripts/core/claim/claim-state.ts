/** Decides which claims of an account are open, claimed or pending, from the files and the chain. */
import type { Hex } from "../primitives/bytes.ts"
import type { ClaimSubmission } from "./claim-submission.ts"
import type { Due } from "./claims.ts"

/** The amounts that the contract has paid an account. */
export interface PaidState {
  /** Undefined if the account has no automatic amount. */
  readonly claimed: boolean | undefined
  /** Base units. */
  readonly reserveClaimed: bigint
}

/** The reserve's roots on chain. */
export interface ReserveRoots {
  /** The accepted root; all zeros before the first. */
  readonly reserveRoot: Hex
  /** The submitted root that waits for acceptance; all zeros if there is none. */
  readonly pendingRoot: Hex
  /** Seconds since 1970. */
  readonly acceptableAt: bigint
}

/** The state of one tranche of an account. Amounts in base units. */
export type TrancheState =
  | { readonly state: "open"; readonly payable: bigint; readonly paid: bigint }
  | { readonly state: "claimed" }
  /** The reserve root of the files is submitted. It can be accepted from this time on. */
  | { readonly state: "pending"; readonly acceptableAt: bigint }
  /** The contract does not have the reserve root of the files. */
  | { readonly state: "notSubmitted" }

/** The state of each tranche; undefined if the account has no amount in it. */
export interface ClaimStates {
  readonly automatic: TrancheState | undefined
  readonly reserve: TrancheState | undefined
}

/** Returns the state of both tranches of an account. */
export function claimStatesOf(due: Due, paid: PaidState, roots: ReserveRoots): ClaimStates {
  return {
    automatic: due.automatic && automaticState(due.automatic.amount, paid),
    reserve: due.reserve && reserveState(due.reserve, paid, roots),
  }
}

function automaticState(amount: bigint, { claimed }: PaidState): TrancheState {
  return claimed === true ? { state: "claimed" } : { state: "open", payable: amount, paid: 0n }
}

/**
 * Returns the state of the reserve. An amount that was paid under any root is claimed, also while a newer root is
 * pending.
 */
function reserveState(
  { cumulativeAmount, root }: NonNullable<Due["reserve"]>,
  { reserveClaimed: paid }: PaidState,
  roots: ReserveRoots,
): TrancheState {
  if (paid >= cumulativeAmount) return { state: "claimed" }
  if (root === roots.reserveRoot) return { state: "open", payable: cumulativeAmount - paid, paid }
  return root === roots.pendingRoot
    ? { state: "pending", acceptableAt: roots.acceptableAt }
    : { state: "notSubmitted" }
}

/** The base units that one claim pays now from each tranche; zero from a tranche that it does not claim. */
export interface Payable {
  readonly automatic: bigint
  readonly reserve: bigint
}

/**
 * Returns the amounts that a claim pays now.
 * @param submission if by signature, only signed tranches are claimed; every open tranche if omitted
 */
export function payableNow({ automatic, reserve }: ClaimStates, submission?: ClaimSubmission): Payable {
  const payable = (state: TrancheState | undefined, tranche: "automatic" | "reserve"): bigint => {
    const isSigned = submission?.by !== "signature" || submission[tranche] !== undefined
    return state?.state === "open" && isSigned ? state.payable : 0n
  }
  return { automatic: payable(automatic, "automatic"), reserve: payable(reserve, "reserve") }
}
