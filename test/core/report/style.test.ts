import { expect } from "chai"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { PAGE_STYLE } from "../../../scripts/core/report/style.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"

/** The names of the claim page's colors, by those of the reports. */
const SAME = {
  back: "page",
  sheet: "card",
  ink: "text",
  soft: "soft",
  rule: "line",
  accent: "good",
  bad: "bad",
  look: "wait",
} as const

/** Returns the color of a name in the rule of CSS that begins at a selector. */
function colorOf(css: string, selector: string, name: string): string | undefined {
  const from = css.indexOf(selector)
  const rule = css.slice(css.indexOf("{", from + selector.length), css.indexOf("}", from))
  return new RegExp(`--${name}:\\s*(#[0-9a-f]+)`).exec(rule)?.[1]
}

describe("the style of the reports", () => {
  it("has the colors of the claim page, light and dark", async () => {
    const page = await readFile(join(PROJECT_ROOT, "web", "src", "style.css"), "utf8")
    const { markup } = PAGE_STYLE
    for (const [ours, theirs] of Object.entries(SAME)) {
      expect(colorOf(markup, ":root", ours), `${ours}, light`).to.equal(
        colorOf(page, ':root[data-theme="light"]', theirs),
      )
      expect(colorOf(markup, "(prefers-color-scheme: dark) { :root", ours), `${ours}, dark`).to.equal(
        colorOf(page, ":root", theirs),
      )
    }
  })
})
