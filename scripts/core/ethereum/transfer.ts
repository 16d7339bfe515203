import type { Address } from "../primitives/address.ts"

/** One transfer of the token. Transfers of nothing are left out: anybody can make them appear between any two. */
export interface Transfer {
  readonly from: Address
  readonly to: Address
  /** Base units, above zero. */
  readonly amount: bigint
  /** Where it stands in the chain's order: later transfers have higher numbers. */
  readonly order: number
  readonly block: number
  readonly transaction: string
}
