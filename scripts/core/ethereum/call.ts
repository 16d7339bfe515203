import type { Address } from "../primitives/address.ts"
import type { Hex } from "../primitives/bytes.ts"

/** A call that a Safe, a timelock or an EOA makes. */
export interface Call {
  readonly to: Address
  /** Wei. */
  readonly value: bigint
  readonly data: Hex
}
