import type { Address } from "../primitives/address.ts"
import type { SignedClaim } from "./signed-claim.ts"

/** The way a claim is submitted: its sender and its recipient. */
export type ClaimSubmission =
  /** Any account sends it; the account of the claim is paid. */
  | { readonly by: "anyone" }
  /** The account of the claim sends it. */
  | { readonly by: "account"; readonly to: Address }
  /** Any account sends it, with signatures of the account of the claim. */
  | SignedSubmission

/** The signatures of a claim, one a tranche. A tranche without one is not claimed. */
export interface SignedSubmission {
  readonly by: "signature"
  readonly to: Address
  /** Seconds since 1970. */
  readonly deadline: bigint
  readonly automatic: string | undefined
  readonly reserve: string | undefined
}

/** Returns the submission of a signed claim. */
export function signedSubmission({ to, deadline, automatic, reserve }: SignedClaim): SignedSubmission {
  return { by: "signature", to, deadline, automatic: automatic?.signature, reserve: reserve?.signature }
}
