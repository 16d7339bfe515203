/** Reads a signed claim as it comes to the page: a file, a link, or its text. */
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { parseSignedClaim, type SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import type { Due } from "../data/due.ts"
import { fromLinkText } from "../data/text.ts"

/** Reads a signed claim of this page's contract. @throws Error that names the fault */
export function readSignedClaim(text: string, config: PageConfig): SignedClaim {
  const claim = parseSignedClaim(unwrapped(text), "signed claim")
  if (claim.chainId !== config.chainId || claim.contract !== config.contract) {
    throw new Error(`contract ${claim.contract}, chain ${claim.chainId}`)
  }
  return claim
}

/** Returns the text itself, or the text inside a link to this page. */
function unwrapped(text: string): string {
  const [, packed] = /#signed=([A-Za-z0-9_-]+)/.exec(text) ?? []
  return packed === undefined ? text : fromLinkText(packed)
}

/** Throws if the signed amounts differ from the files'. The contract would refuse such a signature. */
export function ensureSameAmounts(claim: SignedClaim, due: Due): void {
  const { automatic, reserve } = claim
  if (automatic !== undefined && automatic.amount !== due.automatic?.amount) {
    throw new Error(`automatic amount ${automatic.amount}`)
  }
  if (reserve !== undefined && reserve.cumulativeAmount !== due.reserve?.cumulativeAmount) {
    throw new Error(`reserve amount ${reserve.cumulativeAmount}`)
  }
}
