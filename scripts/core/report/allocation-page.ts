import { fractionPercent } from "../primitives/percent.ts"
import type { Address } from "../primitives/address.ts"
import type { Allocation, Entry } from "../allocation/allocation.ts"
import { curve, histogram } from "./charts.ts"
import { amountColumns, concentrationOf } from "./concentration.ts"
import { html, type Markup } from "./html.ts"
import {
  groupSection,
  groupWords,
  kindSection,
  largestSection,
  moveSection,
  riskSection,
  withoutListSection,
  withoutSection,
} from "./allocation-sections.ts"
import { groupedCount } from "../primitives/amount.ts"
import { cutAmount } from "../primitives/amount.ts"
import { REPORT_STYLE } from "./style.ts"

/** What a report tells besides the allocation. */
export interface ReportContext {
  readonly description: string | undefined
  readonly kindOf: (account: Address) => string
  /** SHA-256 by file name. */
  readonly inputs: Readonly<Record<string, string>>
  readonly unconfirmed: readonly { readonly field: string; readonly reason: string }[]
}

/** An allocation as one self-contained page of HTML. */
export function reportOf(allocation: Allocation, context: ReportContext): string {
  const { token } = allocation
  const amounts = ascendingAmounts(allocation.entries)
  const { points, gini, topTenth, topHundredth } = concentrationOf(amounts)
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${allocation.program}: allocation</title>
        <style>
          ${REPORT_STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>${allocation.program}</h1>
          <p class="lead">${context.description ?? "Who gets what."}</p>
          <p class="soft">${sourceLine(allocation)}</p>
          ${tiles(allocation, amounts)} ${unconfirmedPart(context)} ${riskPart(allocation)}
          <div class="pair">
            ${part(
              allocation.units.origin === "node" ? "By role" : "By kind",
              groupWords(allocation),
              groupSection(allocation),
            )}
            ${part(
              "Concentration",
              `The largest tenth of payees gets ${fractionPercent(topTenth)}, the largest hundredth ${fractionPercent(topHundredth)}; Gini ${gini.toFixed(3)}. The dashed line is equal amounts for all.`,
              curve("Concentration curve", points, "payees, smallest first", `share of ${token.symbol}`),
            )}
          </div>
          <div class="pair">
            ${part(
              "Amounts",
              "How many payees get how much; each column counts from the value below it.",
              histogram("Histogram of amounts", amountColumns(amounts, 10 ** token.decimals), token.symbol),
            )}
            ${part(
              "By kind of account",
              "What stands at the payees' addresses at the snapshot block.",
              kindSection(allocation, context.kindOf),
            )}
          </div>
          ${part("The largest", undefined, largestSection(allocation, amounts))} ${movePart(allocation)}
          ${withoutPart(allocation)} ${inputsPart(context)}
          <footer>
            Amounts on this page are cut after two decimals, those below 0.01 after three digits;
            allocation.json and allocation.csv have them exactly, and they add up to the tranche to the last
            unit, less what is undistributed.
          </footer>
        </main>
      </body>
    </html> `
  return page.markup.replace(/^ +/gm, "").replace(/\n{2,}/g, "\n")
}

function sourceLine({ block, token, chainId }: Allocation): string {
  const chain = `${token.symbol} on chain ${chainId}`
  if (block === undefined) return chain
  const time = new Date(block.timestamp * 1000).toISOString().replace(".000Z", " UTC").replace("T", " ")
  return `${chain}, snapshot at block ${block.number}, ${time}`
}

/** As plain numbers, which sort natively. */
function ascendingAmounts(entries: readonly Entry[]): Float64Array {
  const amounts = new Float64Array(entries.length)
  entries.forEach(({ amount }, i) => {
    amounts[i] = Number(amount)
  })
  return amounts.sort()
}

function tiles(allocation: Allocation, ascending: Float64Array): Markup {
  const { token, undistributed, entries } = allocation
  const exactly = (number = 0): bigint =>
    entries.find((entry) => Number(entry.amount) === number)?.amount ?? 0n
  const median = exactly(ascending[Math.floor((ascending.length - 1) / 2)])
  const largest = exactly(ascending.at(-1))
  const amount = (value: bigint): string => cutAmount(value, token.decimals)
  const rows: (readonly [figure: string, name: string])[] = [
    [amount(allocation.allocated), `${token.symbol} allocated`],
    [groupedCount(allocation.participantCount), "participants"],
    [groupedCount(allocation.entries.length), "payees"],
    [amount(median), "median"],
    [amount(largest), "largest"],
    [groupedCount(allocation.unpaidCount), "get nothing"],
    ...(undistributed > 0n ? [[amount(undistributed), "undistributed"] as const] : []),
  ]
  return html`<div class="tiles">
    ${rows.map(([figure, name]) => html`<div class="tile"><b>${figure}</b><span>${name}</span></div> `)}
  </div>`
}

function part(title: string, about: string | undefined, content: Markup): Markup {
  return html`<section>
    <h2>${title}</h2>
    ${about === undefined ? undefined : html`<p>${about}</p>`} ${content}
  </section>`
}

function movePart(allocation: Allocation): Markup | undefined {
  const moves = moveSection(allocation)
  if (moves === undefined) return undefined
  const about =
    "What each rule moved, compared with the rules before it alone, in the order in which they apply."
  return part("Rules", about, moves)
}

function withoutPart(allocation: Allocation): Markup | undefined {
  if (allocation.unpaidCount === 0) return undefined
  return part(
    "Who gets nothing, and why",
    undefined,
    html`${withoutSection(allocation)} ${withoutListSection(allocation)}`,
  )
}

function riskPart(allocation: Allocation): Markup | undefined {
  const { risks, warnings } = allocation
  if (risks.length === 0 && warnings.length === 0) return undefined
  return part(
    "Payees to look at",
    "Addresses that might not be able to use what they get, and rules that concern nobody.",
    html`${risks.length === 0 ? undefined : riskSection(allocation)}
    ${warnings.map((remark) => html`<p>${remark}</p> `)}`,
  )
}

function unconfirmedPart({ unconfirmed }: ReportContext): Markup | undefined {
  if (unconfirmed.length === 0) return undefined
  return part(
    "Not yet confirmed",
    "Nothing is built for publication while one of these stands in program.json.",
    html`<ul>
      ${unconfirmed.map(({ field, reason }) => html`<li><code>${field}</code> ${reason}</li> `)}
    </ul>`,
  )
}

function inputsPart({ inputs }: ReportContext): Markup {
  return part(
    "Computed from",
    "Whoever has these files, by their SHA-256, gets the same amounts.",
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
