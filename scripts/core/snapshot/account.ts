import type { Address } from "../primitives/address.ts"

/** The kind of an account at the snapshot block. `empty` has no code, nonce or balance. */
export type Account =
  | { readonly kind: "plain" | "empty" | "contract" }
  | { readonly kind: "eip7702"; readonly delegate: Address }
  | {
      readonly kind: "safe"
      readonly version: string
      readonly threshold: number
      readonly owners: readonly Address[]
    }
  | Vesting

export interface Vesting {
  readonly kind: "vesting-staking" | "vesting-nostaking"
  readonly beneficiary: Address
  readonly revoker: Address
  readonly revoked: boolean
  /** Seconds since 1970: `start` of a contract that stakes, `cliff` of one that does not. */
  readonly start: number
  readonly end: number
}
