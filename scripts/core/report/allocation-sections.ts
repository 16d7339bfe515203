import { percent } from "../primitives/percent.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import type { Allocation, RuleEffect, UnpaidReason } from "../allocation/allocation.ts"
import { cutAmount, groupedCount } from "../primitives/amount.ts"
import { barChart } from "./charts.ts"
import { html, type Markup } from "./html.ts"
import { table } from "./table.ts"

/** The tables of an allocation's report. A table without content is undefined. */

const LARGEST = 20
const LISTED = 100

export function groupSection(allocation: Allocation): Markup {
  const { groups, units, totalValue } = allocation
  const sorted = groups.toSorted((a, b) => (a.value > b.value ? -1 : a.value < b.value ? 1 : 0))
  const name = units.origin === "node" ? "role" : "kind"
  // Fixed amounts equal their value, so one column of them is enough.
  const isCounted =
    units.quantity !== units.value ||
    units.quantityDecimals !== units.valueDecimals ||
    groups.some((total) => total.quantity !== total.value)
  return html`${barChart(
    `Share of the ${units.value} by ${name}`,
    sorted.map((total) => ({ name: total.group, value: total.value })),
    totalValue,
  )}
  ${table(
    [name, "contributions", ...(isCounted ? [`${units.quantity} counted`] : []), units.value],
    sorted.map((total) => [
      total.group,
      groupedCount(total.contributions),
      ...(isCounted ? [cutAmount(total.quantity, units.quantityDecimals)] : []),
      cutAmount(total.value, units.valueDecimals),
    ]),
  )}`
}

/** Returns a sentence about the shares by group. If a rule makes values and tokens differ, it says so. */
export function groupWords({ units, token, uncapped, totalValue, ruleEffects }: Allocation): string {
  const isCapped = uncapped.value !== totalValue
  const isPaidOn = ruleEffects.some(
    ({ rule, moved }) => ["payTo", "overrides", "redirects"].includes(rule) && moved > 0n,
  )
  const words = [`The composition of the ${units.value}.`]
  if (isCapped || isPaidOn) {
    words.push(`These are shares of ${units.value}, not of the ${token.symbol} paid:`)
    const reasons = [
      ...(isCapped ? ["the cap reduces some amounts"] : []),
      ...(isPaidOn ? ["some are paid to another address than the one that has the share"] : []),
    ]
    words.push(`${reasons.join(", and ")}.`)
  }
  return words.join(" ")
}

/** Returns the section of payees by the kind of their account. */
export function kindSection(
  { entries, allocated, token }: Allocation,
  kindOf: (account: Address) => string,
): Markup {
  const kinds = new Map<string, { count: number; amount: bigint }>()
  for (const { account, amount } of entries) {
    const kind = kindOf(account)
    const sum = kinds.get(kind) ?? { count: 0, amount: 0n }
    kinds.set(kind, { count: sum.count + 1, amount: sum.amount + amount })
  }
  const sorted = [...kinds].sort(([, a], [, b]) => (a.amount > b.amount ? -1 : a.amount < b.amount ? 1 : 0))
  return html`${barChart(
    "Share of the amounts by kind of account",
    sorted.map(([kind, { amount }]) => ({ name: kind, value: amount })),
    allocated,
  )}
  ${table(
    ["account", "payees", token.symbol],
    sorted.map(([kind, sum]) => [kind, groupedCount(sum.count), cutAmount(sum.amount, token.decimals)]),
  )}`
}

/**
 * Returns the section of the largest payments.
 * @param ascending the amounts as plain numbers, by which the candidates are found
 */
export function largestSection(
  { entries, allocated, token }: Allocation,
  ascending: Float64Array,
): Markup | undefined {
  const least = ascending.at(-LARGEST) ?? 0
  const largest = entries
    .filter(({ amount }) => Number(amount) >= least)
    .sort((a, b) => (a.amount > b.amount ? -1 : a.amount < b.amount ? 1 : 0))
    .slice(0, LARGEST)
  return table(
    ["payee", token.symbol, "share"],
    largest.map(({ account, amount }) => [
      html`<code>${toChecksum(account)}</code>`,
      cutAmount(amount, token.decimals),
      percent(amount, allocated, 3),
    ]),
  )
}

const RULES: Readonly<Record<RuleEffect["rule"], string>> = {
  eligibility: "accounts and stakes of addresses that are not on the list do not count",
  leavingNodes: "nodes that have requested to leave do not count",
  exclude: "exclusions",
  minimum: "minimum",
  cap: "cap",
  merge: "vesting contracts and linked addresses merged with their people",
  payTo: "paid to the accounts that staked",
  overrides: "overrides: paid to another address, for the operators' reason",
  redirects: "redirects: paid to another address, as the account signed",
}

export function ruleSection({ ruleEffects, token }: Allocation): Markup | undefined {
  if (ruleEffects.length === 0) return undefined
  return table(
    ["rule", `${token.symbol} moved`, "lose", "gain"],
    ruleEffects.map(({ rule, moved, losers, gainers }) => [
      RULES[rule],
      cutAmount(moved, token.decimals),
      groupedCount(losers),
      groupedCount(gainers),
    ]),
  )
}

const REASONS: Readonly<Record<UnpaidReason, string>> = {
  "not-listed": "would have a share, but is not on the list",
  "contributions-not-listed": "on the list, but only with addresses that have nothing",
  "not-registered": "did not register in time",
  "no-contribution": "on the list, but has no contribution that counts",
  leaving: "only in nodes that have requested to leave",
  excluded: "excluded by name",
  "below-minimum": "share below the minimum",
  "below-one-unit": "share below one unit",
}

export function unpaidSection({ unpaidReasons }: Allocation): Markup | undefined {
  return table(
    ["why", "people"],
    unpaidReasons
      .toSorted((a, b) => b.count - a.count)
      .map(({ reason, count }) => [REASONS[reason], groupedCount(count)]),
  )
}

/** Lists the first hundred unpaid accounts, with those on the program's list before the others. */
export function unpaidListSection({ unpaid, unpaidCount }: Allocation): Markup {
  const named = [
    ...unpaid.filter(({ reason }) => reason !== "not-listed"),
    ...unpaid.filter(({ reason }) => reason === "not-listed"),
  ].slice(0, LISTED)
  if (named.length === 0) {
    return html`<p class="soft">
      Too many people take part to list them here; <code>airdrop explain</code> gives the reason for any
      address.
    </p>`
  }
  const rest = unpaidCount - named.length
  return html`<details>
    <summary>${rest > 0 ? `The first ${named.length}` : groupedCount(named.length)} by name</summary>
    ${table(
      ["account", "why"],
      named.map(({ account, detail }) => [html`<code>${toChecksum(account)}</code>`, detail]),
      "text",
    )}${more(rest)}
  </details>`
}

export function riskSection({ risks, token }: Allocation): Markup {
  return html`${table(
    ["payee", "kind", token.symbol, "note"],
    risks
      .slice(0, LISTED)
      .map(({ account, kind, amount, detail, resolved }) => [
        html`<code>${toChecksum(account)}</code>`,
        kind,
        cutAmount(amount, token.decimals),
        resolved ? detail : html`<b class="bad">unresolved:</b> ${detail}`,
      ]),
    "text",
  )}${more(risks.length - LISTED)}`
}

function more(count: number): Markup | undefined {
  return count > 0 ? html`<p class="soft">and ${groupedCount(count)} more</p>` : undefined
}
