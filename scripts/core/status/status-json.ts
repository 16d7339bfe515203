/** A status as a value for machines. */
import { explorerLink } from "../ethereum/chains.ts"
import { toChecksum } from "../primitives/address.ts"
import { formatAmount } from "../primitives/amount.ts"
import { CLAIM_ROUTES } from "../claim/claim-route.ts"
import type { NetworkFigures } from "./network-figures.ts"
import type { Program } from "../program/program.ts"
import { type Status } from "./status.ts"
import { isoDay, isoTime } from "../primitives/time.ts"

/** Returns the status with amounts as decimal strings of the token. */
export function statusJson(
  { name, token, chain }: Program,
  status: Status,
  network: NetworkFigures | undefined,
): object {
  const amount = (value: bigint): string => formatAmount(value, token.decimals)
  const tally = ({ count, amount: sum }: { count: number; amount: bigint }): object => ({
    count,
    amount: amount(sum),
  })
  const { state, history, reserve } = status
  return {
    program: name,
    block: state.block,
    time: isoTime(state.time),
    chainId: chain.id,
    chain: chain.name,
    contract: toChecksum(state.address),
    explorer: explorerLink(chain, state.address) ?? null,
    owner: toChecksum(state.owner),
    ownerSafe: state.ownerSafe ?? null,
    ownerRecorded: { ...status.ownerRecord, time: isoTime(status.ownerRecord.time) },
    recipients: status.recipients,
    claimed: tally(status.claimed),
    unclaimed: tally(status.unclaimed),
    byPath: Object.fromEntries(CLAIM_ROUTES.map((path) => [path, tally(history.automatic.byPath[path])])),
    byDay: history.automatic.byDay.map(({ day, ...rest }) => ({ day: isoDay(day), ...tally(rest) })),
    reserve: {
      cap: amount(reserve.cap),
      paid: amount(reserve.paid),
      claims: history.reserve.count,
      byPath: Object.fromEntries(CLAIM_ROUTES.map((path) => [path, tally(history.reserve.byPath[path])])),
      granted: reserve.granted === undefined ? null : amount(reserve.granted),
      accepted: reserve.accepted === undefined ? null : amount(reserve.accepted),
      root: state.reserveRoot,
      pending:
        reserve.pending === undefined
          ? null
          : {
              root: reserve.pending.root,
              total: reserve.pending.total === undefined ? null : amount(reserve.pending.total),
              acceptableAt: isoTime(reserve.pending.acceptableAt),
            },
    },
    funding: {
      balance: amount(state.balance),
      owed: amount(status.owed),
      missing: amount(status.missing),
      swept: amount(history.swept),
    },
    sweepTime: isoTime(state.sweepTime),
    events: history.acts.map((act) => ({ ...act, time: isoTime(act.time) })),
    network: network === undefined ? null : networkJson(network, amount),
    notices: status.notices,
    alarms: status.alarms,
  }
}

function networkJson(network: NetworkFigures, amount: (value: bigint) => string): object {
  const { stakeByRole, rewardPool, yearlyRewards } = network
  return {
    ...network,
    stake: amount(network.stake),
    stakeByRole: {
      solo: amount(stakeByRole.solo),
      operator: amount(stakeByRole.operator),
      contributor: amount(stakeByRole.contributor),
    },
    rewardPool: rewardPool === undefined ? null : amount(rewardPool),
    yearlyRewards: yearlyRewards === undefined ? null : amount(yearlyRewards),
  }
}
