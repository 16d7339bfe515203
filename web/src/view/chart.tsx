import type { JSX } from "preact"
import type { BalancePoint } from "../chain/progress.ts"
import { dateText, timeText } from "../text/format.ts"
import { usePage } from "./context.ts"

/** Seconds. */
const DAY = 86_400
const WIDTH = 600
const HEIGHT = 120

/** Shows the contract's balance over time as an area; nothing if the RPC does not know enough of the past. */
export function Chart({ points }: { points: readonly BalancePoint[] }): JSX.Element | null {
  const { t, tokens, language } = usePage()
  const [first, last] = [points[0], points.at(-1)]
  const highest = points.reduce((most, { balance }) => (balance > most ? balance : most), 0n)
  if (first === undefined || last === undefined) return null
  // A line without a change has no shape to show.
  if (first.time === last.time || points.every(({ balance }) => balance === highest)) return null
  const rightToLeft = language.direction === "rtl"
  const place = ({ time, balance }: BalancePoint): string => {
    const along = ((time - first.time) / (last.time - first.time)) * WIDTH
    const height = (Number((balance * 10_000n) / highest) / 10_000) * (HEIGHT - 8)
    return `${(rightToLeft ? WIDTH - along : along).toFixed(1)},${(HEIGHT - height).toFixed(1)}`
  }
  const [start, end] = rightToLeft ? [WIDTH, 0] : [0, WIDTH]
  const line = points.map(place).join(" ")
  // Within two days the dates alone would be the same, or nearly so.
  const isShort = last.time - first.time < 2 * DAY
  const moment = (time: number): string =>
    isShort ? timeText(language.locale, time) : dateText(language.locale, time)
  const label = t("progress.chart", {
    first: tokens(first.balance),
    last: tokens(last.balance),
    from: moment(first.time),
    to: moment(last.time),
  })
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <polygon points={`${start},${HEIGHT} ${line} ${end},${HEIGHT}`} class="area" />
        <polyline points={line} class="line" />
      </svg>
      <figcaption>
        <span>{moment(first.time)}</span>
        <span>{t("progress.held")}</span>
        <span>{moment(last.time)}</span>
      </figcaption>
    </figure>
  )
}
