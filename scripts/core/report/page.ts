import { html, type Markup } from "./html.ts"
import { PAGE_STYLE } from "./style.ts"

/** Returns a whole page of HTML that makes no outside request. */
export function page(title: string, content: Markup): string {
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${PAGE_STYLE}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html> `
  return markup.replace(/^ +/gm, "").replace(/\n{2,}/g, "\n")
}

/** Returns a part of a page with its heading. Undefined if it has no content. */
export function section(
  title: string,
  about: string | undefined,
  content: Markup | undefined,
): Markup | undefined {
  if (content === undefined) return undefined
  return html`<section>
    <h2>${title}</h2>
    ${about === undefined ? undefined : html`<p>${about}</p>`} ${content}
  </section>`
}

/** Returns the figures at the head of a page, each with its name below it. */
export function tiles(figures: readonly (readonly [figure: string, name: string])[]): Markup {
  return html`<div class="tiles">
    ${figures.map(([figure, name]) => html`<div class="tile"><b>${figure}</b><span>${name}</span></div> `)}
  </div>`
}
