/** The page's language, and how it writes numbers and times. */
import { LANGUAGES, type LanguageCode } from "../../../scripts/core/publication/page-languages.ts"
import { enFirst } from "./en-first.ts"
import type { TextKey, Texts } from "./en.ts"

/** Fills in a text. Values are wrapped in bidirectional isolates where the language runs from right to left. */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string>>) => string

export interface Language {
  readonly code: LanguageCode
  /** The locale for numbers and times: the language with the reader's own country. */
  readonly locale: string
  readonly direction: "ltr" | "rtl"
  readonly t: Translate
}

export function isLanguage(code: string): code is LanguageCode {
  return Object.hasOwn(LANGUAGES, code)
}

/** Returns the first of the browser's languages that the page has. */
export function preferredLanguage(wanted: readonly string[]): LanguageCode {
  for (const tag of wanted) {
    const code = tag.toLowerCase().split("-")[0] ?? ""
    if (isLanguage(code)) return code
  }
  return "en"
}

/**
 * Creates the translator of one language.
 * @param wanted the browser's languages, which also say the country
 */
export function createLanguage(
  code: LanguageCode,
  texts: Texts,
  wanted: readonly string[] = navigator.languages,
): Language {
  const { direction } = LANGUAGES[code]
  const locale = wanted.find((tag) => tag.toLowerCase().split("-")[0] === code) ?? code
  return { code, locale, direction, t: (key, values) => fill(texts[key], values, direction === "rtl") }
}

/** The English texts loaded so far. */
const english = { ...enFirst } as Texts

export const ENGLISH: Language = createLanguage("en", english)

/** Adds the English texts of parts that are loaded later. */
export function addEnglish(texts: Partial<Texts>): void {
  Object.assign(english, texts)
}

const ISOLATE = "\u2068"
const END_ISOLATE = "\u2069"

function fill(text: string, values: Readonly<Record<string, string>> | undefined, isolate: boolean): string {
  if (values === undefined) return text
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return isolate ? ISOLATE + value + END_ISOLATE : value
  })
}
