/** The languages of the claim page, which the page's build and the page itself both need. */
export interface LanguageInfo {
  /** The language's name in the language itself. */
  readonly name: string
  readonly direction: "ltr" | "rtl"
}

/** The languages by code. Each has its texts in web/src/text/CODE.ts. To add one, add that file and a line here. */
export const LANGUAGES = {
  en: { name: "English", direction: "ltr" },
  de: { name: "Deutsch", direction: "ltr" },
  fr: { name: "Français", direction: "ltr" },
  es: { name: "Español", direction: "ltr" },
  ar: { name: "العربية", direction: "rtl" },
  ja: { name: "日本語", direction: "ltr" },
} as const satisfies Readonly<Record<string, LanguageInfo>>

export type LanguageCode = keyof typeof LANGUAGES
