import type { Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"

/** A leaf of the automatic tranche and its proof. Amounts in base units. */
export interface AutomaticClaim {
  readonly index: number
  readonly amount: bigint
  readonly proof: readonly Hex[]
}

/** A leaf of the reserve and its proof. */
export interface ReserveClaim {
  /** Base units: all amounts ever granted to the account. */
  readonly cumulativeAmount: bigint
  readonly proof: readonly Hex[]
  /** The root that the proof leads to. */
  readonly root: Hex
}

/** The claims of an account according to the published files. */
export interface Due {
  readonly account: Address
  readonly automatic?: AutomaticClaim | undefined
  readonly reserve?: ReserveClaim | undefined
}
