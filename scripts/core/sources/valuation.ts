import type { Address } from "../primitives/address.ts"
import type { Sequence } from "../primitives/sequence.ts"

export type Basis = "share" | "amount"

/** The units of the numbers in a derivation. */
export interface Units {
  /** The kind of a contribution's origin, "node" or "line". */
  readonly origin: string
  /** The unit of a quantity, such as "SESH" or "points". */
  readonly quantity: string
  readonly quantityDecimals: number
  /** The name of a factor, such as "weight" or "rate". */
  readonly factor: string
  /** The unit of a value, such as "activity value". */
  readonly value: string
  readonly valueDecimals: number
}

/** One contribution to a participant's value: a stake in a node, a line of a points file. */
export interface Contribution {
  /** The account of the contribution: the participant's own address or one of its vesting contracts. */
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
  /** The reason why it does not count; absent if it counts. */
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
