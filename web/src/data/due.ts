/** The content of the published files about one account. All amounts in base units of the token. */
import type { Address } from "../../../scripts/core/primitives/address.ts"
import type { Derivation } from "../../../scripts/core/publication/derivation.ts"
import type { AutomaticClaim, Due as Claims, ReserveClaim } from "../../../scripts/core/claim/claims.ts"

export interface Due extends Claims {
  readonly automatic: AutomaticClaim | undefined
  readonly reserve: ReserveClaim | undefined
  readonly derivation: Derivation | undefined
  /** The evidence that the account is not on the automatic list; undefined if it is on it. */
  readonly absence: "proved" | "looked" | undefined
  /** The published reason for an account that takes part and has no claim of its own. */
  readonly elsewhere: Elsewhere | undefined
  /** The parts whose files could not be loaded. What they hold about the account is not known. */
  readonly unread: readonly Unread[]
}

export type Unread = "automatic" | "reserve" | "explanation"

export interface Elsewhere {
  readonly reason: string
  /** The reason in English. */
  readonly detail: string
  /** The accounts whose claims include the earnings of this one. */
  readonly paidTo: readonly Address[]
}
