import { plural } from "../primitives/plural.ts"
import { chainText, explorerLink, type Chain } from "../ethereum/chains.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import { cutAmount, groupedCount } from "../primitives/amount.ts"
import { percent } from "../primitives/percent.ts"
import { isoDay, isoTime } from "../primitives/time.ts"
import { CLAIM_ROUTES } from "../claim/claim-route.ts"
import type { NetworkFigures } from "../status/network-figures.ts"
import type { Program } from "../program/program.ts"
import type { Status } from "../status/status.ts"
import { actText, owedText, PATH_NAMES } from "../status/status-text.ts"
import { stackedBar, type Piece, type Tone } from "./charts.ts"
import { dayCurve } from "./curves.ts"
import { html, type Markup } from "./html.ts"
import { page, section, tiles } from "./page.ts"
import { table } from "./table.ts"

type Money = (value: bigint) => string

const TONES: readonly Tone[] = ["one", "two", "three", "four"]

/** What the page shows besides the contract's state. */
export interface StatusExtras {
  readonly network?: NetworkFigures | undefined
  /** Who has recomputed the roots, in words. */
  readonly attested?: string | undefined
}

/** Writes the state of a deployed program as one page of HTML. */
export function statusPage(
  program: Program,
  status: Status,
  { network, attested }: StatusExtras = {},
): string {
  const { decimals, symbol } = program.token
  const money: Money = (value) => `${cutAmount(value, decimals)} ${symbol}`
  return page(
    `${program.name}: status`,
    html`${heading(program, status)}
      ${attested === undefined ? undefined : html`<p class="soft" id="attested">Attestations: ${attested}</p>`}
      ${status.alarms.map((text) => html`<p class="alarm" role="alert">${text}</p> `)}
      ${status.notices.map((text) => html`<p class="notice">${text}</p> `)} ${figures(status, money)}
      ${claimSection(status, money)} ${daySection(status, money)} ${routeSection(status, money)}
      <div class="pair">${fundingSection(status, money)} ${reserveSection(status, money)}</div>
      ${network === undefined ? undefined : networkSection(network, money)} ${eventSection(program, status)}`,
  )
}

function heading({ name, chain }: Program, { state }: Status): Markup {
  return html`<h1>${name}</h1>
    <p class="soft">${chainText(chain)}, block ${state.block}, <time>${isoTime(state.time)}</time></p>
    <p class="soft">
      Contract ${linked(chain, state.address)}, owner ${linked(chain, state.owner)}, claims until
      ${isoTime(state.sweepTime)}
    </p>`
}

/** Returns an address as a link to the chain's explorer, if one is known. */
function linked(chain: Chain, address: Address): Markup {
  const text = html`<code>${toChecksum(address)}</code>`
  const link = explorerLink(chain, address)
  return link === undefined ? text : html`<a href="${link}" rel="noreferrer">${text}</a>`
}

function figures({ claimed, unclaimed, recipients }: Status, money: Money): Markup {
  const total = claimed.amount + unclaimed.amount
  return tiles([
    [percent(claimed.amount, total), `claimed of ${money(total)}`],
    [money(unclaimed.amount), "unclaimed"],
    [groupedCount(recipients), recipients === 1 ? "recipient" : "recipients"],
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
  const { byDay } = history.automatic
  if (byDay.length === 0) return undefined
  const total = claimed.amount + unclaimed.amount
  const busiest = byDay.reduce((most, day) => (day.amount > most.amount ? day : most))
  const text = `${plural(byDay.length, "day")} with claims; most on ${isoDay(busiest.day)}: ${money(busiest.amount)}`
  return section("Over time", `${text}.`, dayCurve(text, byDay, total, state.time))
}

function routeSection({ history }: Status, money: Money): Markup | undefined {
  const routes = CLAIM_ROUTES.map((route, i) => ({
    name: PATH_NAMES[route],
    count: history.automatic.byPath[route].count,
    value: history.automatic.byPath[route].amount,
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
        [owedText(history), money(owed)],
        ...(missing > 0n ? [["missing", money(missing)]] : []),
        ...(history.swept > 0n ? [["swept by the owner", money(history.swept)]] : []),
      ],
    ),
  )
}

function reserveSection({ reserve, history }: Status, money: Money): Markup | undefined {
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
        ...CLAIM_ROUTES.filter((route) => history.reserve.byPath[route].count > 0).map((route) => {
          const { count, amount } = history.reserve.byPath[route]
          return [`${plural(count, "claim")} ${PATH_NAMES[route]}`, money(amount)]
        }),
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
  const counts = `${plural(network.nodes, "node")}: ${network.soloNodes} solo, ${network.multiNodes} with several contributors, ${network.leavingNodes} leaving. ${plural(network.stakers, "person stakes", "people stake")} ${money(network.stake)}.`
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

/** Returns a name with the colour of its piece of the bar. */
function keyed({ name, tone }: Piece): Markup {
  return html`<span class="key ${tone}"></span>${name}`
}
