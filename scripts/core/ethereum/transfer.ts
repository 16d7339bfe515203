import type { Address } from "../primitives/address.ts"

/** One transfer of the token. Transfers of zero are left out, since any account can make them between any two. */
export interface Transfer {
  readonly from: Address
  readonly to: Address
  /** Base units, above zero. */
  readonly amount: bigint
  /** Position in the order of the chain. Later transfers have higher numbers. */
  readonly order: number
  readonly block: number
  readonly transaction: string
}
