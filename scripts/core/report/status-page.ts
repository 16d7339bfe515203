/** A status as one page that needs nothing from elsewhere: charts are drawn into it, light and dark. */
import { visible } from "../primitives/text.ts"
import { toChecksum } from "../primitives/address.ts"
import { cutAmount } from "../primitives/amount.ts"
import { CLAIM_ROUTES } from "../claim/claim-route.ts"
import type { DayOfClaims } from "../status/history.ts"
import type { NetworkFigures } from "../session/network-figures.ts"
import type { Program } from "../program/program.ts"
import { barOf, claimCurve } from "./status-charts.ts"
import { STATUS_STYLE } from "./status-style.ts"
import { percent } from "../primitives/percent.ts"
import { actText, PATH_NAMES } from "../status/status-text.ts"
import { type Status } from "../status/status.ts"
import { isoDay, isoTime } from "../primitives/time.ts"

type Money = (value: bigint) => string

/** The page's text. */
export function statusPage(program: Program, status: Status, network: NetworkFigures | undefined): string {
  const { decimals, symbol } = program.token
  const money: Money = (value) => `${cutAmount(value, decimals)} ${symbol}`
  const sections = [
    heading(program, status),
    ...status.alarms.map((text) => `<p class="alarm" role="alert">${escape(text)}</p>`),
    ...status.notices.map((text) => `<p class="notice">${escape(text)}</p>`),
    claims(status, money),
    overTime(status, money),
    ways(status, money),
    funding(status, money),
    reserve(status, money),
    ...(network === undefined ? [] : [networkSection(network, money)]),
    acts(program, status),
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(program.name)}: status</title>
<style>${STATUS_STYLE}</style>
</head>
<body>
<main>
${sections.join("\n")}
</main>
</body>
</html>
`
}

function heading({ name }: Program, { state }: Status): string {
  return `<header>
<h1>${escape(name)}</h1>
<p>Block ${state.block}, <time>${isoTime(state.time)}</time></p>
<dl class="facts">
<dt>Contract</dt><dd class="hex">${toChecksum(state.address)}</dd>
<dt>Owner</dt><dd class="hex">${toChecksum(state.owner)}</dd>
<dt>Claims until</dt><dd>${isoTime(state.sweepTime)}</dd>
</dl>
</header>`
}

function claims({ claimed, unclaimed, recipients }: Status, money: Money): string {
  const total = claimed.amount + unclaimed.amount
  return `<section>
<h2>Claimed</h2>
<p class="figure">${percent(claimed.amount, total)} <span>of ${money(total)}</span></p>
${barOf([
  { name: "claimed", value: claimed.amount, tone: "one" },
  { name: "unclaimed", value: unclaimed.amount, tone: "rest" },
])}
${table(
  ["", "recipients", "amount"],
  [
    ["claimed", String(claimed.count), money(claimed.amount)],
    ["unclaimed", String(unclaimed.count), money(unclaimed.amount)],
    ["all", String(recipients), money(total)],
  ],
)}
</section>`
}

function overTime({ history, claimed, unclaimed, state }: Status, money: Money): string {
  if (history.byDay.length === 0) return ""
  const total = claimed.amount + unclaimed.amount
  const busiest = history.byDay.reduce((most, day) => (day.amount > most.amount ? day : most))
  const text = `${history.byDay.length} days with claims; most on ${dayOf(busiest)}: ${money(busiest.amount)}`
  return `<section>
<h2>Over time</h2>
${claimCurve(history.byDay, total, state.time, text)}
<p class="small">${escape(text)}.</p>
</section>`
}

function ways({ history }: Status, money: Money): string {
  const tones = ["one", "two", "three", "four"] as const
  const parts = CLAIM_ROUTES.map((path, i) => ({
    name: PATH_NAMES[path],
    value: history.byPath[path].amount,
    tone: tones[i] ?? "rest",
  }))
  const rows = CLAIM_ROUTES.map((path, i) => {
    const { count, amount } = history.byPath[path]
    const key = `<span class="key ${tones[i] ?? "rest"}"></span>${escape(PATH_NAMES[path])}`
    return [key, String(count), money(amount)]
  })
  return `<section>
<h2>How claims came about</h2>
${barOf(parts)}
${table(["", "claims", "amount"], rows)}
</section>`
}

function funding({ state, owed, missing, history }: Status, money: Money): string {
  return `<section>
<h2>Funding</h2>
${table(
  ["", "amount"],
  [
    ["held by the contract", money(state.balance)],
    ["may have to be paid", money(owed)],
    ...(missing > 0n ? [["missing", money(missing)]] : []),
    ...(history.swept > 0n ? [["swept by the owner", money(history.swept)]] : []),
  ],
)}
</section>`
}

function reserve({ reserve: { cap, granted, accepted, pending, paid } }: Status, money: Money): string {
  return `<section>
<h2>Reserve</h2>
${barOf([
  { name: "paid", value: paid, tone: "one" },
  { name: "left", value: cap - paid, tone: "rest" },
])}
${table(
  ["", "amount"],
  [
    ["at most", money(cap)],
    ...(granted === undefined ? [] : [["granted", money(granted)]]),
    ...(accepted === undefined ? [] : [["accepted", money(accepted)]]),
    ...(pending === undefined
      ? []
      : [
          [
            `pending until ${isoTime(pending.acceptableAt)}`,
            pending.total === undefined ? "unknown" : money(pending.total),
          ],
        ]),
    ["paid", money(paid)],
  ],
)}
</section>`
}

function networkSection(network: NetworkFigures, money: Money): string {
  const { stakeByRole: roles, rewardPool, yearlyRewards } = network
  const parts = [
    { name: "solo", value: roles.solo, tone: "one" },
    { name: "operators", value: roles.operator, tone: "two" },
    { name: "contributors", value: roles.contributor, tone: "three" },
  ] as const
  return `<section>
<h2>The network</h2>
<p>${network.nodes} nodes, ${network.soloNodes} of them solo and ${network.multiNodes} with several contributors; ${network.leavingNodes} are leaving. ${network.stakers} people stake ${money(network.stake)}.</p>
${barOf(parts)}
${table(
  ["", "stake", "share"],
  parts.map(({ name, value, tone }) => [
    `<span class="key ${tone}"></span>${name}`,
    money(value),
    percent(value, network.stake),
  ]),
)}
${
  rewardPool === undefined || yearlyRewards === undefined
    ? ""
    : `<p>The reward pool holds ${money(rewardPool)}; at its rate of 14% a year it pays ${money(yearlyRewards)}.</p>`
}
</section>`
}

function acts({ token }: Program, { history }: Status): string {
  const rows = history.acts.map((act) => [
    `<time>${isoTime(act.time)}</time>`,
    `<span class="hex">${escape(actText(act, token))}</span>`,
  ])
  return `<section>
<h2>What was done to the contract</h2>
${table(["when", "what"], rows)}
</section>`
}

/** Cells hold HTML. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const headCells = head.map((cell) => `<th scope="col">${cell}</th>`).join("")
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("\n")
  return `<div class="scroll"><table>\n<thead><tr>${headCells}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table></div>`
}

function dayOf({ day }: DayOfClaims): string {
  return isoDay(day)
}

function escape(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
}
