/** Runs a Safe transaction on a simulated chain and undoes it: what would move, and what would change. */
import type { Interface, Provider, TransactionReceipt } from "ethers"
import { invariant } from "../../core/primitives/error.ts"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { TOKEN } from "../../core/ethereum/erc20.ts"
import { meaningOf } from "../../core/ethereum/json-rpc.ts"
import type { Call } from "../../core/ethereum/call.ts"
import {
  DELEGATECALL,
  isMultiSend,
  safeHashes,
  type SafeTransaction,
} from "../../core/safe/safe-transaction.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { decodeMultiSend } from "../../core/safe/multi-send.ts"
import { approvedHashSignature, encodeExecution } from "../../io/safe/execute.ts"
import type { RpcProvider } from "../../io/rpc/request.ts"
import { SAFE, type SafeState } from "../../io/safe/safe.ts"
import { stateChanges, type AccountChange } from "./state-changes.ts"

/** A movement of a token, of any contract that announces one. Base units of that token. */
export interface Movement {
  readonly token: Address
  readonly from: Address
  readonly to: Address
  readonly amount: bigint
}

export interface Simulation {
  readonly gasUsed: bigint
  /** Undefined if everything went through, otherwise which call failed and why. */
  readonly failure: string | undefined
  readonly movements: readonly Movement[]
  /** Allowances that it would give: none is part of any proposal here. */
  readonly approvals: readonly Movement[]
  readonly changes: readonly AccountChange[]
}

/** Reads the state before and after the transaction. */
export type Observe<View> = (provider: Provider) => Promise<View>

export interface Observed<View> extends Simulation {
  readonly before: View
  readonly after: View
}

/** Calls that a timelock makes once its delay has passed. */
export interface ScheduledCalls {
  readonly timelock: Address
  /** Seconds. */
  readonly delay: bigint
  readonly calls: readonly Call[]
}

export interface Simulated {
  readonly safe: SafeState
  readonly transaction: SafeTransaction
  /** Simulated after the transaction, each after its delay. */
  readonly scheduled: readonly ScheduledCalls[]
}

/** The gas limit of one transaction on Arbitrum, 32 million. */
const GAS = "0x1e84800"
/** The storage slot of a Safe's nonce. */
const NONCE_SLOT = "0x5"

/**
 * Executes a transaction as the Safe would: owners approve its hash on chain, as many as the threshold asks for, and
 * the last one executes. No key is needed, as the chain is a simulation: a fork, or the embedded one. Its state is
 * put back afterwards.
 * @param errors ABI items by which reverts are put into words
 */
export async function simulateSafeTransaction<View>(
  provider: RpcProvider,
  { safe, transaction, scheduled }: Simulated,
  errors: Interface,
  observe: Observe<View>,
): Promise<Observed<View>> {
  const point = await provider.send("evm_snapshot", [])
  try {
    if (transaction.nonce !== safe.nonce) {
      const nonce = `0x${transaction.nonce.toString(16).padStart(64, "0")}`
      await provider.send("hardhat_setStorageAt", [safe.address, NONCE_SLOT, nonce])
    }
    const before = await observe(provider)
    const receipt = await execute(provider, safe, transaction)
    const failure = receipt.status === 1 ? undefined : await explain(provider, safe, transaction, errors)
    const later = failure === undefined ? await runScheduled(provider, scheduled, errors) : NOTHING_LATER
    const receipts = [receipt, ...later.receipts]
    const changes: AccountChange[] = []
    for (const { hash } of receipts) changes.push(...(await stateChanges(provider, hash)))
    return {
      gasUsed: receipt.gasUsed,
      failure: failure ?? later.failure,
      movements: receipts.flatMap((one) => logged(one, "Transfer")),
      approvals: receipts.flatMap((one) => logged(one, "Approval")),
      changes,
      before,
      after: await observe(provider),
    }
  } finally {
    await provider.send("evm_revert", [point])
  }
}

interface Later {
  readonly receipts: readonly TransactionReceipt[]
  readonly failure: string | undefined
}

const NOTHING_LATER: Later = { receipts: [], failure: undefined }
/** No clock goes beyond this; an absurd delay is flagged by itself. Seconds. */
const LONGEST_WAIT = 100n * 365n * 86_400n

/** Makes the calls that a timelock would make, as the timelock, when they are ready. */
async function runScheduled(
  provider: RpcProvider,
  scheduled: readonly ScheduledCalls[],
  errors: Interface,
): Promise<Later> {
  const receipts: TransactionReceipt[] = []
  for (const { timelock, delay, calls } of scheduled) {
    const wait = delay < LONGEST_WAIT ? delay : LONGEST_WAIT
    await provider.send("evm_increaseTime", [`0x${wait.toString(16)}`])
    await provider.send("evm_mine", [])
    for (const [i, { to, value, data }] of calls.entries()) {
      const call = { to, value: `0x${value.toString(16)}`, data }
      try {
        await provider.send("eth_call", [{ from: timelock, ...call }, "latest"])
        receipts.push(await sendAs(provider, timelock, call))
      } catch (error) {
        return { receipts, failure: `scheduled call ${i + 1} fails: ${reasonOf(error, errors)}` }
      }
    }
  }
  return { receipts, failure: undefined }
}

async function execute(
  provider: RpcProvider,
  safe: SafeState,
  transaction: SafeTransaction,
): Promise<TransactionReceipt> {
  const owners = safe.owners.slice(0, safe.threshold)
  const { safe: hash } = safeHashes(safe, transaction)
  for (const owner of owners) {
    await sendAs(provider, owner, { to: safe.address, data: SAFE.encodeFunctionData("approveHash", [hash]) })
  }
  const [sender = safe.address] = owners
  const data = encodeExecution(transaction, owners.map(approvedHashSignature))
  return await sendAs(provider, sender, { to: safe.address, data })
}

/** Returns why it failed. The Safe reports only that a call did, so the calls are tried one by one. */
async function explain(
  provider: RpcProvider,
  safe: SafeState,
  transaction: SafeTransaction,
  errors: Interface,
): Promise<string> {
  if (transaction.operation === DELEGATECALL && !isMultiSend(transaction)) return "the delegatecall reverts"
  const calls: readonly Call[] = isMultiSend(transaction) ? decodeMultiSend(transaction.data) : [transaction]
  for (const [i, { to, value, data }] of calls.entries()) {
    const call = { from: safe.address, to, value: `0x${value.toString(16)}`, data }
    try {
      await provider.send("eth_call", [call, "latest"])
      await sendAs(provider, safe.address, call)
    } catch (error) {
      return `call ${i + 1} fails: ${reasonOf(error, errors)}`
    }
  }
  return "the Safe refuses to execute it"
}

/** Sends as any address and waits, whether or not it succeeds. */
async function sendAs(
  provider: RpcProvider,
  from: Address,
  call: { readonly to: string; readonly data: string; readonly value?: string },
): Promise<TransactionReceipt> {
  await provider.send("hardhat_impersonateAccount", [from])
  // Gas is free here: an owner without ether can simulate as well, and no balance changes but by the calls.
  await provider.send("hardhat_setNextBlockBaseFeePerGas", ["0x0"])
  const hash = await provider
    .send("eth_sendTransaction", [{ from, gas: GAS, gasPrice: "0x0", ...call }])
    .catch((error: unknown) => transactionHash(error))
  const receipt = await provider.getTransactionReceipt(String(hash))
  invariant(receipt !== null, `transaction ${String(hash)} was mined`)
  return receipt
}

/** Returns the hash of a transaction that was mined and failed, which Hardhat reports in its error. */
function transactionHash(error: unknown): string {
  const found = /"transactionHash":"(0x[0-9a-f]{64})"/.exec(JSON.stringify(error)) ?? []
  const nested = (error as { data?: { transactionHash?: string } }).data?.transactionHash
  const hash = nested ?? found[1]
  if (hash === undefined) throw error
  return hash
}

function reasonOf(error: unknown, errors: Interface): string {
  const data = /0x[0-9a-f]{8,}/.exec(JSON.stringify((error as { data?: unknown }).data ?? ""))?.[0]
  if (data !== undefined) {
    const parsed = errors.parseError(data)
    if (parsed !== null) return `${parsed.name}(${parsed.args.toArray().map(String).join(", ")})`
  }
  const words = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)
  // The forked state is read from a node, whose faults say nothing about the call.
  const { kind } = meaningOf({ message: words })
  if (!["later", "no-state", "no-access"].includes(kind)) return words
  throw new AirdropError(`the simulation cannot go on: ${words}`, {
    code: "rpc-later",
    hint: "Run the same command again, or use another provider with --rpc.",
    cause: error,
  })
}

function logged(receipt: TransactionReceipt, name: "Transfer" | "Approval"): Movement[] {
  const movements: Movement[] = []
  for (const log of receipt.logs) {
    const event = log.topics.length === 3 ? TOKEN.parseLog(log) : null
    if (event?.name !== name) continue
    const [from, to, amount] = event.args.toArray() as [string, string, bigint]
    movements.push({
      token: parseAddress(log.address.toLowerCase()),
      from: parseAddress(from),
      to: parseAddress(to),
      amount,
    })
  }
  return movements
}
