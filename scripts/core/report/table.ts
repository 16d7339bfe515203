import { html, type Markup } from "./html.ts"

/**
 * Returns a table with words in its first column and figures, aligned right, in the others. With "text" only columns
 * that look like figures are aligned right. Undefined without rows.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly (string | Markup)[])[],
  form: "figures" | "text" = "figures",
): Markup | undefined {
  if (rows.length === 0) return undefined
  const isFigure = (i: number): boolean =>
    form === "figures" ? i > 0 : rows.every((row) => typeof row[i] === "string" && /^[\d.,%]+$/.test(row[i]))
  const side = head.map((_, i) => (isFigure(i) ? "right" : "left"))
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head.map((name, i) => html`<th scope="col" class="${side[i]}">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, i) => html`<td class="${side[i]}">${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`
}
