/** A signed claim as it comes to the page: a file, a link, or its text. */
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { parseSignedClaim, type SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import type { Due } from "../data/due.ts"
import { fromLinkText } from "../data/text.ts"

/** Reads a signed claim of this page's contract. @throws Error that says what it is not */
export function readSignedClaim(text: string, config: PageConfig): SignedClaim {
  const claim = parseSignedClaim(unwrapped(text), "signed claim")
  if (claim.chainId !== config.chainId || claim.contract !== config.contract) {
    throw new Error(`contract ${claim.contract}, chain ${claim.chainId}`)
  }
  return claim
}

/** The text itself, or what a link to this page carries. */
function unwrapped(text: string): string {
  const [, packed] = /#signed=([A-Za-z0-9_-]+)/.exec(text) ?? []
  return packed === undefined ? text : fromLinkText(packed)
}

/** A signature over other amounts than the files' would be refused by the contract in the end. */
export function ensureSameAmounts(claim: SignedClaim, due: Due): void {
  const { automatic, reserve } = claim
  if (automatic !== undefined && automatic.amount !== due.automatic?.amount) {
    throw new Error(`automatic amount ${automatic.amount}`)
  }
  if (reserve !== undefined && reserve.cumulativeAmount !== due.reserve?.cumulativeAmount) {
    throw new Error(`reserve amount ${reserve.cumulativeAmount}`)
  }
}
