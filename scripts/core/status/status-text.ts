/** A status as lines for people. */
import { plural } from "../primitives/plural.ts"
import { chainText, explorerLink } from "../ethereum/chains.ts"
import { percent } from "../primitives/percent.ts"
import { tokenAmount, type Token } from "../primitives/token.ts"
import { toChecksum } from "../primitives/address.ts"
import { CLAIM_ROUTES, type ClaimRoute } from "../claim/claim-route.ts"
import { settingsSummary } from "../safe/safe-settings.ts"
import type { Act, History, Payments } from "./history.ts"
import type { NetworkFigures } from "./network-figures.ts"
import type { Program } from "../program/program.ts"
import { type Status } from "./status.ts"
import { isoTime } from "../primitives/time.ts"

export const PATH_NAMES: Readonly<Record<ClaimRoute, string>> = {
  self: "by the account itself",
  to: "by the account, paid to another address",
  signature: "submitted for the account, by its signature",
  pushed: "pushed by another account",
}

/** Says what the unpaid amount is: a debt of the contract, until the owner sweeps. */
export function owedText({ swept }: Pick<History, "swept">): string {
  return swept > 0n ? "unpaid at the sweep" : "may have to be paid"
}

/** Returns the whole status, one line each. */
export function statusLines(
  program: Program,
  status: Status,
  network: NetworkFigures | undefined,
): readonly string[] {
  const { token } = program
  const { state, history, claimed, unclaimed } = status
  const amount = (value: bigint): string => tokenAmount(value, token)
  const share = percent(claimed.amount, claimed.amount + unclaimed.amount)
  const link = explorerLink(program.chain, state.address)
  return [
    `${program.name} at block ${state.block}, ${isoTime(state.time)}`,
    `  chain        ${chainText(program.chain)}`,
    `  contract     ${toChecksum(state.address)}`,
    ...(link === undefined ? [] : [`               ${link}`]),
    `  owner        ${toChecksum(state.owner)}${state.ownerSafe === undefined ? "" : `, ${settingsSummary(state.ownerSafe)}`}`,
    `  claimed      ${claimed.count} of ${status.recipients}, ${amount(claimed.amount)} (${share})`,
    `  unclaimed    ${unclaimed.count}, ${amount(unclaimed.amount)}`,
    ...pathLines(history.automatic, amount),
    ...reserveLines(status, amount),
    `  funding      ${amount(state.balance)} held, ${amount(status.owed)} ${owedText(history)}`,
    `  deadline     ${isoTime(state.sweepTime)}${state.time >= state.sweepTime ? ", over" : `, in ${days(state.sweepTime - state.time)}`}`,
    ...history.acts.map((act) => `  ${isoTime(act.time)}  ${actText(act, token)}`),
    ...(network === undefined ? [] : networkLines(network, amount)),
    ...status.notices.map((notice) => `  note: ${notice}`),
    ...status.alarms.map((alarm) => `  ALARM: ${alarm}`),
  ]
}

/** Returns the payments of a tranche by route, one line for each route in use. */
function pathLines({ byPath }: Payments, amount: (value: bigint) => string): readonly string[] {
  return CLAIM_ROUTES.filter((path) => byPath[path].count > 0).map((path) => {
    const { count, amount: sum } = byPath[path]
    return `    ${String(count).padStart(6)}  ${PATH_NAMES[path]}, ${amount(sum)}`
  })
}

function reserveLines(
  { reserve, state, history }: Status,
  amount: (value: bigint) => string,
): readonly string[] {
  const { cap, granted, accepted, pending, paid } = reserve
  const claims = history.reserve.count
  const known = (total: bigint | undefined): string => (total === undefined ? "unknown" : amount(total))
  return [
    `  reserve      ${amount(paid)} paid of at most ${amount(cap)}${claims === 0 ? "" : `, in ${plural(claims, "claim")}`}`,
    ...pathLines(history.reserve, amount),
    ...(granted === undefined ? [] : [`    granted    ${amount(granted)}`]),
    ...(/^0x0+$/.test(state.reserveRoot) ? [] : [`    accepted   ${known(accepted)}`]),
    ...(pending === undefined
      ? []
      : [`    pending    ${known(pending.total)}, acceptable from ${isoTime(pending.acceptableAt)}`]),
  ]
}

function networkLines(network: NetworkFigures, amount: (value: bigint) => string): readonly string[] {
  const { stakeByRole: roles, rewardPool, yearlyRewards } = network
  const share = (part: bigint): string => percent(part, network.stake)
  return [
    `  network      ${plural(network.nodes, "node")}: ${network.soloNodes} solo, ${network.multiNodes} with several; ${network.leavingNodes} leaving`,
    `    staked     ${amount(network.stake)} by ${plural(network.stakers, "person", "people")}`,
    `    by role    solo ${amount(roles.solo)} (${share(roles.solo)}), operators ${amount(roles.operator)} (${share(roles.operator)}), contributors ${amount(roles.contributor)} (${share(roles.contributor)})`,
    ...(rewardPool === undefined || yearlyRewards === undefined
      ? []
      : [
          `    rewards    ${amount(rewardPool)} in the pool, of which 14% a year is ${amount(yearlyRewards)}`,
        ]),
  ]
}

/** Returns a description of an act on the contract. */
export function actText({ name, values }: Act, token: Token): string {
  const [first = "", second = "", third = ""] = values
  const amount = (text: string): string => tokenAmount(BigInt(text), token)
  switch (name) {
    case "ProofsPublished":
      return second === ""
        ? `contract created with root ${first}`
        : `proofs of ${first} announced at ${second}`
    case "ReserveRootSubmitted":
      return `reserve root ${first} submitted, acceptable from ${isoTime(Number(second))}`
    case "ReserveRootAccepted":
      return `reserve root ${first} accepted`
    case "ReserveRootRevoked":
      return `reserve root ${first} revoked`
    case "Swept":
      return `${amount(second)} swept to ${first}`
    case "Rescued":
      return `${third} base units of another token, ${first}, rescued to ${second}`
    case "OwnershipTransferStarted":
      return `ownership offered to ${second}`
    case "OwnershipTransferred":
      return `ownership passed from ${first} to ${second}`
    default:
      return `${name}(${values.join(", ")})`
  }
}

function days(seconds: number): string {
  return seconds >= 172_800
    ? plural(Math.floor(seconds / 86_400), "day")
    : plural(Math.floor(seconds / 3_600), "hour")
}
