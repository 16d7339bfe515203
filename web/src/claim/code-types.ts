/** The interface between the page and its lazily loaded encoder. */
import type { ClaimStates } from "../../../scripts/core/claim/claim-state.ts"
import type { ClaimSubmission } from "../../../scripts/core/claim/claim-submission.ts"
import type { Due } from "../../../scripts/core/claim/claims.ts"
import { loadScript } from "../security.ts"

export interface ClaimCode {
  /** Encodes the transaction that claims every open tranche. */
  readonly encodeClaim: (due: Due, states: ClaimStates, how: ClaimSubmission) => string
}

declare global {
  var airdropClaimCode: ClaimCode | undefined
}

export async function loadClaimCode(): Promise<ClaimCode> {
  await loadScript("claim.js")
  if (globalThis.airdropClaimCode === undefined) throw new Error("claim.js did not start")
  return globalThis.airdropClaimCode
}
