import { visible } from "../primitives/text.ts"

/** Text that is markup. */
export interface Markup {
  readonly markup: string
}

type Child = string | number | Markup | undefined | readonly Child[]

/** Marks text as markup. Only for text that this project has written itself. */
export function raw(markup: string): Markup {
  return { markup }
}

/** Fills an HTML or SVG template. Every value is escaped, unless it is markup. */
export function html(strings: TemplateStringsArray, ...children: readonly Child[]): Markup {
  return raw(strings.map((text, i) => text + render(children[i])).join(""))
}

function render(child: Child): string {
  if (child === undefined) return ""
  if (typeof child === "number") return String(child)
  if (typeof child === "string") return escape(child)
  return "markup" in child ? child.markup : child.map(render).join("")
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
}

/**
 * Escapes a text for HTML, and shows invisible characters as their codes, so that a text cannot reverse the page
 * around it.
 */
function escape(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}
