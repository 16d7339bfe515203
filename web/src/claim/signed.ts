/** Reads a signed claim as it comes to the page: a file, a link, or its text. */
import type { PageConfig } from "../../../scripts/core/publication/page-config.ts"
import { parseSignedClaim, type SignedClaim } from "../../../scripts/core/claim/signed-claim.ts"
import type { Due } from "../data/due.ts"
import { fromLinkText } from "../data/text.ts"

/**
 * Reads a signed claim of this page's contract.
 * @param source the name of the file, for messages
 * @throws Error that names the fault
 */
export function readSignedClaim(text: string, config: PageConfig, source: string): SignedClaim {
  const claim = parseSignedClaim(unwrapped(text), source)
  if (claim.chainId !== config.chainId || claim.contract !== config.contract) {
    throw new Error(`${source}: contract ${claim.contract}, chain ${claim.chainId}`)
  }
  return claim
}

/** Splits a text into the signed claims in it: links, files pasted one after the other, or an array of files. */
export function splitSigned(text: string): readonly string[] {
  const links = text.match(/\S*#signed=[A-Za-z0-9_-]+/g)
  if (links !== null) return links
  try {
    const json: unknown = JSON.parse(text)
    if (Array.isArray(json)) return json.map((one) => JSON.stringify(one))
  } catch {
    // Not one JSON value: maybe several.
  }
  return text
    .split(/(?<=\})\s*(?=\{)/)
    .map((one) => one.trim())
    .filter((one) => one !== "")
}

/** Returns the text itself, or the text inside a link to this page. */
function unwrapped(text: string): string {
  const [, packed] = /#signed=([A-Za-z0-9_-]+)/.exec(text) ?? []
  return packed === undefined ? text : fromLinkText(packed)
}

/** Throws if the signed amounts differ from the files'. The contract would refuse such a signature. */
export function ensureSameAmounts(claim: SignedClaim, due: Due, source: string): void {
  const { automatic, reserve } = claim
  if (automatic !== undefined && automatic.amount !== due.automatic?.amount) {
    throw new Error(`${source}: automatic amount ${automatic.amount}`)
  }
  if (reserve !== undefined && reserve.cumulativeAmount !== due.reserve?.cumulativeAmount) {
    throw new Error(`${source}: reserve amount ${reserve.cumulativeAmount}`)
  }
}
