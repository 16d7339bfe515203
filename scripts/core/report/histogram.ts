import { humanAmount } from "../primitives/amount.ts"
import { frame, round, WIDTH } from "./charts.ts"
import { html, type Markup } from "./html.ts"

/** A column of a histogram: its height as a fraction of the highest, its count, and its lowest value. */
export interface Column {
  readonly fraction: number
  readonly count: number
  readonly from: string
}

/** The most columns that leave room for a count of four characters above each. */
export const MOST_COLUMNS = 13

/**
 * Draws columns side by side. Above each is its count, in short, and in full in its title. Below it is its lowest
 * value, or below every second or third column if the values are too long.
 */
export function histogram(title: string, columns: readonly Column[], unit: string): Markup {
  const [top, height] = [24, 150]
  const step = WIDTH / Math.max(columns.length, 1)
  const base = top + height
  const widest = Math.max(0, ...columns.map(({ from }) => smallWidth(from)))
  const every = Math.max(1, Math.ceil((widest + 3) / step))
  return frame(title, base + 48, [
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
        i % every === 0 ? small(from, middle, base + 18, "soft") : undefined
      }`
    }),
    html`<line class="axis" x1="0" x2="${WIDTH}" y1="${base}" y2="${base}" />
      <text class="middle soft" x="${WIDTH / 2}" y="${base + 40}">${unit}</text>`,
  ])
}

/** Writes a small text centred at a position, moved so that it stays within the chart. */
function small(text: string, middle: number, y: number, tone = ""): Markup {
  const half = smallWidth(text) / 2
  const x = Math.min(Math.max(middle, half), WIDTH - half)
  return html`<text class="${`middle small ${tone}`.trim()}" x="${round(x)}" y="${round(y)}">${text}</text>`
}

/** Returns an upper bound of a small text's width. No usual font has wider digits; capitals are wider. */
function smallWidth(text: string): number {
  return 7.2 * text.length + (/[A-Z]/.test(text) ? 3 : 0)
}

/** Writes a number in at most five characters, a count in at most four: "999", "3.4k", "247k", "1e-18". */
export function shortNumber(value: number): string {
  if (value !== 0 && (value < 0.001 || value >= 1e15)) return value.toExponential(0).replace("+", "")
  for (const [unit, letter] of LETTERS) {
    // A number that would be rounded to a thousand of one unit is one of the next unit.
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

/** Rounds to one decimal below ten, to none above. */
function toTwoDigits(value: number): number {
  return value < 9.95 ? Math.round(value * 10) / 10 : Math.round(value)
}
