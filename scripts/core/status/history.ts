/** Adds up a contract's events. */
import { parseAddress, type Address } from "../primitives/address.ts"
import { CLAIM_ROUTES, type ClaimRoute } from "../claim/claim-route.ts"
import { AirdropError, invariant } from "../primitives/error.ts"

/** An event as stored: everything as text, in the order of its arguments. */
export interface LoggedEvent {
  readonly name: string
  readonly values: readonly string[]
  readonly block: number
  /** Seconds since 1970. */
  readonly time: number
  readonly transaction: string
  /** Its index among the logs of its block; absent in events that were stored before this was recorded. */
  readonly log?: number
  /** The route of a claim; absent in other events. */
  readonly path?: ClaimRoute
}

export interface Tally {
  readonly count: number
  /** Base units. */
  readonly amount: bigint
}

export interface DayOfClaims extends Tally {
  /** Seconds since 1970: the start of the day, UTC. */
  readonly day: number
}

/** An act of the owner on the contract, or of any account if the contract allows it. */
export interface Act {
  readonly time: number
  readonly block: number
  readonly transaction: string
  readonly name: string
  readonly values: readonly string[]
}

/** The payments of one tranche. */
export interface Payments extends Tally {
  readonly byPath: Readonly<Record<ClaimRoute, Tally>>
  /** Ascending; days without claims are left out. */
  readonly byDay: readonly DayOfClaims[]
}

export interface History {
  readonly automatic: Payments
  readonly reserve: Payments
  /** In order; claims are not among them. */
  readonly acts: readonly Act[]
  /** The amount that the reserve has paid to each account. */
  readonly reserveClaimed: ReadonlyMap<Address, bigint>
  /** Base units that the owner has swept. */
  readonly swept: bigint
}

const DAY = 86_400
const NOTHING: Tally = { count: 0, amount: 0n }

/**
 * Adds up events in the chain's order. An event that a node returned twice counts once.
 * @throws AirdropError `mismatch` if they contradict each other
 */
export function foldHistory(events: readonly LoggedEvent[]): History {
  const claimed = new Set<number>()
  const reserveClaimed = new Map<Address, bigint>()
  const acts: Act[] = []
  const automatic = new PaymentCounter()
  const reserve = new PaymentCounter()
  let swept = 0n
  for (const event of withoutRepeats(events)) {
    switch (event.name) {
      case "Claimed": {
        const [index, amount] = [Number(valueOf(event, 0)), BigInt(valueOf(event, 2))]
        if (claimed.has(index)) {
          contradiction(`leaf ${index} is claimed twice, the second time in ${event.transaction}`)
        }
        claimed.add(index)
        automatic.count(event, amount)
        break
      }
      case "ReserveClaimed": {
        const amount = BigInt(valueOf(event, 1))
        reserveClaimed.set(parseAddress(valueOf(event, 0).toLowerCase()), BigInt(valueOf(event, 2)))
        reserve.count(event, amount)
        break
      }
      case "Redirected":
        break
      case "Swept":
        swept += BigInt(valueOf(event, 1))
        acts.push(event)
        break
      default:
        acts.push(event)
    }
  }
  return { automatic: automatic.payments(), reserve: reserve.payments(), acts, reserveClaimed, swept }
}

class PaymentCounter {
  #sum = NOTHING
  readonly #days = new Map<number, Tally>()
  readonly #byPath = Object.fromEntries(CLAIM_ROUTES.map((path) => [path, NOTHING])) as Record<
    ClaimRoute,
    Tally
  >

  count(event: LoggedEvent, amount: bigint): void {
    const path = event.path ?? "pushed"
    const day = event.time - (event.time % DAY)
    this.#sum = add(this.#sum, amount)
    this.#byPath[path] = add(this.#byPath[path], amount)
    this.#days.set(day, add(this.#days.get(day) ?? NOTHING, amount))
  }

  payments(): Payments {
    const byDay = [...this.#days].sort(([a], [b]) => a - b).map(([day, tally]) => ({ day, ...tally }))
    return { ...this.#sum, byPath: this.#byPath, byDay }
  }
}

/** Removes repeated logs. The same log of the same transaction must have the same content. */
function withoutRepeats(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const seen = new Map<string, string>()
  return events.filter((event) => {
    if (event.log === undefined) return true
    const place = `log ${event.log} of transaction ${event.transaction} in block ${event.block}`
    const said = JSON.stringify([event.name, event.values])
    const before = seen.get(place)
    if (before !== undefined && before !== said) contradiction(`${place} says two things`)
    seen.set(place, said)
    return before === undefined
  })
}

function contradiction(what: string): never {
  throw new AirdropError(`the node's events contradict each other: ${what}`, {
    code: "rpc-answer",
    hint: "Ask again, or ask another node.",
  })
}

function add({ count, amount }: Tally, more: bigint): Tally {
  return { count: count + 1, amount: amount + more }
}

function valueOf({ name, values }: LoggedEvent, position: number): string {
  const value = values[position]
  invariant(value !== undefined, `the event ${name} has no value ${position}`)
  return value
}
