/** The two charts of the status page, as SVG that says in words what it shows. */
import type { DayOfClaims } from "../status/history.ts"
import { percent } from "../primitives/percent.ts"
import { isoDay } from "../primitives/time.ts"

export interface BarPart {
  readonly name: string
  readonly value: bigint
  /** A class of status-style.ts. */
  readonly tone: string
}

const WIDTH = 720
const BAR_HEIGHT = 18
const CURVE = { height: 240, left: 64, right: 12, top: 14, bottom: 34 }
const DAY = 86_400

/** One bar, cut in proportion. */
export function barOf(parts: readonly BarPart[]): string {
  const whole = parts.reduce((sum, { value }) => sum + value, 0n)
  if (whole === 0n) return ""
  const label = parts.map(({ name, value }) => `${name} ${percent(value, whole)}`).join(", ")
  let before = 0n
  const pieces = parts.map(({ value, tone }) => {
    const x = at(before, whole, WIDTH)
    before += value
    const width = at(before, whole, WIDTH) - x
    return width > 0 ? `<rect class="${tone}" x="${x}" width="${width}" height="${BAR_HEIGHT}"/>` : ""
  })
  return `<svg class="bar" viewBox="0 0 ${WIDTH} ${BAR_HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}">${pieces.join("")}</svg>`
}

/**
 * What is claimed, adding up from the first day with claims until now.
 * @param total what the height stands for
 * @param now seconds since 1970
 * @param label what it shows, in words
 */
export function claimCurve(days: readonly DayOfClaims[], total: bigint, now: number, label: string): string {
  const first = days[0]?.day ?? now
  const span = Math.max(now - first, DAY)
  const { height, left, right, top, bottom } = CURVE
  const x = (time: number): number => round(left + ((WIDTH - left - right) * (time - first)) / span)
  const ceiling = days.reduce((sum, { amount }) => sum + amount, 0n)
  const whole = total > ceiling ? total : ceiling
  const y = (amount: bigint): number => round(height - bottom - at(amount, whole, height - top - bottom))
  let sum = 0n
  const points = [`${x(first)},${y(0n)}`]
  for (const { day, amount } of days) {
    // A day's claims are drawn as done by its end, or by now.
    points.push(`${x(day)},${y(sum)}`)
    sum += amount
    points.push(`${x(Math.min(day + DAY, now))},${y(sum)}`)
  }
  points.push(`${x(Math.max(now, first))},${y(sum)}`)
  const base = y(0n)
  const area = `${left},${base} ${points.join(" ")} ${x(Math.max(now, first))},${base}`
  const levels = [0n, 25n, 50n, 75n, 100n].map((level) => {
    const height = y((whole * level) / 100n)
    return `<line class="axis" x1="${left}" x2="${WIDTH - right}" y1="${height}" y2="${height}"/><text x="${left - 6}" y="${height + 4}" text-anchor="end">${level}%</text>`
  })
  const dates =
    `<text x="${left}" y="${height - 6}">${isoDay(first)}</text>` +
    `<text x="${WIDTH - right}" y="${height - 6}" text-anchor="end">${isoDay(now)}</text>`
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${levels.join("")}<polygon class="area" points="${area}"/><polyline class="curve" points="${points.join(" ")}"/>${dates}</svg>`
}

/** A part of a length, to a tenth. */
function at(part: bigint, whole: bigint, length: number): number {
  return whole === 0n ? 0 : Number((part * BigInt(length * 10)) / whole) / 10
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
