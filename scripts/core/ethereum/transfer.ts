import type { Address } from "../primitives/address.ts"

/**
 * A transfer of the token. Transfers of zero are left out, because any account can make them between any two
 * others.
 */
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
