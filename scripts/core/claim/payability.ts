/** Whether everybody who is unpaid can be paid now, as a simulation on the chain's state has found. */
import { toChecksum, type Address } from "../primitives/address.ts"
import { tokenAmount, type Token } from "../primitives/token.ts"
import type { Tranche } from "../merkle/leaf.ts"

/** An account that cannot be paid. */
export interface Refusal {
  readonly tranche: Tranche
  readonly account: Address
  /** Base units. */
  readonly amount: bigint
  /** Why, in words. */
  readonly reason: string
}

/** The token pays none of the accounts tried, so the others were not tried. */
export interface Standstill {
  /** Zero if the token does not even tell what the contract holds. */
  readonly tried: number
  readonly reason: string
}

/** The contract holds less than the unpaid amounts. Paid in the order of the list, the accounts from one on get nothing. */
export interface Shortfall {
  /** Base units. */
  readonly held: bigint
  readonly owed: bigint
  readonly first: Address
  /** The number of accounts that are not reached. */
  readonly count: number
}

export interface Payability {
  readonly block: { readonly number: number; readonly hash: string; readonly timestamp: number }
  /** The number of unpaid accounts by tranche. Of the reserve, those of the accepted root. */
  readonly unpaid: Readonly<Record<Tranche, number>>
  readonly refusals: readonly Refusal[]
  readonly standstill: Standstill | undefined
  readonly shortfall: Shortfall | undefined
  /** Requests that simulated payments, and the most accounts that one of them held. */
  readonly requests: number
  readonly largest: number
  /** What the provider could not do, and what was left out, each a sentence. */
  readonly notes: readonly string[]
}

/** One thing that keeps accounts from being paid. */
export interface Obstacle {
  /** The account that it is about; undefined if it is about many. */
  readonly account: Address | undefined
  /** A sentence without its subject, if that is an account. */
  readonly problem: string
}

/** Returns what keeps accounts from being paid; nothing if all can be. */
export function obstaclesOf(payability: Payability, token: Omit<Token, "address">): readonly Obstacle[] {
  const { refusals, standstill, shortfall, unpaid } = payability
  const amount = (value: bigint): string => tokenAmount(value, token)
  const obstacles: Obstacle[] = []
  if (standstill !== undefined) {
    const { tried, reason } = standstill
    const sample =
      tried === 0 ? "" : `all ${tried} accounts tried, of ${unpaid.automatic + unpaid.reserve}, are refused: `
    const problem = `no account can be paid: ${sample}${reason}`
    obstacles.push({ account: undefined, problem })
  }
  if (shortfall !== undefined) {
    const { held, owed, first, count } = shortfall
    const problem = `underfunded: it holds ${amount(held)}, ${amount(owed)} are unpaid, ${amount(owed - held)} are missing; paid in the order of the list, the last ${count} accounts get nothing, from ${toChecksum(first)} on`
    obstacles.push({ account: undefined, problem })
  }
  for (const { account, tranche, amount: value, reason } of refusals) {
    const problem = `cannot be paid ${amount(value)} of the ${tranche} tranche: ${reason}`
    obstacles.push({ account, problem })
  }
  return obstacles
}

/** Returns in one line how it was found out. */
export function payabilityText({ unpaid, requests, largest, block }: Payability): string {
  const reserve = unpaid.reserve === 0 ? "" : ` and ${unpaid.reserve} of the reserve`
  const how =
    requests === 0
      ? ""
      : `, in ${requests} ${requests === 1 ? "request" : "requests"} of up to ${largest} accounts`
  return `${unpaid.automatic} unpaid${reserve}, simulated at block ${block.number}${how}`
}

/** The most accounts that alarms name one by one. */
const MOST_NAMED = 10

/** Returns the alarms of `status`, each a sentence. */
export function payabilityAlarms(payability: Payability, token: Omit<Token, "address">): readonly string[] {
  const alarms = obstaclesOf(payability, token).map(({ account, problem }) =>
    account === undefined
      ? `${problem.slice(0, 1).toUpperCase()}${problem.slice(1)}.`
      : `${toChecksum(account)} ${problem}.`,
  )
  const more = alarms.length - MOST_NAMED
  return more <= 0
    ? alarms
    : [...alarms.slice(0, MOST_NAMED), `${more} more accounts cannot be paid (--json names all).`]
}

/** A payability as a value for machines. Amounts in base units, as decimal strings. */
export function payabilityJson(payability: Payability): object {
  const { refusals, shortfall, standstill, ...rest } = payability
  return {
    ...rest,
    standstill: standstill ?? null,
    shortfall: shortfall
      ? {
          ...shortfall,
          held: shortfall.held.toString(),
          owed: shortfall.owed.toString(),
          first: toChecksum(shortfall.first),
        }
      : null,
    refusals: refusals.map(({ account, amount, ...refusal }) => ({
      ...refusal,
      account: toChecksum(account),
      amount: amount.toString(),
    })),
  }
}
