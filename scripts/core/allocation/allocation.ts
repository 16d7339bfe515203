import type { Token } from "../primitives/token.ts"
import type { Address } from "../primitives/address.ts"
import type { SnapshotBlock } from "../snapshot/snapshot.ts"
import type { Basis, Contribution, Units } from "../sources/valuation.ts"

/**
 * The amount of each account, with its derivation. The derivation has one shape for every source of value. A
 * contribution is a quantity times a factor. A participant's value is the sum of the contributions that count.
 */
export interface Allocation {
  readonly program: string
  readonly chainId: number
  readonly token: Token
  /** The block of the snapshot; absent if the source reads no chain. */
  readonly block: SnapshotBlock | undefined
  /** `share` if the pool is shared in proportion to values, `amount` if values are the amounts. */
  readonly basis: Basis
  readonly units: Units
  /** Base units of the automatic tranche. */
  readonly pool: bigint
  /** Base units paid: the sum of {@link entries}. */
  readonly allocated: bigint
  /** The amount that the rules left undistributed; pool = allocated + undistributed. */
  readonly undistributed: bigint
  /**
   * The sum of the values that share the pool, in units of `units.valueDecimals`: those of the participants, and
   * those whose share is less than one unit.
   */
  readonly totalValue: bigint
  /** The pool that uncapped participants share in proportion, and the sum of their values. */
  readonly uncapped: { readonly pool: bigint; readonly value: bigint }
  readonly participantCount: number
  readonly unpaidCount: number
  readonly unpaidReasons: readonly { readonly reason: UnpaidReason; readonly count: number }[]
  /** The sums, by group, of the participants' contributions that count. */
  readonly groups: readonly GroupTotal[]
  /** The payments, which are the leaves of the tree. In ascending order of account, each account once. */
  readonly entries: readonly Entry[]
  /** False if there are too many people to keep all derivations. The next two lists are then incomplete. */
  readonly isDerived: boolean
  /** The participants with the derivation of their amounts, in ascending order of account. */
  readonly participants: readonly Participant[]
  /** The accounts that get no payment and might expect one, in ascending order of account. */
  readonly unpaid: readonly UnpaidAccount[]
  /** The effect of each rule, in the order in which the rules are applied. */
  readonly ruleEffects: readonly RuleEffect[]
  /** Payees that might be unable to use their payment, in ascending order of account. */
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
  /** True if the amount was rounded up: it includes a unit left over from rounding all shares down. */
  readonly roundedUp: boolean
  /** True if the cap reduced the amount. */
  readonly capped: boolean
  readonly payments: readonly Payment[]
}

/** A payment of a participant's amount. There is one, or one per staking address with `payTo: "staker"`. */
export interface Payment {
  /** The account that the rules would pay. */
  readonly account: Address
  /** The account that is paid. It differs from `account` only by an override or a redirect. */
  readonly payee: Address
  readonly amount: bigint
  /** Names what chose the payee: the operators' override or the account's signed redirect. */
  readonly by?: "override" | "redirect"
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
  /** The reason as a phrase about this account. */
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
  "redirects",
] as const

/** The effect of one rule, compared with the same allocation under only the rules before it. */
export interface RuleEffect {
  /** In this order. From `merge` on, rules change which account is paid, not a person's amount. */
  readonly rule: (typeof RULES)[number]
  /** Base units that some accounts lose to the rule. Others gain them, or they stay undistributed. */
  readonly moved: bigint
  readonly losers: number
  readonly gainers: number
}

export interface PayeeRisk {
  readonly account: Address
  readonly amount: bigint
  readonly kind: string
  readonly detail: string
  /** True if an override settles it, or if it is only information. A build needs all of them resolved. */
  readonly resolved: boolean
}
