import type { Address } from "../primitives/address.ts"

/** A key whose attestations count, as program.json names it. */
export interface Attester {
  readonly name: string
  readonly address: Address
}
