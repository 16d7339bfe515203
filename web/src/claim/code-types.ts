/** The interface between the page and its lazily loaded encoder. */
import type { ClaimStates } from "../../../scripts/core/claim/claim-state.ts"
import type { ClaimSubmission } from "../../../scripts/core/claim/claim-submission.ts"
import type { SignedTerms } from "../../../scripts/core/claim/claim-digests.ts"
import type { Due } from "../../../scripts/core/claim/claims.ts"
import { loadScript } from "../security.ts"
import type { WalletDigest } from "./machine.ts"

export interface ClaimCode {
  /** Encodes the transaction that claims every open tranche. */
  readonly encodeClaim: (due: Due, states: ClaimStates, how: ClaimSubmission) => string
  /** Returns the digest of a transaction's calldata that a wallet may show. */
  readonly callDigests: (data: string) => readonly WalletDigest[]
  /** Returns the digests of the messages that an account signs. */
  readonly messageDigests: (due: Due, states: ClaimStates, terms: SignedTerms) => readonly WalletDigest[]
  /** Encodes one transaction that makes several calls of the contract, all or none. */
  readonly encodeAll: (calls: readonly string[]) => string
}

declare global {
  var airdropClaimCode: ClaimCode | undefined
}

export async function loadClaimCode(): Promise<ClaimCode> {
  await loadScript("claim.js")
  if (globalThis.airdropClaimCode === undefined) throw new Error("claim.js did not start")
  return globalThis.airdropClaimCode
}
