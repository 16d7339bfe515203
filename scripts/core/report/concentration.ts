import type { Point } from "./curves.ts"
import { MOST_COLUMNS, shortNumber, type Column } from "./histogram.ts"

/** The inequality of amounts. All figures are plain numbers, for display only. */
export interface Concentration {
  /** Cumulative share of accounts, smallest first, and of amounts: the Lorenz curve. */
  readonly points: readonly Point[]
  /** 0 if all get the same, near 1 if one gets nearly everything. */
  readonly gini: number
  /** The share of the largest tenth and hundredth of accounts, at least one account. */
  readonly topTenth: number
  readonly topHundredth: number
}

const MOST_POINTS = 200

/** Measures amounts in ascending order. Without amounts everything is zero. */
export function concentrationOf(ascending: Float64Array): Concentration {
  const count = ascending.length
  const total = ascending.reduce((sum, amount) => sum + amount, 0)
  const points: Point[] = [{ x: 0, y: 0 }]
  let [sum, area] = [0, 0]
  ascending.forEach((amount, i) => {
    area += 2 * sum + amount
    sum += amount
    const isShown =
      i === count - 1 || Math.floor(((i + 1) * MOST_POINTS) / count) > Math.floor((i * MOST_POINTS) / count)
    if (isShown) points.push({ x: (i + 1) / count, y: sum / total })
  })
  const top = (parts: number): number =>
    count === 0
      ? 0
      : ascending.subarray(-Math.ceil(count / parts)).reduce((part, amount) => part + amount, 0) / total
  return {
    points,
    gini: count === 0 ? 0 : 1 - area / total / count,
    topTenth: top(10),
    topHundredth: top(100),
  }
}

/**
 * Counts amounts in columns from 1, 2 and 5 times each power of ten, from the lowest to the highest that is not
 * empty. If there would be too many columns to read, each covers one power of ten or several.
 * @param unit base units in one token
 */
export function amountColumns(ascending: Float64Array, unit: number): readonly Column[] {
  const stepAt = (i: number): number => stepOf((ascending[i] ?? 0) / unit)
  const counts = new Map<number, number>()
  for (let start = 0; start < ascending.length;) {
    const step = stepAt(start)
    let [end, beyond] = [start + 1, ascending.length]
    while (end < beyond) {
      const middle = (end + beyond) >> 1
      if (stepAt(middle) === step) end = middle + 1
      else beyond = middle
    }
    counts.set(step, end - start)
    start = end
  }
  const steps = [...counts.keys()]
  if (steps.length === 0) return []
  const [first, last] = [Math.min(...steps), Math.max(...steps)]
  const startFor = (width: number): number => Math.floor(first / width) * width
  let width = 1
  while ((last - startFor(width)) / width >= MOST_COLUMNS) width = width === 1 ? POWER : width + POWER
  const from = startFor(width)
  const columns: { count: number; from: string }[] = []
  for (let step = from; step <= last; step += width) {
    let count = 0
    for (let i = 0; i < width; i++) count += counts.get(step + i) ?? 0
    columns.push({ count, from: shortNumber(valueOf(step)) })
  }
  const most = Math.max(...columns.map(({ count }) => count))
  return columns.map((column) => ({ ...column, fraction: column.count / most }))
}

const DIGITS = [1, 2, 5]
/** The number of steps in a power of ten. */
const POWER = DIGITS.length

/** Returns the step of a value. Steps count 1, 2, 5, 10, 20 and so on: 0 is 1, 3 is 10, -3 is 0.1. */
function stepOf(value: number): number {
  const power = Math.floor(Math.log10(value) + 1e-12)
  const digit = value / 10 ** power
  return 3 * power + (digit >= 5 ? 2 : digit >= 2 ? 1 : 0)
}

function valueOf(step: number): number {
  const power = Math.floor(step / 3)
  return (DIGITS[step - 3 * power] ?? 1) * 10 ** power
}
