/**
 * Reads an address as people paste it: with blanks, with a chain's prefix, in capitals, or inside an explorer's
 * link.
 */
import { findChain } from "../../../scripts/core/ethereum/chains.ts"
import { parseAddress, type Address } from "../../../scripts/core/primitives/address.ts"
import type { TextKey } from "../text/en.ts"

export type AddressText =
  | { readonly kind: "address"; readonly address: Address }
  /** An ENS name, in lower case. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "problem"; readonly problem: Extract<TextKey, `look.${string}`>; readonly found: string }

const BLANKS = /[\s\u00a0\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff]/g
const WITHIN_LINK = /0x[0-9a-f]{40}(?![0-9a-f])/gi

/** Returns the address or name in a text, or the key of the text that says what is wrong with it. */
export function readAddressText(text: string, chainId: number): AddressText {
  const packed = text.replace(BLANKS, "")
  const [, prefix, rest] = /^(eip155:\d+|[a-z][a-z0-9-]*):(0x.*)$/i.exec(packed) ?? []
  if (prefix !== undefined && rest !== undefined) {
    const own = [findChain(chainId)?.shortName, `eip155:${chainId}`]
    return own.includes(prefix.toLowerCase())
      ? readAddressText(rest, chainId)
      : problem("look.otherChain", prefix)
  }
  if (/^0x[0-9a-f]{40}$/i.test(packed)) return checked(packed)
  if (/^(?:0x)?[0-9a-f]{64}$/i.test(packed)) return problem("look.hash", "")
  if (/^(?:https?:)?\/\/|^[a-z0-9.-]+\.[a-z]+\//i.test(packed)) {
    const addresses = [...new Set(packed.match(WITHIN_LINK) ?? [])]
    const [only] = addresses
    return addresses.length === 1 && only !== undefined ? checked(only) : problem("look.link", "")
  }
  if (/^[^.:/@]+(?:\.[^.:/@]+)+$/u.test(packed)) return { kind: "name", name: packed.toLowerCase() }
  if (/^0x[0-9a-f]*$/i.test(packed)) return problem("look.length", String(packed.length - 2))
  return problem("look.malformed", "")
}

function checked(text: string): AddressText {
  const digits = text.slice(2)
  // An address all in capitals has no checksum. Scanners and some exchanges print addresses like that.
  const plain = digits === digits.toUpperCase() ? digits.toLowerCase() : digits
  try {
    return { kind: "address", address: parseAddress(`0x${plain}`) }
  } catch {
    return problem("look.checksum", "")
  }
}

function problem(key: Extract<TextKey, `look.${string}`>, found: string): AddressText {
  return { kind: "problem", problem: key, found }
}
