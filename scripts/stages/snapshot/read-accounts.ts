/** Classifies accounts at one block: plain accounts, delegations, Safes, vesting and other contracts. */
import {
  contractKind,
  delegateOf,
  VIEW_NAMES,
  VIEWS,
  type View,
  type ViewAnswers,
} from "../../core/snapshot/account-kind.ts"
import { compareAddresses, ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import type { Account } from "../../core/snapshot/account.ts"
import { summaryCallData, ACCOUNTS_PER_CALL, readSummaries, type CodeSummary } from "./account-lens.ts"
import { askInPieces } from "../../io/rpc/split-requests.ts"
import { cappedCalls } from "../../io/rpc/capped-calls.ts"
import { multicall, type ContractAnswer, type ContractCall } from "../../io/rpc/multicall.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { RpcError, type RpcErrorKind } from "../../io/rpc/rpc-error.ts"

/** Contracts whose views are asked in one request to begin with. */
const CONTRACTS_PER_REQUEST = 100
/** Calls of a method in one request to begin with, where a provider makes no deployless calls. */
const CALLS_PER_REQUEST = 100

/** The errors of a provider that refuses calls without a contract. */
const NO_SUMMARIES: readonly RpcErrorKind[] = ["refused", "less", "no-method", "reverted"]

/**
 * A call that comes last in each request. It is the precompiled contract for pairings, with one pair of zeros: it is on
 * every chain, needs 79,000 gas (EIP-1108), more than most views, and fails with less.
 */
const CANARY: ContractCall = {
  to: "0x0000000000000000000000000000000000000008",
  data: `0x${"00".repeat(192)}`,
  mayFail: false,
}

export interface AccountReading {
  readonly token: Address
  readonly onProgress?: (done: number, total: number) => void
}

/** Classifies accounts, and every beneficiary of a vesting contract among them. The zero address is left out. */
export async function readAccounts(
  reader: PinnedReader,
  addresses: Iterable<Address>,
  reading: AccountReading,
): Promise<ReadonlyMap<Address, Account>> {
  const accounts = new Map<Address, Account>()
  let open = [...new Set(addresses)].filter((address) => address !== ZERO_ADDRESS).sort(compareAddresses)
  while (open.length > 0) {
    const summaries = await summarizeAll(reader, open, reading)
    const contracts: Address[] = []
    for (const [i, address] of open.entries()) {
      const simple = withoutViews(summaries[i])
      if (simple) accounts.set(address, simple)
      else contracts.push(address)
    }
    for (const [address, account] of await askContracts(reader, contracts, reading))
      accounts.set(address, account)
    const beneficiaries = new Set<Address>()
    for (const address of contracts) {
      const account = accounts.get(address)
      if (account === undefined || !("beneficiary" in account) || accounts.has(account.beneficiary)) continue
      if (account.beneficiary !== ZERO_ADDRESS) beneficiaries.add(account.beneficiary)
    }
    open = [...beneficiaries].sort(compareAddresses)
  }
  return accounts
}

function withoutViews(summary: CodeSummary | undefined): Account | undefined {
  if (summary === undefined) return undefined
  if (summary.size === 0) return { kind: summary.exists ? "plain" : "empty" }
  const delegate = summary.size === 23 ? delegateOf(summary.prefix) : undefined
  return delegate === undefined ? undefined : { kind: "eip7702", delegate }
}

async function summarizeAll(
  reader: PinnedReader,
  addresses: readonly Address[],
  { onProgress }: AccountReading,
): Promise<readonly CodeSummary[]> {
  const options = {
    size: ACCOUNTS_PER_CALL,
    what: "accounts in a request",
    host: reader.host,
    ...(onProgress ? { onProgress } : {}),
  }
  try {
    return await askInPieces(addresses, async (piece) => await summarizeByCall(reader, piece), {
      ...options,
      isTooMuch: isTooMuchToSummarize,
    })
  } catch (error) {
    if (!refusesSummaries(error)) throw error
    return await askInPieces(addresses, async (piece) => await summarizeOneByOne(reader, piece), {
      ...options,
      size: CALLS_PER_REQUEST,
    })
  }
}

async function summarizeByCall(
  reader: PinnedReader,
  addresses: readonly Address[],
): Promise<readonly CodeSummary[]> {
  return await reader.ask("eth_call", [{ data: summaryCallData(addresses) }], (answer) => {
    const summaries = readSummaries(answer, addresses.length)
    if (summaries === undefined)
      throw new RpcError("refused", reader.host, "it makes no calls without a contract")
    return summaries
  })
}

/** Does the same by three ordinary methods, for a provider that makes no deployless calls. */
async function summarizeOneByOne(
  reader: PinnedReader,
  addresses: readonly Address[],
): Promise<readonly CodeSummary[]> {
  const params = addresses.map((address) => [address])
  const text = (result: unknown): string => {
    if (typeof result !== "string" || !/^0x[0-9a-f]*$/i.test(result)) {
      throw new RpcError("bad-answer", reader.host, "an answer that is not hex")
    }
    return result.toLowerCase()
  }
  const codes = await reader.askAll("eth_getCode", params, text)
  const balances = await reader.askAll("eth_getBalance", params, text)
  const nonces = await reader.askAll("eth_getTransactionCount", params, text)
  return codes.map((code, i) => ({
    exists: code !== "0x" || Number(balances[i]) !== 0 || Number(nonces[i]) !== 0,
    size: code.length / 2 - 1,
    prefix: code.slice(0, 48),
  }))
}

async function askContracts(
  reader: PinnedReader,
  contracts: readonly Address[],
  reading: AccountReading,
): Promise<readonly (readonly [Address, Account])[]> {
  const classify =
    (ask: typeof askCapped) =>
    async (piece: readonly Address[]): Promise<readonly (readonly [Address, Account])[]> => {
      const answers = await ask(reader, piece)
      return piece.map((address, i) => [address, contractKind(answers[i] ?? {}, reading.token)] as const)
    }
  const options = {
    size: CONTRACTS_PER_REQUEST,
    what: "contracts in a request",
    host: reader.host,
    // A contract that alone uses up the provider's gas is one without views. A time-out says nothing of a contract.
    rescue: (address: Address, error: unknown) =>
      isOutOfGas(error) ? ([address, contractKind({}, reading.token)] as const) : undefined,
  }
  try {
    return await askInPieces(contracts, classify(askCapped), { ...options, isTooMuch: isTooMuchToSummarize })
  } catch (error) {
    if (!refusesSummaries(error)) throw error
    return await askInPieces(contracts, classify(askTogether), options)
  }
}

/** Gas that a view may use. Reading a word takes some 30,000 with proxies between. */
const VIEW_GAS = 300_000
/** Gas for the list of owners: 2,100 for each, so that any list of a Safe can be read. */
const OWNERS_GAS = 10_000_000
const CANARY_GAS = 10_000_000

/**
 * Asks every view of some contracts, each within a limit of gas. The last call, which costs more than most views and may
 * not fail, shows that the provider's own limit sufficed for all.
 */
async function askCapped(
  reader: PinnedReader,
  contracts: readonly Address[],
): Promise<readonly ViewAnswers[]> {
  const calls = viewCalls(contracts).map(({ view, ...call }) => ({
    ...call,
    gas: view === "getOwners" ? OWNERS_GAS : VIEW_GAS,
  }))
  const all = [...calls, { ...CANARY, gas: CANARY_GAS }]
  return await cappedCalls(reader, all, (answers) => viewAnswers(contracts, answers))
}

/**
 * Does the same without gas limits, for a provider that makes no deployless calls. A hostile contract may burn the gas
 * of the calls after it, so that these contracts seem to have no views. The last call then fails, and the piece is made
 * smaller.
 */
async function askTogether(
  reader: PinnedReader,
  contracts: readonly Address[],
): Promise<readonly ViewAnswers[]> {
  const all = [...viewCalls(contracts), CANARY]
  return await multicall(reader, all, (answers) => viewAnswers(contracts, answers))
}

function viewCalls(contracts: readonly Address[]): readonly (ContractCall & { readonly view: View })[] {
  return contracts.flatMap((to) => VIEW_NAMES.map((view) => ({ to, data: VIEWS[view], mayFail: true, view })))
}

function viewAnswers(
  contracts: readonly Address[],
  answers: readonly ContractAnswer[],
): readonly ViewAnswers[] {
  return contracts.map((_, i) => {
    const own = answers.slice(i * VIEW_NAMES.length, (i + 1) * VIEW_NAMES.length)
    return Object.fromEntries(
      VIEW_NAMES.map((view, j) => [view, own[j]?.success === true ? own[j].data : undefined]),
    )
  })
}

/** Returns true if a call within ran out of gas. This shows as a revert of the whole call, or in the message. */
function isOutOfGas(error: unknown): boolean {
  if (!(error instanceof RpcError) || error.kind !== "less") return false
  return /gas/i.test(error.message) || (error.cause instanceof RpcError && error.cause.kind === "reverted")
}

/** True for what a provider says that makes no calls without a contract. */
function refusesSummaries(error: unknown): boolean {
  return error instanceof RpcError && NO_SUMMARIES.includes(error.kind)
}

/**
 * Returns true if a smaller piece may succeed. A refusal may be of deployless calls, which no smaller piece changes.
 */
function isTooMuchToSummarize(error: unknown): boolean {
  return error instanceof RpcError && error.orLess && error.kind !== "refused"
}
