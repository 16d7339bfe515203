import type { Address } from "../primitives/address.ts"
import type { Sequence } from "../primitives/sequence.ts"

export type Basis = "share" | "amount"

/** How the numbers of a derivation are read. */
export interface Units {
  /** What a contribution's origin is: "node" or "line". */
  readonly origin: string
  /** What a quantity counts, such as "SESH" or "points". */
  readonly quantity: string
  readonly quantityDecimals: number
  /** What a factor is, such as "weight" or "rate". */
  readonly factor: string
  /** What a value counts, such as "activity value". */
  readonly value: string
  readonly valueDecimals: number
}

/** One contribution to a participant's value: a stake in a node, a line of a points file. */
export interface Contribution {
  /** Whose it is: the participant's own address or one of its vesting contracts. */
  readonly account: Address
  /** Node id or line of the source's file. */
  readonly origin: number
  /** What totals are kept by: the role of a stake, the kind of a bonus. */
  readonly group: string
  /** In units of `units.quantityDecimals`. */
  readonly quantity: bigint
  /** An exact decimal. */
  readonly factor: string
  /** quantity × factor, in units of `units.valueDecimals`. */
  readonly value: bigint
  /** Something that a reader should know, such as that the node has asked to leave. */
  readonly note?: string
  /** Why it does not count; absent when it does. */
  readonly excludedReason?: "leaving" | "not-listed" | "not-registered"
}

/** Parts in the order in which they should be shown. */
export interface ContributionList extends Sequence<Contribution> {
  /** True if accounts come in ascending order, each once. */
  readonly isAscending?: boolean
}

/** What a source makes of its inputs. */
export interface Valuation {
  readonly basis: Basis
  readonly units: Units
  /** Every contribution of everybody, eligible or not. */
  readonly contributions: ContributionList
}
