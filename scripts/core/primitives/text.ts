/** Writes texts of others so that they can be shown. */

/** Quotes a value from a file for an error line: bounded, and every character visible. */
export function quote(text: string): string {
  return visible(JSON.stringify(shortened(text, 80)))
}

/** Cuts a text to a number of characters; three points show that it was cut. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text
}

/** Characters that a terminal acts on, and those that turn, hide or imitate text; the plain blank is none of them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|[^\P{Zs} ]|\u2800/gu

/** Writes each character that cannot be seen as its code: `\u{1b}` for the escape character. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}
