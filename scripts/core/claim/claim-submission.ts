import type { Address } from "../primitives/address.ts"
import type { SignedClaim } from "./signed-claim.ts"

/** How a claim is submitted: who sends it and who is paid. */
export type ClaimSubmission =
  /** Any account sends it; the account of the claim is paid. */
  | { readonly by: "anyone" }
  /** The account of the claim sends it. */
  | { readonly by: "account"; readonly to: Address }
  /** Any account sends it with the signatures of the account of the claim. */
  | SignedSubmission

/** Each tranche has a signature of its own; a tranche without one is not claimed. */
export interface SignedSubmission {
  readonly by: "signature"
  readonly to: Address
  /** Seconds since 1970. */
  readonly deadline: bigint
  readonly automatic: string | undefined
  readonly reserve: string | undefined
}

/** Returns how a signed claim is submitted. */
export function signedSubmission({ to, deadline, automatic, reserve }: SignedClaim): SignedSubmission {
  return { by: "signature", to, deadline, automatic: automatic?.signature, reserve: reserve?.signature }
}
