/**
 * Charts as inline SVG, made by functions of their data alone. Colours come from the page: `--accent` for what is
 * shown, `--rule` for lines, `currentColor` for words, so that a chart follows light, dark and print. Charts are drawn
 * on a sheet 400 wide and scaled by the page; every figure in one is also in its text or in a table beside it.
 */
import { html, type Markup } from "./markup.ts"

const WIDTH = 400

/** One bar: its name, its length as a fraction of the longest, and the figure that is written beside it. */
export interface Bar {
  readonly name: string
  readonly fraction: number
  readonly figure: string
}

/** Horizontal bars, each with its name above it and its figure at the right. */
export function barChart(title: string, bars: readonly Bar[]): Markup {
  const step = 46
  return frame(
    title,
    bars.length * step,
    bars.map(
      ({ name, fraction, figure }, i) =>
        html`<text x="0" y="${i * step + 15}">${name}</text
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

/** Columns side by side, the number above each, and below it the value from which it counts. */
export function histogram(title: string, columns: readonly Column[], unit: string): Markup {
  const [top, height] = [20, 150]
  const step = WIDTH / Math.max(columns.length, 1)
  const base = top + height
  return frame(title, base + 44, [
    ...columns.map(({ fraction, count, from }, i) => {
      const tall = count === 0 ? 0 : Math.max(2, fraction * height)
      return html`<rect
          class="mark"
          x="${round(i * step + 2)}"
          y="${round(base - tall)}"
          width="${round(step - 4)}"
          height="${round(tall)}"
          rx="2"
        /><text class="middle" x="${round((i + 0.5) * step)}" y="${round(base - tall - 6)}">
          ${count === 0 ? "" : String(count)}</text
        ><text class="middle soft" x="${round((i + 0.5) * step)}" y="${base + 17}">${from}</text>`
    }),
    html`<line class="axis" x1="0" x2="${WIDTH}" y1="${base}" y2="${base}" />
      <text class="middle soft" x="${WIDTH / 2}" y="${base + 38}">${unit}</text>`,
  ])
}

/** A point of a curve, both from 0 to 1. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A rising curve over the diagonal of equal shares, with named axes from 0 to 100%. */
export function curve(title: string, points: readonly Point[], xName: string, yName: string): Markup {
  const [left, top, width, height] = [42, 8, WIDTH - 56, 200]
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
            ${percentText(tick)}</text
          ><text class="middle soft" x="${x(tick)}" y="${top + height + 18}">${percentText(tick)}</text>`,
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

function percentText(fraction: number): string {
  return `${fraction * 100}%`
}

/** To a tenth: enough for the eye, and the same digits on every machine. */
function round(length: number): number {
  return Math.round(length * 10) / 10
}
