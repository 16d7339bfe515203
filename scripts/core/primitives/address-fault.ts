/**
 * Explains why a text is not an address. Each kind of text that tables and explorers have instead has its own
 * words.
 */

const HEX = /^0[xX][0-9a-fA-F]+$/
/** Blanks and invisible characters, anywhere in a text. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Kinds of texts that are not an address. The first that matches counts. */
const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^[a-z][a-z0-9+.-]*:\/\//i, "is a link, not an address; copy the address alone"],
  [/^[a-z0-9.-]+\.[a-z]+\/\S/i, "is a link, not an address; copy the address alone"],
  [
    /^(0x)?[0-9a-f]+\s*(\.{2,}|…|\*+|-{2,}|_{2,})\s*[0-9a-f]*$/i,
    "is a shortened address; copy all of its 40 digits",
  ],
  [/^=/, "is a formula, not an address; save the table with values"],
  [/^[^\s:/]+\.[a-z]{2,}$/i, "is a name, not an address; give 0x and 40 hex digits"],
  [/^[^\s/]{1,64}:0x[0-9a-f]{40}$/i, "is an address with a chain's prefix; give the address alone"],
  [/^[0-9a-f]{40}$/i, "is not an address; it has no 0x before its digits"],
  [/^0x[0-9a-f]{64}$/i, "is not an address; it has 64 digits, as hashes have"],
]

/** Returns the fault of a text that is not an address, as the end of a sentence that begins with the text. */
export function addressFault(text: string): string {
  const bare = text.replace(UNSEEN, "")
  if (bare !== text && HEX.test(bare) && bare.length === 42) {
    return "is not an address; remove the blank or the invisible character"
  }
  const kind = KINDS.find(([pattern]) => pattern.test(text))?.[1]
  if (kind !== undefined) return kind
  if (HEX.test(text) && text.length >= 34 && text.length <= 50) {
    return `is not an address; it has ${text.length - 2} digits after 0x, not 40`
  }
  return "is not an address; give 0x and 40 hex digits"
}
