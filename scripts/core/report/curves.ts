import { fractionPercent } from "../primitives/percent.ts"
import { isoDay } from "../primitives/time.ts"
import { frame, partOf, round, WIDTH } from "./charts.ts"
import { html, type Markup } from "./html.ts"

/** A point of a curve, with both coordinates from 0 to 1. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Draws a rising curve over the diagonal of equal shares, with named axes from 0 to 100%. */
export function curve(title: string, points: readonly Point[], xName: string, yName: string): Markup {
  const [left, top, width, height] = [48, 14, WIDTH - 72, 200]
  const x = (at: number): number => round(left + at * width)
  const y = (at: number): number => round(top + (1 - at) * height)
  const path = points.map((point) => `${x(point.x)},${y(point.y)}`).join(" ")
  const ticks = [0, 0.25, 0.5, 0.75, 1]
  return frame(title, top + height + 52, [
    ...ticks.map(
      (tick) =>
        html`<line class="grid" x1="${left}" x2="${left + width}" y1="${y(tick)}" y2="${y(tick)}" /><text
            class="figure soft"
            x="${left - 6}"
            y="${y(tick) + 4}"
          >
            ${fractionPercent(tick, 0)}</text
          ><text class="middle soft" x="${x(tick)}" y="${top + height + 22}"
            >${fractionPercent(tick, 0)}</text
          >`,
    ),
    html`<line class="even" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" />
      <polygon class="area" points="${x(0)},${y(0)} ${path} ${x(1)},${y(0)}" />
      <polyline class="line" points="${path}" />
      <text class="middle soft" x="${left + width / 2}" y="${top + height + 44}">${xName}</text>
      <text class="soft" x="${left + 8}" y="${top + 18}">${yName}</text>`,
  ])
}

/** The amount added to a running sum on one day. */
export interface DayOfAmounts {
  /** The day's first second, since 1970. */
  readonly day: number
  readonly amount: bigint
}

const DAY = 86_400
const LEVELS = [0n, 25n, 50n, 75n, 100n]

/**
 * Draws a running sum over days, from the first day until now.
 * @param total the value at the full height
 * @param now seconds since 1970
 */
export function dayCurve(title: string, days: readonly DayOfAmounts[], total: bigint, now: number): Markup {
  const [left, top, width, height] = [48, 14, WIDTH - 62, 150]
  const first = days[0]?.day ?? now
  const last = Math.max(now, first)
  const span = Math.max(last - first, DAY)
  const sumOfDays = days.reduce((sum, { amount }) => sum + amount, 0n)
  const whole = total > sumOfDays ? total : sumOfDays
  const x = (time: number): number => round(left + (width * (time - first)) / span)
  const y = (amount: bigint): number => round(top + height - partOf(amount, whole, height))
  let sum = 0n
  const points = [`${x(first)},${y(0n)}`]
  for (const { day, amount } of days) {
    // A day's claims count as complete at its end, or now on the present day.
    points.push(`${x(day)},${y(sum)}`)
    sum += amount
    points.push(`${x(Math.min(day + DAY, last))},${y(sum)}`)
  }
  points.push(`${x(last)},${y(sum)}`)
  const path = points.join(" ")
  return frame(title, top + height + 28, [
    ...LEVELS.map((level) => {
      const at = y((whole * level) / 100n)
      return html`<line class="grid" x1="${left}" x2="${left + width}" y1="${at}" y2="${at}" /><text
          class="figure soft"
          x="${left - 6}"
          y="${at + 4}"
          >${level.toString()}%</text
        >`
    }),
    html`<polygon class="area" points="${path} ${x(last)},${y(0n)}" />
      <polyline class="line" points="${path}" />
      <text class="soft" x="${left}" y="${top + height + 22}">${isoDay(first)}</text>
      <text class="figure soft" x="${left + width}" y="${top + height + 22}">${isoDay(last)}</text>`,
  ])
}
