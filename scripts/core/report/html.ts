import { visible } from "../primitives/text.ts"

/** Text that is markup already. */
export interface Markup {
  readonly markup: string
}

type Child = string | number | Markup | undefined | readonly Child[]

/** Takes text for markup. Only for text that this project has written itself. */
export function raw(markup: string): Markup {
  return { markup }
}

/** A template for HTML and SVG: whatever is put in is escaped, unless it is markup itself. */
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

/** Escapes a text for HTML, and shows what cannot be seen as its code: a text may not turn the page around it. */
function escape(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}
