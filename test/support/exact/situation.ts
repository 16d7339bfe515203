import type { Address } from "../../../scripts/core/primitives/address.ts"

/** The content of a program's files, without their form. */
export interface Situation {
  /** Base units of the automatic tranche. */
  readonly pool: bigint
  readonly decimals: number
  readonly source: SourceCase
  readonly network: Network | undefined
  readonly eligibility:
    { readonly match: "person" | "address"; readonly listed: readonly Address[] } | undefined
  /** Old address and new address. */
  readonly links: readonly Pair[]
  /** Account and payee. */
  readonly redirects: readonly Pair[]
  readonly rules: {
    readonly payTo: "beneficiary" | "staker"
    readonly leavingNodes: "include" | "exclude"
    /** Base units. */
    readonly minimum: bigint
    readonly cap: bigint | undefined
    readonly exclude: readonly Address[]
    /** Account and payee. */
    readonly overrides: readonly Pair[]
  }
}

export type Pair = readonly [from: Address, to: Address]

export interface Network {
  readonly nodes: readonly {
    readonly operator: Address
    readonly leaving: boolean
    readonly stakes: readonly (readonly [Address, bigint])[]
  }[]
  /** Vesting contracts and their beneficiaries. */
  readonly vesting: readonly Pair[]
}

/** The settings and rows of a source. Quantities are decimal numbers, times are seconds since 1970. */
export type SourceCase =
  | {
      readonly kind: "session-staking"
      readonly weights: { readonly solo: string; readonly operator: string; readonly contributor: string }
    }
  | {
      readonly kind: "points"
      readonly decimals: number
      readonly rows: readonly (readonly [Address, points: string])[]
      readonly referrals:
        | {
            readonly rows: readonly (readonly [referrer: Address, referee: Address])[]
            readonly referrerBonus: string
            readonly refereeBonus: string
          }
        | undefined
    }
  | {
      readonly kind: "stake-history"
      readonly decimals: number
      readonly start: number
      readonly close: number
      readonly rows: readonly (readonly [Address, stake: string, from: number, to: number | undefined])[]
      readonly registrations: readonly (readonly [Address, registered: number])[]
    }
  | {
      readonly kind: "conversion"
      readonly decimals: number
      readonly rows: readonly (readonly [Address, amount: string, time: number])[]
      readonly schedule: readonly (readonly [from: number, rate: string])[]
    }
  | {
      readonly kind: "amounts"
      readonly unit: "token" | "base"
      readonly rows: readonly (readonly [Address, amount: string])[]
    }
