/** Finds out what stands at addresses at one block: plain accounts, delegations, Safes, vesting and other contracts. */
import {
  contractKind,
  delegateOf,
  VIEW_NAMES,
  VIEWS,
  type ViewAnswers,
} from "../../core/session/account-kind.ts"
import { compareAddresses, ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import type { Account } from "../../core/session/snapshot.ts"
import { glanceData, GLANCES_PER_CALL, readGlances, type CodeGlance } from "./account-lens.ts"
import { askInPieces, isTooMuchByKind } from "../../io/rpc/split-requests.ts"
import { multicall, type ContractCall } from "../../io/rpc/multicall.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"

/** Contracts whose views are asked in one request to begin with. */
const CONTRACTS_PER_REQUEST = 120
/** Calls of a method in one request to begin with, where a provider makes no deployless calls. */
const CALLS_PER_REQUEST = 100

export interface AccountReading {
  /** The staking contract, which answers last in each request, and what to ask it. */
  readonly canary: ContractCall
  readonly token: Address
  readonly onProgress?: (done: number, total: number) => void
}

/** Classifies addresses and, in turn, every beneficiary of a vesting contract that turns up. Zero is left out. */
export async function readAccounts(
  reader: PinnedReader,
  addresses: Iterable<Address>,
  reading: AccountReading,
): Promise<ReadonlyMap<Address, Account>> {
  const accounts = new Map<Address, Account>()
  let open = [...new Set(addresses)].filter((address) => address !== ZERO_ADDRESS).sort(compareAddresses)
  while (open.length > 0) {
    const glances = await glanceAll(reader, open, reading)
    const contracts: Address[] = []
    for (const [i, address] of open.entries()) {
      const simple = withoutViews(glances[i])
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

function withoutViews(glance: CodeGlance | undefined): Account | undefined {
  if (glance === undefined) return undefined
  if (glance.size === 0) return { kind: glance.exists ? "plain" : "empty" }
  const delegate = glance.size === 23 ? delegateOf(glance.prefix) : undefined
  return delegate === undefined ? undefined : { kind: "eip7702", delegate }
}

async function glanceAll(
  reader: PinnedReader,
  addresses: readonly Address[],
  { onProgress }: AccountReading,
): Promise<readonly CodeGlance[]> {
  const options = { size: GLANCES_PER_CALL, ...(onProgress ? { onProgress } : {}) }
  try {
    return await askInPieces(addresses, async (piece) => await glanceByCall(reader, piece), options)
  } catch (error) {
    if (!(error instanceof RpcError) || error.kind === "unreachable" || error.kind === "missing-state")
      throw error
    return await askInPieces(addresses, async (piece) => await glanceOneByOne(reader, piece), {
      ...options,
      size: CALLS_PER_REQUEST,
    })
  }
}

async function glanceByCall(
  reader: PinnedReader,
  addresses: readonly Address[],
): Promise<readonly CodeGlance[]> {
  return await reader.ask("eth_call", [{ data: glanceData(addresses) }], (answer) => {
    const glances = readGlances(answer, addresses.length)
    if (glances === undefined)
      throw new RpcError("rejected", reader.host, "it makes no calls without a contract")
    return glances
  })
}

/** The same from three ordinary methods, for a provider that makes no deployless calls. */
async function glanceOneByOne(
  reader: PinnedReader,
  addresses: readonly Address[],
): Promise<readonly CodeGlance[]> {
  const params = addresses.map((address) => [address])
  const text = (result: unknown): string => {
    if (typeof result !== "string" || !/^0x[0-9a-f]*$/i.test(result)) {
      throw new RpcError("unreachable", reader.host, "an answer that is not hex")
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
  { token, canary }: AccountReading,
): Promise<readonly (readonly [Address, Account])[]> {
  return await askInPieces(
    contracts,
    async (piece) => {
      const answers = await askViews(reader, piece, canary)
      return piece.map((address, i) => [address, contractKind(answers[i] ?? {}, token)] as const)
    },
    { size: CONTRACTS_PER_REQUEST },
  )
}

/**
 * Asks every view of some contracts. A hostile one may burn the gas of those after it, so that they seem to have no
 * views: the last call, which costs more than any view and may not fail, shows that enough gas was left for all.
 * A contract that alone leaves too little is one without views.
 */
async function askViews(
  reader: PinnedReader,
  contracts: readonly Address[],
  canary: ContractCall,
): Promise<readonly ViewAnswers[]> {
  const calls = contracts.flatMap((to) =>
    VIEW_NAMES.map((view) => ({ to, data: VIEWS[view], mayFail: true })),
  )
  try {
    const answers = await multicall(reader, [...calls, canary])
    return contracts.map((_, i) => {
      const own = answers.slice(i * VIEW_NAMES.length, (i + 1) * VIEW_NAMES.length)
      return Object.fromEntries(
        VIEW_NAMES.map((view, j) => [view, own[j]?.success === true ? own[j].data : undefined]),
      )
    })
  } catch (error) {
    if (contracts.length > 1 || !isTooMuchByKind(error)) throw error
    return [{}]
  }
}
