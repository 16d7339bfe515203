/** What the lazily loaded part and the rest of the page know of each other. */
import { loadScript } from "../security.ts"
import type { Due } from "../data/due.ts"

/** Who sends, and who is paid. */
export type Way =
  | { readonly by: "anyone" }
  | { readonly by: "account"; readonly to: string }
  | {
      readonly by: "signature"
      readonly to: string
      /** Unix seconds. */
      readonly deadline: bigint
      readonly automatic: string | undefined
      readonly reserve: string | undefined
    }

/** The tranches to claim; absent is left out. */
export type Payments = Pick<Due, "automatic" | "reserve">

export interface ClaimCode {
  /** The data of the transaction that claims. */
  readonly encodeClaim: (account: string, payments: Payments, way: Way) => string
}

declare global {
  var airdropClaimCode: ClaimCode | undefined
}

export async function loadClaimCode(): Promise<ClaimCode> {
  await loadScript("claim.js")
  if (globalThis.airdropClaimCode === undefined) throw new Error("claim.js did not start")
  return globalThis.airdropClaimCode
}
