import { csvRow } from "../primitives/csv.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import { formatAmount, humanAmount } from "../primitives/amount.ts"
import type {
  AccountChange,
  Change,
  Comparison,
  GroupChange,
  RiskChange,
} from "../allocation/compare-allocations.ts"
import { textTable } from "./text-table.ts"

const SHOWN = 20

/** Writes a comparison for people: totals, groups, how many gain and lose, the largest changes, and payees at risk. */
export function comparisonLines(comparison: Comparison, decimals: number): string[] {
  const { allocated, undistributed, isDerived, groups, values, participants, payees, risks } = comparison
  return [
    ...textTable(
      [
        ["total", "now", "then", "change", ""],
        ["allocated", ...figures(allocated, decimals)],
        ["undistributed", ...figures(undistributed, decimals)],
      ],
      "right",
    ),
    "",
    ...(isDerived ? groupLines("group", groups, decimals) : valueLines(values)),
    "",
    ...accountLines(participants, decimals, isDerived ? "" : " paid"),
    ...(isDerived && !areSame(participants, payees) ? ["", ...accountLines(payees, decimals, " paid")] : []),
    ...(risks.length === 0 ? [] : ["", ...riskLines(risks)]),
  ]
}

function groupLines(name: string, groups: readonly GroupChange[], decimals: number): string[] {
  const head = [name, "now", "then", "change", ""]
  return textTable([head, ...groups.map((group) => [group.group, ...figures(group, decimals)])], "right")
}

function valueLines({ unit, decimals, groups }: Comparison["values"]): string[] {
  return [
    "Derivations are left out above 100,000 people: groups are compared by value, and people by what each address is paid.",
    "",
    ...groupLines(`group, by ${unit}`, groups, decimals),
  ]
}

/**
 * Returns the lines about accounts.
 * @param what " paid" if the accounts are payees and not the people who have a share
 */
function accountLines(accounts: readonly AccountChange[], decimals: number, what: string): string[] {
  const changed = accounts.filter(({ before, after }) => before !== after)
  const gain = changed.filter(({ before, after }) => after > before).length
  const largest = changed.toSorted((a, b) => {
    const [x, y] = [sizeOf(a), sizeOf(b)]
    return x > y ? -1 : x < y ? 1 : a.account < b.account ? -1 : 1
  })
  const entering = changed.filter(({ before }) => before === 0n).length
  const leaving = changed.filter(({ after }) => after === 0n).length
  const verb = what === "" ? "get" : "are paid"
  return [
    `${gain} ${verb} more, ${changed.length - gain} less, ${accounts.length - changed.length} the same; ` +
      `${entering} new, ${leaving} no longer`,
    ...(largest.length === 0
      ? []
      : [
          "",
          ...textTable(
            [
              [
                `largest changes${what === "" ? "" : " in what an address is paid"}`,
                "now",
                "then",
                "change",
                "",
              ],
              ...largest.slice(0, SHOWN).map((one) => [toChecksum(one.account), ...figures(one, decimals)]),
            ],
            "right",
          ),
        ]),
    ...(largest.length > SHOWN ? [`  and ${largest.length - SHOWN} more (--json and --csv list all)`] : []),
  ]
}

function riskLines(risks: readonly RiskChange[]): string[] {
  const open = risks.filter(({ resolved }) => !resolved).length
  const fresh = risks.filter(({ isNew }) => isNew).length
  return [
    `payees at risk then: ${open} unresolved, ${fresh} new`,
    ...risks.slice(0, SHOWN).map(({ account, detail, resolved, isNew }) => {
      const words = [...(resolved ? [] : ["unresolved"]), ...(isNew ? ["new"] : [])]
      return `  ${toChecksum(account)} (${words.join(", ")}): ${detail}`
    }),
    ...(risks.length > SHOWN ? [`  and ${risks.length - SHOWN} more (--json lists all)`] : []),
  ]
}

function areSame(people: readonly AccountChange[], payees: readonly AccountChange[]): boolean {
  return (
    people.length === payees.length &&
    people.every((one, i) => {
      const other = payees[i]
      return one.account === other?.account && one.before === other.before && one.after === other.after
    })
  )
}

/**
 * Yields the lines of a CSV file with every account's change: in its share as a person, and in its payment as an
 * address.
 */
export function* comparisonCsv({ participants, payees }: Comparison, decimals: number): Generator<string> {
  yield csvRow(["account", "now", "then", "change", "paidNow", "paidThen", "paidChange"])
  const cells = (change: Change | undefined): string[] => {
    const { before, after } = change ?? { before: 0n, after: 0n }
    return [
      formatAmount(before, decimals),
      formatAmount(after, decimals),
      signed(after - before, decimals, formatAmount),
    ]
  }
  for (const [account, earned, paid] of sideBySide(participants, payees))
    yield csvRow([toChecksum(account), ...cells(earned), ...cells(paid)])
}

/** Merges two ascending lists, pairing equal accounts. */
function* sideBySide(
  left: readonly AccountChange[],
  right: readonly AccountChange[],
): Generator<readonly [Address, AccountChange | undefined, AccountChange | undefined]> {
  let [i, j] = [0, 0]
  for (;;) {
    const [a, b] = [left[i], right[j]]
    const first = a ?? b
    if (first === undefined) return
    const account = b !== undefined && b.account < first.account ? b.account : first.account
    const [inLeft, inRight] = [a?.account === account, b?.account === account]
    yield [account, inLeft ? a : undefined, inRight ? b : undefined]
    if (inLeft) i++
    if (inRight) j++
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
    before === 0n
      ? ""
      : `${after < before ? "-" : "+"}${formatAmount((sizeOf({ before, after }) * 10_000n) / before, 2)}%`,
  ]
}

function signed(
  amount: bigint,
  decimals: number,
  write: (amount: bigint, decimals: number) => string,
): string {
  return amount < 0n ? `-${write(-amount, decimals)}` : `+${write(amount, decimals)}`
}
