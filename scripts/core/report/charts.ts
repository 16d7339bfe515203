/**
 * Charts as inline SVG, made by functions of their data alone. Colours come from the page: `--accent` for what is
 * shown, `--rule` for lines, `currentColor` for words, so that a chart follows light, dark and print. Charts are drawn
 * on a sheet 400 wide and scaled by the page; every figure in one is also in its text or in a table beside it.
 */
import { fractionPercent } from "../primitives/percent.ts"
import { humanAmount } from "../primitives/amount.ts"
import { shortened } from "../primitives/text.ts"
import { html, type Markup } from "./html.ts"

const WIDTH = 400

/** One bar: its name, its length as a fraction of the longest, and the figure that is written beside it. */
export interface Bar {
  readonly name: string
  readonly fraction: number
  readonly figure: string
}

/** What leaves room for a figure such as "100.000%" beside it. */
const LONGEST_NAME = 36

/** Horizontal bars, each with its name above it and its figure at the right. */
export function barChart(title: string, bars: readonly Bar[]): Markup {
  const step = 46
  return frame(
    title,
    bars.length * step,
    bars.map(
      ({ name, fraction, figure }, i) =>
        html`<text x="0" y="${i * step + 15}">${shortened(name, LONGEST_NAME)}</text
          ><text class="figure" x="${WIDTH}" y="${i * step + 15}">${figure}</text
          ><rect class="track" x="0" y="${i * step + 22}" width="${WIDTH}" height="12" rx="2" /><rect
            class="mark"
            x="0"
            y="${i * step + 22}"
            width="${round(WIDTH * fraction)}"
            height="12"
            rx="2"
          />`,
    ),
  )
}

/** One column of a histogram: how high, as a fraction of the highest, how many, and from what value. */
export interface Column {
  readonly fraction: number
  readonly count: number
  readonly from: string
}

/** How many columns leave room for a count of four characters above each. */
export const MOST_COLUMNS = 13

/**
 * Columns side by side, the number above each, short and in full in its title, and below it the value from which it
 * counts, or below every second or third where the values are too long.
 */
export function histogram(title: string, columns: readonly Column[], unit: string): Markup {
  const [top, height] = [20, 150]
  const step = WIDTH / Math.max(columns.length, 1)
  const base = top + height
  const widest = Math.max(0, ...columns.map(({ from }) => smallWidth(from)))
  const every = Math.max(1, Math.ceil((widest + 3) / step))
  return frame(title, base + 44, [
    ...columns.map(({ fraction, count, from }, i) => {
      const middle = (i + 0.5) * step
      const tall = Math.max(2, fraction * height)
      const column = html`<rect
          class="mark"
          x="${round(i * step + 2)}"
          y="${round(base - tall)}"
          width="${round(step - 4)}"
          height="${round(tall)}"
          rx="2"
          ><title>${humanAmount(BigInt(count), 0)} from ${from} ${unit}</title></rect
        >${small(shortNumber(count), middle, base - tall - 6)}`
      return html`${count === 0 ? undefined : column}${
        i % every === 0 ? small(from, middle, base + 17, "soft") : undefined
      }`
    }),
    html`<line class="axis" x1="0" x2="${WIDTH}" y1="${base}" y2="${base}" />
      <text class="middle soft" x="${WIDTH / 2}" y="${base + 38}">${unit}</text>`,
  ])
}

/** A small text about a middle, moved so that it does not leave the chart. */
function small(text: string, middle: number, y: number, tone = ""): Markup {
  const half = smallWidth(text) / 2
  const x = Math.min(Math.max(middle, half), WIDTH - half)
  return html`<text class="${`middle small ${tone}`.trim()}" x="${round(x)}" y="${round(y)}">${text}</text>`
}

/** At most: fonts differ, and of the usual ones none has wider digits. */
function smallWidth(text: string): number {
  return 7 * text.length
}

/** A number of at most five characters, a count of at most four: "999", "3.4k", "247k", "1e-18". */
export function shortNumber(value: number): string {
  if (value !== 0 && (value < 0.001 || value >= 1e15)) return value.toExponential(0).replace("+", "")
  for (const [unit, letter] of LETTERS) {
    // What would be rounded to a thousand of one unit is one of the next.
    if (value >= 0.9995 * unit) return `${toTwoDigits(value / unit)}${letter}`
  }
  return String(Math.round(value * 1000) / 1000)
}

const LETTERS = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
] as const

/** One decimal below ten, none above. */
function toTwoDigits(value: number): number {
  return value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value)
}

/** A point of a curve, both from 0 to 1. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A rising curve over the diagonal of equal shares, with named axes from 0 to 100%. */
export function curve(title: string, points: readonly Point[], xName: string, yName: string): Markup {
  const [left, top, width, height] = [42, 8, WIDTH - 62, 200]
  const x = (at: number): number => round(left + at * width)
  const y = (at: number): number => round(top + (1 - at) * height)
  const path = points.map((point) => `${x(point.x)},${y(point.y)}`).join(" ")
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  return frame(title, top + height + 46, [
    ...ticks.map(
      (tick) =>
        html`<line class="grid" x1="${left}" x2="${left + width}" y1="${y(tick)}" y2="${y(tick)}" /><text
            class="figure soft"
            x="${left - 6}"
            y="${y(tick) + 4}"
          >
            ${fractionPercent(tick, 0)}</text
          ><text class="middle soft" x="${x(tick)}" y="${top + height + 18}"
            >${fractionPercent(tick, 0)}</text
          >`,
    ),
    html`<line class="even" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" />
      <polygon class="area" points="${x(0)},${y(0)} ${path} ${x(1)},${y(0)}" />
      <polyline class="line" points="${path}" />
      <text class="middle soft" x="${left + width / 2}" y="${top + height + 40}">${xName}</text>
      <text class="soft" x="${left + 8}" y="${top + 16}">${yName}</text>`,
  ])
}

function frame(title: string, height: number, children: readonly Markup[]): Markup {
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${round(height)}" role="img" aria-label="${title}">
    ${children}
  </svg>`
}

/** To a tenth: enough for the eye, and the same digits on every machine. */
function round(length: number): number {
  return Math.round(length * 10) / 10
}
