/**
 * The page's words. English names the keys: every other language has each of them, or the types do not check.
 * A word in braces is filled in; it must stay in each translation.
 */
import { enFirst } from "./en-first.ts"
import { enLater } from "./en-later.ts"

export const en = { ...enFirst, ...enLater } as const

export type TextKey = keyof typeof en

/** The texts of one language, with all of the keys. */
export type Texts = Readonly<Record<TextKey, string>>
