import { toChecksum } from "./address.ts"
import { formatAmount, humanAmount } from "./amount.ts"
import type { Change, Comparison } from "./comparison.ts"

const SHOWN = 20

/** Writes a comparison for people: groups, how many gain and lose, and the largest changes. */
export function comparisonLines({ groups, participants }: Comparison, decimals: number): string[] {
  const changed = participants.filter(({ before, after }) => before !== after)
  const gain = changed.filter(({ before, after }) => after > before).length
  const largest = changed.toSorted((a, b) => {
    const [x, y] = [sizeOf(a), sizeOf(b)]
    return x > y ? -1 : x < y ? 1 : a.account < b.account ? -1 : 1
  })
  const entering = changed.filter(({ before }) => before === 0n).length
  const leaving = changed.filter(({ after }) => after === 0n).length
  return [
    ...aligned(
      ["group", "now", "then", "change", ""],
      groups.map((group) => [group.group, ...figures(group, decimals)]),
    ),
    "",
    `${gain} get more, ${changed.length - gain} less, ${participants.length - changed.length} the same; ` +
      `${entering} new, ${leaving} no longer`,
    "",
    ...aligned(
      ["largest changes", "now", "then", "change", ""],
      largest.slice(0, SHOWN).map((one) => [toChecksum(one.account), ...figures(one, decimals)]),
    ),
    ...(largest.length > SHOWN ? [`  and ${largest.length - SHOWN} more (--json and --csv list all)`] : []),
  ]
}

/** The lines of a CSV file with everybody's change. */
export function* comparisonCsv({ participants }: Comparison, decimals: number): Generator<string> {
  yield "account,now,then,change\n"
  for (const { account, before, after } of participants) {
    yield `${toChecksum(account)},${formatAmount(before, decimals)},${formatAmount(after, decimals)},${signed(after - before, decimals, formatAmount)}\n`
  }
}

function sizeOf({ before, after }: Change): bigint {
  return after > before ? after - before : before - after
}

function figures({ before, after }: Change, decimals: number): string[] {
  return [
    humanAmount(before, decimals),
    humanAmount(after, decimals),
    signed(after - before, decimals, humanAmount),
    before === 0n ? "" : `${signed(((after - before) * 10_000n) / before, 2, formatAmount)}%`,
  ]
}

function signed(
  amount: bigint,
  decimals: number,
  write: (amount: bigint, decimals: number) => string,
): string {
  return amount < 0n ? `-${write(-amount, decimals)}` : `+${write(amount, decimals)}`
}

function aligned(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)))
  return all.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join("  ")
      .trimEnd(),
  )
}
