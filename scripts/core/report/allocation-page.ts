import { chainOf, chainText } from "../ethereum/chains.ts"
import { isoTime } from "../primitives/time.ts"
import { fractionPercent } from "../primitives/percent.ts"
import type { Address } from "../primitives/address.ts"
import type { Allocation, Entry } from "../allocation/allocation.ts"
import { curve } from "./curves.ts"
import { histogram } from "./histogram.ts"
import { page, section, tiles } from "./page.ts"
import { amountColumns, concentrationOf } from "./concentration.ts"
import { html, type Markup } from "./html.ts"
import {
  groupSection,
  groupWords,
  kindSection,
  largestSection,
  ruleSection,
  riskSection,
  unpaidListSection,
  unpaidSection,
} from "./allocation-sections.ts"
import { cutAmount, groupedCount } from "../primitives/amount.ts"

/** The content of a report besides the allocation. */
export interface ReportContext {
  readonly description: string | undefined
  readonly kindOf: (account: Address) => string
  /** SHA-256 by file name. */
  readonly inputs: Readonly<Record<string, string>>
  readonly unconfirmed: readonly { readonly field: string; readonly reason: string }[]
}

/** Writes an allocation as one page of HTML. */
export function reportOf(allocation: Allocation, context: ReportContext): string {
  const { token } = allocation
  const amounts = ascendingAmounts(allocation.entries)
  const { points, gini, topTenth, topHundredth } = concentrationOf(amounts)
  return page(
    `${allocation.program}: allocation`,
    html`<h1>${allocation.program}</h1>
      <p class="lead">${context.description ?? "The amount of each account."}</p>
      <p class="soft">${sourceLine(allocation)}</p>
      ${tiles(figuresOf(allocation, amounts))} ${unconfirmedPart(context)} ${riskPart(allocation)}
      <div class="pair">
        ${section(
          allocation.units.origin === "node" ? "By role" : "By kind",
          groupWords(allocation),
          groupSection(allocation),
        )}
        ${section(
          "Concentration",
          `The largest tenth of payees gets ${fractionPercent(topTenth)}, the largest hundredth ${fractionPercent(topHundredth)}; Gini ${gini.toFixed(3)}. The dashed line is equal amounts for all.`,
          curve("Concentration curve", points, "payees, smallest first", `share of ${token.symbol}`),
        )}
      </div>
      <div class="pair">
        ${section(
          "Amounts",
          "The number of payees by amount. Each column counts from the value below it.",
          histogram("Histogram of amounts", amountColumns(amounts, 10 ** token.decimals), token.symbol),
        )}
        ${section(
          "By kind of account",
          "The kinds of the payees' addresses at the snapshot block.",
          kindSection(allocation, context.kindOf),
        )}
      </div>
      ${section("The largest", undefined, largestSection(allocation, amounts))} ${rulePart(allocation)}
      ${unpaidPart(allocation)} ${inputsPart(context)}
      <footer>
        Amounts on this page are cut after two decimals, those below 1 after three digits. allocation.json and
        allocation.csv have the exact amounts. They add up to the tranche to the last unit, less what is
        undistributed.
      </footer>`,
  )
}

function sourceLine({ block, token, chainId }: Allocation): string {
  const chain = `${token.symbol} on ${chainText(chainOf(chainId))}`
  if (block === undefined) return chain
  return `${chain}, snapshot at block ${block.number}, ${isoTime(block.timestamp)}`
}

/** Returns the amounts as plain numbers, which sort natively, in ascending order. */
function ascendingAmounts(entries: readonly Entry[]): Float64Array {
  const amounts = new Float64Array(entries.length)
  entries.forEach(({ amount }, i) => {
    amounts[i] = Number(amount)
  })
  return amounts.sort()
}

function figuresOf(
  allocation: Allocation,
  ascending: Float64Array,
): readonly (readonly [figure: string, name: string])[] {
  const { token, undistributed, entries } = allocation
  const exactly = (number = 0): bigint =>
    entries.find((entry) => Number(entry.amount) === number)?.amount ?? 0n
  const median = exactly(ascending[Math.floor((ascending.length - 1) / 2)])
  const largest = exactly(ascending.at(-1))
  const amount = (value: bigint): string => cutAmount(value, token.decimals)
  return [
    [amount(allocation.allocated), `${token.symbol} allocated`],
    [groupedCount(allocation.participantCount), "participants"],
    [groupedCount(allocation.entries.length), "payees"],
    [amount(median), "median"],
    [amount(largest), "largest"],
    [groupedCount(allocation.unpaidCount), "unpaid"],
    [amount(undistributed), "undistributed"],
  ]
}

function rulePart(allocation: Allocation): Markup | undefined {
  const about =
    "The amount that each rule moved, compared with the rules before it alone, in the order in which they apply."
  return section("Rules", about, ruleSection(allocation))
}

function unpaidPart(allocation: Allocation): Markup | undefined {
  if (allocation.unpaidCount === 0) return undefined
  return section(
    "Unpaid accounts, and why",
    undefined,
    html`${unpaidSection(allocation)} ${unpaidListSection(allocation)}`,
  )
}

function riskPart(allocation: Allocation): Markup | undefined {
  const { risks, warnings } = allocation
  if (risks.length === 0 && warnings.length === 0) return undefined
  return section(
    "Payees to look at",
    "Addresses that might not be able to use their tokens, and rules that match no account.",
    html`${risks.length === 0 ? undefined : riskSection(allocation)}
    ${warnings.map((warning) => html`<p>${warning}</p> `)}`,
  )
}

function unconfirmedPart({ unconfirmed }: ReportContext): Markup | undefined {
  if (unconfirmed.length === 0) return undefined
  return section(
    "Not yet confirmed",
    "Nothing is built for publication while program.json lists one of these.",
    html`<ul>
      ${unconfirmed.map(({ field, reason }) => html`<li><code>${field}</code> ${reason}</li> `)}
    </ul>`,
  )
}

function inputsPart({ inputs }: ReportContext): Markup | undefined {
  return section(
    "Computed from",
    "The same files, by their SHA-256, give the same amounts.",
    html`<div class="scroll">
      <table>
        <tbody>
          ${Object.entries(inputs).map(
            ([file, hash]) =>
              html`<tr>
                <td>${file}</td>
                <td><code class="hash">${hash}</code></td>
              </tr> `,
          )}
        </tbody>
      </table>
    </div>`,
  )
}
