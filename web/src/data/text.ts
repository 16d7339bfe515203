/** Helpers for text that several parts of the page use. */

/** Returns true for 0x and 40 hex digits in any casing. */
export function isAddressText(text: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(text)
}

/** Encodes UTF-8 text as base64url, for a link. */
export function toLinkText(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

/** Decodes the text of {@link toLinkText}. @throws DOMException if it is none */
export function fromLinkText(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)))
}
