/**
 * Charts as inline SVG, computed from their data alone. Colours come from the page: `--accent` for values, `--rule`
 * for lines, `currentColor` for words, so that a chart fits light, dark and print. A chart is drawn on a sheet 400
 * wide and scaled by the page. Each figure of a chart is also in its text or in a table beside it.
 *
 * Fonts differ in width and height. A line of text takes up to 1.4 times its size (Noto Sans), a digit up to 0.64
 * times (DejaVu Sans). Charts leave that much room and depend on no font.
 */
import { percent } from "../primitives/percent.ts"
import { shortened } from "../primitives/text.ts"
import { html, type Markup } from "./html.ts"

/** The width of the sheet that charts are drawn on. */
export const WIDTH = 400

/** One bar: its name, and its share of the whole. The track's length is the whole. */
export interface Bar {
  readonly name: string
  readonly value: bigint
}

/** The most characters of a name, which leaves room for a figure such as "100.000%" beside it. */
const LONGEST_NAME = 36
const BAR_STEP = 48

/** Returns horizontal bars. Each has its name above, its share at the right, and a track that represents the whole. */
export function barChart(title: string, bars: readonly Bar[], whole: bigint): Markup | undefined {
  if (bars.length === 0 || whole === 0n) return undefined
  return frame(
    title,
    bars.length * BAR_STEP,
    bars.map(({ name, value }, i) => {
      const y = i * BAR_STEP
      return html`<text x="0" y="${y + 17}">${shortened(name, LONGEST_NAME)}</text
        ><text class="figure" x="${WIDTH}" y="${y + 17}">${percent(value, whole)}</text
        ><rect class="track" x="0" y="${y + 24}" width="${WIDTH}" height="12" rx="2" /><rect
          class="mark"
          x="0"
          y="${y + 24}"
          width="${partOf(value, whole, WIDTH)}"
          height="12"
          rx="2"
        />`
    }),
  )
}

/** A piece of a stacked bar. */
export interface Piece {
  readonly name: string
  readonly value: bigint
  /** A class of style.ts: one of the four tones, or "rest". */
  readonly tone: Tone
}

export type Tone = "one" | "two" | "three" | "four" | "rest"

/** Draws one bar, cut in proportion to its pieces. Undefined if they add up to zero. */
export function stackedBar(pieces: readonly Piece[]): Markup | undefined {
  const whole = pieces.reduce((sum, { value }) => sum + value, 0n)
  if (whole === 0n) return undefined
  const label = pieces.map(({ name, value }) => `${name} ${percent(value, whole)}`).join(", ")
  let before = 0n
  const rects = pieces.map(({ value, tone }) => {
    const x = partOf(before, whole, WIDTH)
    before += value
    const width = round(partOf(before, whole, WIDTH) - x)
    return width > 0 ? html`<rect class="${tone}" x="${x}" width="${width}" height="10" />` : undefined
  })
  return html`<svg
    class="stack"
    viewBox="0 0 ${WIDTH} 10"
    preserveAspectRatio="none"
    role="img"
    aria-label="${label}"
  >
    ${rects}
  </svg>`
}

export function frame(title: string, height: number, children: readonly Markup[]): Markup {
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${round(height)}" role="img" aria-label="${title}">
    ${children}
  </svg>`
}

/** Returns a part of a length, to a tenth. */
export function partOf(part: bigint, whole: bigint, length: number): number {
  return whole === 0n ? 0 : Number((part * BigInt(length * 10)) / whole) / 10
}

/** Rounds to a tenth: enough for the eye, and the same digits on every machine. */
export function round(length: number): number {
  return Math.round(length * 10) / 10
}
