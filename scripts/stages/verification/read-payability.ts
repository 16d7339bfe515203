/** Shows on the chain's own state that everybody who is unpaid can be paid, or names who cannot. */
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { revertText } from "../../core/claim/revert-words.ts"
import type { Payability, Refusal, Shortfall, Standstill } from "../../core/claim/payability.ts"
import type { VerifiedHeader } from "../../core/ethereum/block-header.ts"
import { TOKEN } from "../../core/ethereum/erc20.ts"
import { accountOf, amountOf } from "../../core/merkle/leaf-list.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import type { Address } from "../../core/primitives/address.ts"
import { tokenAmount, type Token } from "../../core/primitives/token.ts"
import { invariant } from "../../core/primitives/error.ts"
import { findBlock } from "../../io/rpc/find-block.ts"
import { NO_JOURNAL } from "../../io/rpc/journal.ts"
import type { ContractAnswer } from "../../io/rpc/multicall.ts"
import { pinTo } from "../../io/rpc/pinned-reader.ts"
import type { NodeProvider } from "../../io/rpc/provider.ts"
import { askInPieces } from "../../io/rpc/split-requests.ts"
import { lookAtClaimed } from "../claim/claimed-lens.ts"
import { readClaimed } from "../claim/read-claimed.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { ledgerPath, readLedger } from "../reserve/ledger-file.ts"
import { reserveTree } from "../reserve/make-reserve.ts"
import { readCallRoom, type CallRoom } from "./payment-calls.ts"
import { automaticPayments, reservePayments, type Payment, type Unpaid } from "./payments.ts"
import { findRefused, type Outcome, type Simulator } from "./simulate-payments.ts"

export interface PayabilityRequest {
  readonly provider: NodeProvider
  readonly airdrop: MerkleAirdrop
  readonly address: Address
  readonly leaves: Leaves
  /** The block to simulate at; the latest if undefined. */
  readonly block?: number
  readonly onProgress?: (done: number, total: number) => void
}

/** A list of as many leaves at most is one level, or two, that go out whole: a single level with an empty proof. */
const WHOLE_LEVEL = 1_024
/** Leaves of a run of a longer list. Several runs fill a call better than one long one. */
const USUAL_RUN = 256
/** Accounts of the reserve whose paid amounts are read in one call. */
const READ_AT_ONCE = 1_000
/** Accounts, spread over all, that are tried first: if none is paid, the others are not tried. */
const SAMPLE = 32

/**
 * Simulates paying every unpaid account of both tranches at one block.
 * @throws RpcError if the provider cannot run the calls
 */
export async function readPayability(loaded: LoadedProgram, request: PayabilityRequest): Promise<Payability> {
  const { provider, airdrop, address, leaves, onProgress } = request
  const { token, chainId } = loaded.program
  const number = request.block ?? (await provider.getBlockNumber())
  const block = await findBlock(provider.rpc, { block: number }, { chainId, allowUnfinalized: true })
  const reader = pinTo(provider.rpc, block, NO_JOURNAL)
  const room = await readCallRoom(reader)
  const { count: leafCount } = leaves.list
  const claimed =
    (await lookAtClaimed(reader, address, leafCount)) ?? (await readClaimed(airdrop, leafCount, block.number))
  const { reserve, notes, capLeft } = await readReserve(loaded, request, room, block)
  const unpaid = { airdrop, leaves, claimed, reserve }
  const held = await readHeld(room, token.address, address)
  const stats: Simulator["stats"] = { requests: 0, largest: 0, refused: undefined }
  const simulator: Simulator = { room, airdrop: address, token: token.address, held: held ?? 0n, stats }
  const ofReserve = reservePayments(unpaid)
  const payments = [...automaticPayments(unpaid, runLength(room, leafCount)), ...ofReserve]
  const words = (data: string): string => revertText(data, airdrop.interface)
  const found =
    held === undefined ? NO_BALANCE : await simulate(simulator, payments, words, token, onProgress)
  const shortfall = held === undefined ? undefined : shortfallOf(payments, held)
  const count = (tranche: Payment["tranche"]): number =>
    payments.reduce((sum, payment) => sum + (payment.tranche === tranche ? payment.accounts : 0), 0)
  const tooLarge =
    stats.refused === undefined
      ? []
      : [`the provider takes no calls of ${stats.refused} accounts, which takes more requests`]
  const granted = ofReserve.reduce((sum, { amount }) => sum + amount, 0n)
  const overCap =
    granted > capLeft
      ? [
          `the reserve has ${tokenAmount(capLeft, token)} left, and ${tokenAmount(granted, token)} are granted`,
        ]
      : []
  return {
    block: { number: block.number, hash: block.hash, timestamp: block.timestamp },
    unpaid: { automatic: count("automatic"), reserve: count("reserve") },
    ...found,
    shortfall,
    requests: stats.requests,
    largest: stats.largest,
    notes: [...room.notes, ...tooLarge, ...notes, ...overCap],
  }
}

/** The length of runs, which fits a call: a power of two, so that runs are whole subtrees. */
function runLength({ gas, bytes }: CallRoom, leafCount: number): number {
  const most = Math.min(leafCount <= WHOLE_LEVEL ? WHOLE_LEVEL : USUAL_RUN, gas / 36_000, bytes / 40)
  return 2 ** Math.max(0, Math.floor(Math.log2(most)))
}

/** Reads what the contract holds; undefined if the token does not tell. */
async function readHeld(room: CallRoom, token: Address, airdrop: Address): Promise<bigint | undefined> {
  const data = TOKEN.encodeFunctionData("balanceOf", [airdrop])
  const [balance] = await room.run([{ to: token, data, mayFail: true }])
  return balance?.success === true && balance.data.length === 66 ? BigInt(balance.data) : undefined
}

type Found = Pick<Payability, "refusals" | "standstill">

const NO_BALANCE: Found = {
  refusals: [],
  standstill: { tried: 0, reason: "the token does not tell what the contract holds" },
}

async function simulate(
  simulator: Simulator,
  payments: readonly Payment[],
  words: (data: string) => string,
  token: Token,
  onProgress: PayabilityRequest["onProgress"],
): Promise<Found> {
  const affordable = payments.flatMap((payment) => within(payment, simulator.held))
  const reasonOf = (outcome: Outcome): string => failureText(outcome, words, token)
  const standstill = await findStandstill(simulator, affordable, reasonOf)
  if (standstill !== undefined) return { refusals: [], standstill }
  const total = affordable.reduce((sum, { accounts }) => sum + accounts, 0)
  let done = 0
  const outcomes = await findRefused(simulator, affordable, (accounts) => {
    done += accounts
    onProgress?.(done, total)
  })
  const refusals = outcomes.map((outcome): Refusal => {
    const { tranche, account, amount } = outcome.payment
    invariant(account !== undefined, "a payment that is refused is about one account")
    return { tranche, account, amount, reason: reasonOf(outcome) }
  })
  refusals.sort((a, b) => (a.tranche + a.account < b.tranche + b.account ? -1 : 1))
  return { refusals, standstill: undefined }
}

/** The parts of a payment that the contract could make with what it holds. */
function within(payment: Payment, held: bigint): readonly Payment[] {
  if (payment.amount <= held) return [payment]
  return payment.account === undefined ? payment.split().flatMap((part) => within(part, held)) : []
}

/** Tries accounts spread over all of them, so that a paused token is not tried account by account. */
async function findStandstill(
  simulator: Simulator,
  payments: readonly Payment[],
  reasonOf: (outcome: Outcome) => string,
): Promise<Standstill | undefined> {
  const total = payments.reduce((sum, { accounts }) => sum + accounts, 0)
  if (total <= SAMPLE) return undefined
  const step = Math.max(1, payments.length / SAMPLE)
  const picked = Array.from(
    { length: Math.min(SAMPLE, payments.length) },
    (_, i) => payments[Math.floor(i * step)],
  )
  const share = Math.ceil(SAMPLE / picked.length)
  const sample = picked.flatMap((payment) => (payment ? singlesOf(payment, share) : [])).slice(0, SAMPLE)
  const refused = await findRefused(simulator, sample)
  const [first] = refused
  if (first === undefined || refused.length < sample.length) return undefined
  return { tried: sample.length, reason: reasonOf(first) }
}

/** The first accounts of a payment, each by itself. */
function singlesOf(payment: Payment, most: number): readonly Payment[] {
  if (payment.account !== undefined) return [payment]
  const singles: Payment[] = []
  for (const part of payment.split()) {
    if (singles.length >= most) break
    singles.push(...singlesOf(part, most - singles.length))
  }
  return singles.slice(0, most)
}

function failureText({ failure, payment }: Outcome, words: (data: string) => string, token: Token): string {
  if (failure === undefined) return ""
  if (failure.kind === "moved") {
    const amount = (value: bigint): string => tokenAmount(value, token)
    return `the token moves ${amount(failure.by)} instead of ${amount(payment.amount)}`
  }
  return failure.data === "0x" ? "it reverts without a reason" : words(failure.data)
}

/** Finds the account at which the money ends, if it is paid out in the order of the list and the reserve comes last. */
function shortfallOf(payments: readonly Payment[], held: bigint): Shortfall | undefined {
  const owed = payments.reduce((sum, { amount }) => sum + amount, 0n)
  if (owed <= held) return undefined
  let left = held
  let count = 0
  let first: Address | undefined
  const walk = (payment: Payment): void => {
    if (first !== undefined) count += payment.accounts
    else if (payment.amount <= left) left -= payment.amount
    else if (payment.account === undefined) for (const part of payment.split()) walk(part)
    else [first, count] = [payment.account, 1]
  }
  for (const payment of payments) walk(payment)
  invariant(first !== undefined, "more is owed than is held, so the money ends at an account")
  return { held, owed, first, count }
}

interface Reserve {
  readonly reserve: Unpaid["reserve"]
  readonly notes: readonly string[]
  /** Base units that the reserve may still pay. */
  readonly capLeft: bigint
}

async function readReserve(
  { folder, program }: LoadedProgram,
  { airdrop, address, provider }: PayabilityRequest,
  room: CallRoom,
  block: VerifiedHeader,
): Promise<Reserve> {
  const at = { blockTag: block.number }
  const [root, pending, cap, paid] = await Promise.all([
    airdrop.reserveRoot(at),
    airdrop.pendingReserveRoot(at),
    airdrop.RESERVE_CAP(at),
    airdrop.reservePaid(at),
  ])
  const capLeft = cap - paid
  const notes =
    BigInt(pending.root) === 0n ? [] : ["the pending reserve root is left out until it is accepted"]
  if (BigInt(root) === 0n) return { reserve: undefined, notes, capLeft }
  const { ledger } = await readLedger(ledgerPath(folder), program.token.decimals)
  const granted = ledger.cumulativeAt(root.toLowerCase())
  if (granted === undefined) {
    notes.push(`the reserve is left out: no grants here make the accepted root ${root.toLowerCase()}`)
    return { reserve: undefined, notes, capLeft }
  }
  const tree = reserveTree(granted)
  const accounts = Array.from({ length: tree.list.count }, (_, row) => accountOf(tree.list, row))
  const claims = await askInPieces(
    accounts,
    async (piece) =>
      await room.run(
        piece.map((account) => ({
          to: address,
          data: airdrop.interface.encodeFunctionData("reserveClaimed", [account]),
          mayFail: false,
        })),
      ),
    { size: READ_AT_ONCE, what: "accounts of the reserve in a request", host: provider.rpc.host },
  )
  const paidOf = ({ data }: ContractAnswer, row: number): bigint => {
    const value = BigInt(data)
    const most = amountOf(tree.list, row)
    return value < most ? value : most
  }
  return { reserve: { ...tree, paid: claims.map(paidOf) }, notes, capLeft }
}
