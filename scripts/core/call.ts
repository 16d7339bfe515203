import type { Address } from "./address.ts"
import type { Hex } from "./hex.ts"

/** One call that a Safe (or a timelock, or a key) makes. */
export interface Call {
  readonly to: Address
  /** Wei. */
  readonly value: bigint
  readonly data: Hex
}
