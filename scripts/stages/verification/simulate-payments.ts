/**
 * Tries payments on the chain's state and finds the ones that cannot be made. As many as fit go into one call; what
 * fails is split into 32 parts, and these go into calls together, until each failure is about one account.
 */
import pLimit from "p-limit"
import { TOKEN } from "../../core/ethereum/erc20.ts"
import type { Address } from "../../core/primitives/address.ts"
import type { ContractAnswer, ContractCall } from "../../io/rpc/multicall.ts"
import { mayShrink } from "../../io/rpc/rpc-error.ts"
import type { CallRoom } from "./payment-calls.ts"
import type { Payment } from "./payments.ts"

/** What came of one payment. */
export interface Outcome {
  readonly payment: Payment
  /** Undefined if it was paid. */
  readonly failure: Failure | undefined
}

/** `reverted` with the data of the revert; `moved`: the call succeeds, and the token moves another amount. */
export type Failure =
  { readonly kind: "reverted"; readonly data: string } | { readonly kind: "moved"; readonly by: bigint }

export interface Simulator {
  readonly room: CallRoom
  readonly airdrop: Address
  readonly token: Address
  /** Base units that the airdrop holds. */
  readonly held: bigint
  /** Counts the requests, and the most accounts of one; `refused` holds the most accounts that one may not hold. */
  readonly stats: { requests: number; largest: number; refused: number | undefined }
}

const PARALLEL = 3
/** Parts of the room that are planned for; the rest is for calls dearer than planned. */
const FILLED = 0.95
const MOST_TOGETHER = 4_096

/**
 * Tries payments and those that they consist of.
 * @returns the ones of single accounts that cannot be made
 */
export async function findRefused(
  simulator: Simulator,
  payments: readonly Payment[],
  onProgress: (accounts: number) => void = () => undefined,
): Promise<readonly Outcome[]> {
  const refused: Outcome[] = []
  const company = new Map<Payment, number>()
  let open = payments
  const slots = pLimit(PARALLEL)
  while (open.length > 0) {
    const next: Payment[] = []
    const judge = (request: readonly Payment[], { payment, failure }: Outcome): void => {
      if (failure === undefined) onProgress(payment.accounts)
      else if (payment.account === undefined) next.push(...payment.split())
      else if (isSure(failure) || request.length === 1) {
        refused.push({ payment, failure })
        onProgress(1)
      } else {
        // Other payments in the same call may have used up its gas.
        company.set(payment, Math.max(1, request.length >> 3))
        next.push(payment)
      }
    }
    const { room, held } = simulator
    const requests = requestsOf(room, held, open, (payment) => company.get(payment) ?? MOST_TOGETHER)
    const tasks = requests.map(async (request) => {
      const outcomes = await slots(async () => await attempt(simulator, request))
      for (const outcome of outcomes) judge(request, outcome)
    })
    await Promise.all(tasks)
    open = next
  }
  return refused
}

/** A revert without data can also come from a lack of gas. */
function isSure(failure: Failure): boolean {
  return failure.kind === "moved" || failure.data !== "0x"
}

/**
 * Fills calls: with no more gas, bytes and payments than one may have, and no more money than there is.
 * @param companyOf tells how many payments a payment may share its call with
 */
export function requestsOf(
  room: Pick<CallRoom, "gas" | "bytes">,
  held: bigint,
  payments: readonly Payment[],
  companyOf: (payment: Payment) => number = () => MOST_TOGETHER,
): readonly (readonly Payment[])[] {
  const requests: Payment[][] = []
  let current: Payment[] = []
  let [gas, bytes, money, company] = [0, 0, 0n, MOST_TOGETHER]
  for (const payment of payments) {
    const most = companyOf(payment)
    company = Math.min(company, most)
    gas += payment.gas
    bytes += payment.bytes
    money += payment.amount
    const fits = gas <= room.gas * FILLED && bytes <= room.bytes && money <= held && current.length < company
    if (!fits && current.length > 0) {
      requests.push(current)
      current = []
      ;[gas, bytes, money, company] = [payment.gas, payment.bytes, payment.amount, most]
    }
    current.push(payment)
  }
  if (current.length > 0) requests.push(current)
  return requests
}

/** Makes payments in one call, or in several where the provider takes none of this size. */
async function attempt(simulator: Simulator, payments: readonly Payment[]): Promise<readonly Outcome[]> {
  const { stats } = simulator
  const accounts = accountsOf(payments)
  const parts = payments.length > 1 ? payments : payments.flatMap((payment) => payment.split())
  const isTooLarge = stats.refused !== undefined && accounts >= stats.refused && parts.length > 1
  if (!isTooLarge) {
    try {
      return await run(simulator, payments)
    } catch (error) {
      if (!mayShrink(error) || parts.length < 2) throw error
      stats.refused = Math.min(accounts, stats.refused ?? accounts)
    }
  }
  const middle = Math.ceil(parts.length / 2)
  return [
    ...(await attempt(simulator, parts.slice(0, middle))),
    ...(await attempt(simulator, parts.slice(middle))),
  ]
}

async function run(
  { room, airdrop, token, stats }: Simulator,
  payments: readonly Payment[],
): Promise<readonly Outcome[]> {
  const calls = payments.flatMap(({ account, encode }): ContractCall[] => {
    const balance = {
      to: token,
      data: TOKEN.encodeFunctionData("balanceOf", [account ?? airdrop]),
      mayFail: true,
    }
    return [balance, { to: airdrop, data: encode(), mayFail: true }, balance]
  })
  stats.requests++
  const answers = await room.run(calls)
  stats.largest = Math.max(stats.largest, accountsOf(payments))
  return payments.map((payment, i) => ({
    payment,
    failure: failureOf(payment, answers.slice(3 * i, 3 * i + 3)),
  }))
}

function accountsOf(payments: readonly Payment[]): number {
  return payments.reduce((sum, { accounts }) => sum + accounts, 0)
}

/** The balance of the account has to grow by the amount; where there are several, that of the contract has to fall. */
function failureOf(
  { account, amount }: Payment,
  [before, paid, after]: readonly ContractAnswer[],
): Failure | undefined {
  if (paid?.success !== true) return { kind: "reverted", data: paid?.data ?? "0x" }
  const [from, to] = [balanceIn(before), balanceIn(after)]
  // A balance that cannot be read is the sign of a call out of gas.
  if (from === undefined || to === undefined) return { kind: "reverted", data: "0x" }
  const by = account === undefined ? from - to : to - from
  return by === amount ? undefined : { kind: "moved", by }
}

function balanceIn(answer: ContractAnswer | undefined): bigint | undefined {
  return answer?.success === true && answer.data.length === 66 ? BigInt(answer.data) : undefined
}
