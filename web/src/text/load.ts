/** Loads a language on demand. English is part of the page, every other one is a small script. */
import { loadScript } from "../security.ts"
import type { Texts } from "./en.ts"
import type { LanguageCode } from "../../../scripts/core/publication/page-languages.ts"
import { createLanguage, ENGLISH, type Language } from "./language.ts"

declare global {
  var airdropTexts: Partial<Record<LanguageCode, Texts>> | undefined
}

/** Loads a language, or English if that fails, and sets the document's language and direction. */
export async function loadLanguage(code: LanguageCode): Promise<Language> {
  const language = await read(code)
  document.documentElement.lang = language.code
  document.documentElement.dir = language.direction
  return language
}

async function read(code: LanguageCode): Promise<Language> {
  if (code === "en") return ENGLISH
  try {
    await loadScript(`text-${code}.js`)
  } catch {
    return ENGLISH
  }
  const texts = globalThis.airdropTexts?.[code]
  return texts === undefined ? ENGLISH : createLanguage(code, texts)
}
