/** Computes the digests of the messages that an account signs for its claims, as its wallet shows them (ERC-8213). */
import type { Address } from "../primitives/address.ts"
import { messageDigests, type MessageDigests } from "../ethereum/digests.ts"
import { CLAIM_RESERVE_TYPES, CLAIM_TYPES, signatureDomain } from "./claim-signature.ts"
import type { ClaimStates } from "./claim-state.ts"
import type { Due } from "./claims.ts"

export interface SignedTerms {
  readonly chainId: number
  readonly contract: Address
  readonly to: Address
  /** Seconds since 1970. */
  readonly deadline: bigint
}

export interface ClaimDigests {
  readonly tranche: "automatic" | "reserve"
  readonly digests: MessageDigests
}

/** Returns the digests of each message to sign: one for each open tranche. */
export function claimDigests(
  { account, automatic, reserve }: Due,
  states: ClaimStates,
  { chainId, contract, to, deadline }: SignedTerms,
): readonly ClaimDigests[] {
  const domain = signatureDomain(chainId, contract)
  const found: ClaimDigests[] = []
  if (automatic && states.automatic?.state === "open") {
    const { index, amount } = automatic
    const digests = messageDigests(domain, CLAIM_TYPES, { index, account, to, amount, deadline })
    found.push({ tranche: "automatic", digests })
  }
  if (reserve && states.reserve?.state === "open") {
    const { cumulativeAmount } = reserve
    const message = { account, to, cumulativeAmount, deadline }
    found.push({ tranche: "reserve", digests: messageDigests(domain, CLAIM_RESERVE_TYPES, message) })
  }
  return found
}
