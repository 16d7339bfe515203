import type { Token } from "../primitives/token.ts"
import type { Address } from "../primitives/address.ts"
import type { SnapshotBlock } from "../session/snapshot.ts"
import type { Basis, Contribution, Units } from "../sources/valuation.ts"

/**
 * Who gets what, and how each amount comes about. The derivation has one shape for every source of value:
 * a contribution is a quantity times a factor; a participant's value is the sum of the contributions that count.
 */
export interface Allocation {
  readonly program: string
  readonly chainId: number
  readonly token: Token
  /** The block that stakes and accounts were read at; absent where the source reads no chain. */
  readonly block: SnapshotBlock | undefined
  /** Whether the pool is shared in proportion to values, or values are the amounts themselves. */
  readonly basis: Basis
  readonly units: Units
  /** Base units of the automatic tranche. */
  readonly pool: bigint
  /** Base units paid: the sum of {@link entries}. */
  readonly allocated: bigint
  /** The amount that the rules left undistributed; pool = allocated + undistributed. */
  readonly undistributed: bigint
  /**
   * The sum of the values of those who share the pool, in units of `units.valueDecimals`: the participants, and
   * those whose share is less than one unit.
   */
  readonly totalValue: bigint
  /** The pool that uncapped participants share in proportion, and the sum of their values. */
  readonly uncapped: { readonly pool: bigint; readonly value: bigint }
  readonly participantCount: number
  readonly unpaidCount: number
  readonly unpaidReasons: readonly { readonly reason: UnpaidReason; readonly count: number }[]
  /** What the participants' contributions that count add up to, by group. */
  readonly groups: readonly GroupTotal[]
  /** The payments, which are the leaves of the tree. In ascending order of account, each account once. */
  readonly entries: readonly Entry[]
  /** False if there are too many people to hold all of their derivations: the next two lists are then not complete. */
  readonly isDerived: boolean
  /** The participants with the derivation of their amounts, in ascending order of account. */
  readonly participants: readonly Participant[]
  /** The accounts without a payment that might have been expected to get one, in ascending order of account. */
  readonly unpaid: readonly UnpaidAccount[]
  /** What each rule moved, in the order in which the rules are applied. */
  readonly ruleEffects: readonly RuleEffect[]
  /** Payees that might not be able to use what they get, in ascending order of account. */
  readonly risks: readonly PayeeRisk[]
  /** Exclusions and overrides that match no account, and other findings to review. */
  readonly warnings: readonly string[]
}

export interface GroupTotal {
  readonly group: string
  readonly contributions: number
  readonly quantity: bigint
  readonly value: bigint
}

/** The payment to one address. */
export interface Entry {
  readonly account: Address
  /** Base units, above zero. */
  readonly amount: bigint
}

/** A person with the vesting contracts that name it as beneficiary. */
export interface Participant {
  readonly account: Address
  /** The sum of the contributions that count. */
  readonly value: bigint
  readonly contributions: readonly Contribution[]
  /** Base units. */
  readonly amount: bigint
  /** True if the amount was rounded up: it holds one of the units left over when all shares are rounded down. */
  readonly roundedUp: boolean
  /** True if the cap holds the amount down. */
  readonly capped: boolean
  readonly payments: readonly Payment[]
}

/** A payment of a participant's amount. There is one, or one per staking address with `payTo: "staker"`. */
export interface Payment {
  /** The account that the rules would pay. */
  readonly account: Address
  /** The account that is paid. It differs from `account` only by an override. */
  readonly payee: Address
  readonly amount: bigint
}

export type UnpaidReason =
  | "not-listed"
  | "contributions-not-listed"
  | "not-registered"
  | "no-contribution"
  | "leaving"
  | "excluded"
  | "below-minimum"
  | "below-one-unit"

export interface UnpaidAccount {
  readonly account: Address
  readonly reason: UnpaidReason
  /** The reason in words, for this account. */
  readonly detail: string
  readonly value: bigint
  readonly contributions: readonly Contribution[]
}

/** An unpaid account without the contributions of its derivation: a line of unpaid.csv. */
export type UnpaidReport = Pick<UnpaidAccount, "account" | "reason" | "detail">

/** The rules in the order in which they are applied. */
export const RULES = [
  "eligibility",
  "leavingNodes",
  "exclude",
  "minimum",
  "cap",
  "merge",
  "payTo",
  "overrides",
] as const

/** What applying one rule changed, compared with the same allocation with only the rules before it. */
export interface RuleEffect {
  /** In this order. From `merge` on they change who is paid, not what is due to a person. */
  readonly rule: (typeof RULES)[number]
  /** Base units taken from those who get less; they went to those who get more, or stay undistributed. */
  readonly moved: bigint
  readonly losers: number
  readonly gainers: number
}

export interface PayeeRisk {
  readonly account: Address
  readonly amount: bigint
  readonly kind: string
  readonly detail: string
  /** True if an override settles it, or it is only worth knowing; nothing is built while one is false. */
  readonly resolved: boolean
}
