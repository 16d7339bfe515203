import type { Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"

/** A leaf of the automatic tranche and the way up to its root. Amounts in base units. */
export interface AutomaticClaim {
  readonly index: number
  readonly amount: bigint
  readonly proof: readonly Hex[]
}

/** A leaf of the reserve. */
export interface ReserveClaim {
  readonly cumulativeAmount: bigint
  readonly proof: readonly Hex[]
}

/** What the published files say an account is due. */
export interface Due {
  readonly account: Address
  readonly automatic?: AutomaticClaim | undefined
  readonly reserve?: ReserveClaim | undefined
}

/** How one tranche of an account stands on chain. */
export type ClaimState =
  | { readonly state: "open"; readonly payable: bigint }
  | { readonly state: "claimed" }
  /** The reserve root of the files is not (or not yet) the accepted one. */
  | { readonly state: "not-accepted"; readonly acceptableAt: bigint | undefined }
export interface ClaimStates {
  readonly automatic: ClaimState | undefined
  readonly reserve: ClaimState | undefined
}
