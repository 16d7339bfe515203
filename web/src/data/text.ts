/** Small readings of text that come up in several places. */

/** True for 0x and 40 hex digits in any casing. */
export function isAddressText(text: string): boolean {
  return /^0x[0-9a-fA-F]{40}$/.test(text)
}

/** UTF-8 text as it goes into a link, and back. */
export function toLinkText(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

/** @throws DOMException if the text is not of {@link toLinkText} */
export function fromLinkText(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"))
  return new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0)))
}
