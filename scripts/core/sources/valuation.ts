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
  /** The group of totals it belongs to: the role of a stake, the kind of a bonus. */
  readonly group: string
  /** In units of `units.quantityDecimals`. */
  readonly quantity: bigint
  /** An exact decimal. */
  readonly factor: string
  /** quantity × factor, in units of `units.valueDecimals`. */
  readonly value: bigint
  /** A note for readers, such as that the node has requested to leave. */
  readonly note?: string
  /** The reason why it does not count; absent if it counts. */
  readonly excludedReason?: "leaving" | "not-listed" | "not-registered"
}

/** Contributions in display order. */
export interface ContributionList extends Sequence<Contribution> {
  /** True if accounts come in ascending order, each once. */
  readonly isAscending?: boolean
}

/** The valuation of a source's inputs. */
export interface Valuation {
  readonly basis: Basis
  readonly units: Units
  /** All contributions, of eligible accounts or not. */
  readonly contributions: ContributionList
}
