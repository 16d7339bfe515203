/** Writes untrusted texts so that they can be shown. */

/** Quotes a value from a file for an error line: at most 80 characters, with every character visible. */
export function quote(text: string): string {
  return visible(JSON.stringify(shortened(text, 80)))
}

/** Cuts a text to a number of characters, with three points if it was longer. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text
}

/** Characters that control a terminal, or that turn, hide or imitate text. The plain space is not included. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|[^\P{Zs} ]|\u2800/gu

/**
 * Writes a value as JSON with every character visible. Characters that JSON.stringify leaves invisible become
 * `\u` escapes, which a parser reads as the same text. Bigints become decimal strings.
 */
export function visibleJson(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_key, member: unknown) => (typeof member === "bigint" ? member.toString() : member),
    2,
  )
  return text.replace(UNSEEN, (character) =>
    character === "\n"
      ? character
      : Array.from({ length: character.length }, (_, i) => `\\u${hex4(character.charCodeAt(i))}`).join(""),
  )
}

function hex4(code: number): string {
  return code.toString(16).padStart(4, "0")
}

/** Writes each invisible character as its code: `\u{1b}` for the escape character. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}
