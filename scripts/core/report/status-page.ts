import { toChecksum } from "../primitives/address.ts"
import { cutAmount, groupedCount } from "../primitives/amount.ts"
import { percent } from "../primitives/percent.ts"
import { isoDay, isoTime } from "../primitives/time.ts"
import { CLAIM_ROUTES } from "../claim/claim-route.ts"
import type { NetworkFigures } from "../session/network-figures.ts"
import type { Program } from "../program/program.ts"
import type { Status } from "../status/status.ts"
import { actText, PATH_NAMES } from "../status/status-text.ts"
import { stackedBar, type Piece, type Tone } from "./charts.ts"
import { dayCurve } from "./curves.ts"
import { html, type Markup } from "./html.ts"
import { page, section, tiles } from "./page.ts"
import { table } from "./table.ts"

type Money = (value: bigint) => string

const TONES: readonly Tone[] = ["one", "two", "three", "four"]

/** Writes the state of a deployed program as one page of HTML. */
export function statusPage(program: Program, status: Status, network: NetworkFigures | undefined): string {
  const { decimals, symbol } = program.token
  const money: Money = (value) => `${cutAmount(value, decimals)} ${symbol}`
  return page(
    `${program.name}: status`,
    html`${heading(program, status)}
      ${status.alarms.map((text) => html`<p class="alarm" role="alert">${text}</p> `)}
      ${status.notices.map((text) => html`<p class="notice">${text}</p> `)} ${figures(status, money)}
      ${claimSection(status, money)} ${daySection(status, money)} ${routeSection(status, money)}
      <div class="pair">${fundingSection(status, money)} ${reserveSection(status, money)}</div>
      ${network === undefined ? undefined : networkSection(network, money)} ${eventSection(program, status)}`,
  )
}

function heading({ name }: Program, { state }: Status): Markup {
  return html`<h1>${name}</h1>
    <p class="soft">Block ${state.block}, <time>${isoTime(state.time)}</time></p>
    <p class="soft">
      Contract <code>${toChecksum(state.address)}</code>, owner <code>${toChecksum(state.owner)}</code>,
      claims until ${isoTime(state.sweepTime)}
    </p>`
}

function figures({ claimed, unclaimed, recipients }: Status, money: Money): Markup {
  const total = claimed.amount + unclaimed.amount
  return tiles([
    [percent(claimed.amount, total), `claimed of ${money(total)}`],
    [money(unclaimed.amount), "unclaimed"],
    [groupedCount(recipients), "recipients"],
  ])
}

function claimSection({ claimed, unclaimed, recipients }: Status, money: Money): Markup | undefined {
  const row = (name: string, count: number, amount: bigint): string[] => [
    name,
    groupedCount(count),
    money(amount),
  ]
  return section(
    "Claimed",
    undefined,
    html`${stackedBar([
      { name: "claimed", value: claimed.amount, tone: "one" },
      { name: "unclaimed", value: unclaimed.amount, tone: "rest" },
    ])}
    ${table(
      ["state", "recipients", "amount"],
      [
        row("claimed", claimed.count, claimed.amount),
        row("unclaimed", unclaimed.count, unclaimed.amount),
        row("all", recipients, claimed.amount + unclaimed.amount),
      ],
    )}`,
  )
}

function daySection({ history, claimed, unclaimed, state }: Status, money: Money): Markup | undefined {
  if (history.byDay.length === 0) return undefined
  const total = claimed.amount + unclaimed.amount
  const busiest = history.byDay.reduce((most, day) => (day.amount > most.amount ? day : most))
  const text = `${history.byDay.length} days with claims; most on ${isoDay(busiest.day)}: ${money(busiest.amount)}`
  return section("Over time", `${text}.`, dayCurve(text, history.byDay, total, state.time))
}

function routeSection({ history }: Status, money: Money): Markup | undefined {
  const routes = CLAIM_ROUTES.map((route, i) => ({
    name: PATH_NAMES[route],
    count: history.byPath[route].count,
    value: history.byPath[route].amount,
    tone: TONES[i] ?? ("rest" as const),
  }))
  if (routes.every(({ count }) => count === 0)) return undefined
  return section(
    "Claims by route",
    undefined,
    html`${stackedBar(routes)}
    ${table(
      ["route", "claims", "amount"],
      routes.map((route) => [keyed(route), groupedCount(route.count), money(route.value)]),
    )}`,
  )
}

function fundingSection({ state, owed, missing, history }: Status, money: Money): Markup | undefined {
  return section(
    "Funding",
    undefined,
    table(
      ["purpose", "amount"],
      [
        ["held by the contract", money(state.balance)],
        ["may have to be paid", money(owed)],
        ...(missing > 0n ? [["missing", money(missing)]] : []),
        ...(history.swept > 0n ? [["swept by the owner", money(history.swept)]] : []),
      ],
    ),
  )
}

function reserveSection({ reserve }: Status, money: Money): Markup | undefined {
  const { cap, granted, accepted, pending, paid } = reserve
  if (cap === 0n) return undefined
  const pendingTotal = pending?.total === undefined ? "unknown" : money(pending.total)
  return section(
    "Reserve",
    undefined,
    html`${stackedBar([
      { name: "paid", value: paid, tone: "one" },
      { name: "left", value: cap - paid, tone: "rest" },
    ])}
    ${table(
      ["purpose", "amount"],
      [
        ["at most", money(cap)],
        ...(granted === undefined ? [] : [["granted", money(granted)]]),
        ...(accepted === undefined ? [] : [["accepted", money(accepted)]]),
        ...(pending === undefined ? [] : [[`pending until ${isoTime(pending.acceptableAt)}`, pendingTotal]]),
        ["paid", money(paid)],
      ],
    )}`,
  )
}

function networkSection(network: NetworkFigures, money: Money): Markup | undefined {
  const { stakeByRole, rewardPool, yearlyRewards } = network
  const roles: readonly Piece[] = [
    { name: "solo", value: stakeByRole.solo, tone: "one" },
    { name: "operators", value: stakeByRole.operator, tone: "two" },
    { name: "contributors", value: stakeByRole.contributor, tone: "three" },
  ]
  const counts = `${network.nodes} nodes: ${network.soloNodes} solo, ${network.multiNodes} with several contributors. ${network.leavingNodes} are leaving. ${network.stakers} people stake ${money(network.stake)}.`
  const rewards =
    rewardPool === undefined || yearlyRewards === undefined
      ? undefined
      : html`<p>
          The reward pool holds ${money(rewardPool)}. At its rate of 14% a year it pays
          ${money(yearlyRewards)}.
        </p>`
  return section(
    "The network",
    counts,
    html`${stackedBar(roles)}
    ${table(
      ["role", "stake", "share"],
      roles.map((role) => [keyed(role), money(role.value), percent(role.value, network.stake)]),
    )}
    ${rewards}`,
  )
}

function eventSection({ token }: Program, { history }: Status): Markup | undefined {
  const rows = history.acts.map((act) => [isoTime(act.time), actText(act, token)])
  return section("Events of the contract", undefined, table(["time", "event"], rows, "text"))
}

/** A name with the colour of its piece of the bar. */
function keyed({ name, tone }: Piece): Markup {
  return html`<span class="key ${tone}"></span>${name}`
}
