/** What can be checked on chain before a proposal is written: nothing that could only fail is proposed. */
import { tokenAmount } from "../../core/primitives/token.ts"
import { Contract, type Provider } from "ethers"
import { tokenBalance } from "../../io/transactions/token.ts"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AIRDROP, TIMELOCK } from "../../core/contract/abi.ts"
import { TOKEN } from "../../core/ethereum/erc20.ts"
import { DEPLOYMENT_PROXY } from "../../core/ethereum/create2.ts"
import { isoTime } from "../../core/primitives/time.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { timelockOperation, type Action, type TimelockStep } from "../../core/multisig/actions.ts"
import { type ProgramContext } from "../deployment/deployment-context.ts"
import { targetOf } from "./context.ts"
import type { SafeState } from "../../io/safe/safe.ts"

export interface Precheck {
  readonly context: ProgramContext
  readonly safe: SafeState
  readonly action: Action
  readonly timelock: TimelockStep | undefined
}

/**
 * Checks a proposal against the chain.
 * @throws AirdropError (exit 1) that says why it would fail
 */
export async function precheck(
  provider: Provider,
  { context, safe, action, timelock }: Precheck,
): Promise<void> {
  if (timelock !== undefined) {
    await checkTimelock(provider, safe, timelock, timelockOperation(action, targetOf(context), timelock))
  }
  if (action.name === "deploy") {
    if (timelock?.step === "execute") return
    await checkPlace(provider, context, action.code !== undefined)
    if (action.code === undefined) await checkUnfunded(provider, context)
    await checkBalance(provider, context, safe)
    return
  }
  if (action.name === "collect") return
  const { airdrop } = context
  if ((await provider.getCode(airdrop)) === "0x")
    throw refusal(`there is no airdrop yet at ${toChecksum(airdrop)}`)
  const contract = new Contract(airdrop, AIRDROP, provider)
  const read = async (name: string): Promise<unknown> =>
    (await contract.getFunction(name).staticCall()) as unknown
  const owner = String(await read("owner")).toLowerCase()
  const caller = timelock?.timelock ?? safe.address
  if (action.name === "accept") {
    await checkAcceptable(provider, read, action.root)
  } else if (action.name === "accept-ownership") {
    const pending = String(await read("pendingOwner")).toLowerCase()
    if (pending !== caller) throw refusal(`ownership is offered to ${pending}, not to ${toChecksum(caller)}`)
  } else if (owner !== caller) {
    throw refusal(`the airdrop's owner is ${owner}, not ${toChecksum(caller)}`)
  }
  if (action.name === "revoke") await checkPending(read, action.root)
  if (action.name === "sweep") await checkSweepTime(provider, context)
}

async function checkPlace(provider: Provider, { airdrop }: ProgramContext, creates: boolean): Promise<void> {
  const [code, proxy] = await Promise.all([provider.getCode(airdrop), provider.getCode(DEPLOYMENT_PROXY)])
  if (proxy === "0x") throw refusal(`the deterministic deployment proxy is not on this chain`)
  if (creates && code !== "0x") {
    throw refusal(
      `the address ${toChecksum(airdrop)} is taken`,
      "If verify finds it to be this very airdrop, --fund-only funds it.",
    )
  }
  if (!creates && code === "0x") throw refusal(`there is nothing to fund at ${toChecksum(airdrop)}`)
}

/** What is paid in twice stays in the contract until it can be swept. */
async function checkUnfunded(
  provider: Provider,
  { airdrop, program, funding }: ProgramContext,
): Promise<void> {
  const { token } = program
  const balance = await tokenBalance(provider, token.address, airdrop)
  if (balance >= funding) throw refusal(`the airdrop holds ${tokenAmount(balance, token)} already`)
}

async function checkBalance(
  provider: Provider,
  context: ProgramContext,
  { address }: SafeState,
): Promise<void> {
  const { token } = context.program
  const contract = new Contract(token.address, TOKEN, provider)
  const decimals = Number(await contract.getFunction("decimals").staticCall())
  if (decimals !== token.decimals)
    throw refusal(`the token has ${decimals} decimals, and the program counts ${token.decimals}`)
  const balance = BigInt(String(await contract.getFunction("balanceOf").staticCall(address)))
  if (balance >= context.funding) return
  const text = (amount: bigint): string => tokenAmount(amount, token)
  throw refusal(
    `the Safe ${toChecksum(address)} holds ${text(balance)}, and the airdrop needs ${text(context.funding)}: ${text(context.funding - balance)} are missing`,
  )
}

async function checkAcceptable(
  provider: Provider,
  read: (name: string) => Promise<unknown>,
  root: string,
): Promise<void> {
  const acceptableAt = await checkPending(read, root)
  const now = BigInt((await provider.getBlock("latest"))?.timestamp ?? 0)
  if (now < acceptableAt) throw refusal(`the reserve root is acceptable from ${isoTime(acceptableAt)}`)
}

async function checkPending(read: (name: string) => Promise<unknown>, root: string): Promise<bigint> {
  const [pending, acceptableAt] = (await read("pendingReserveRoot")) as [string, bigint]
  if (pending !== root) {
    throw refusal(
      BigInt(pending) === 0n
        ? "no reserve root is pending"
        : `the pending reserve root is ${pending}, not ${root}`,
    )
  }
  return acceptableAt
}

async function checkSweepTime(provider: Provider, { parameters }: ProgramContext): Promise<void> {
  const now = BigInt((await provider.getBlock("latest"))?.timestamp ?? 0)
  if (now < parameters.sweepTime)
    throw refusal(`the airdrop cannot be swept before ${isoTime(parameters.sweepTime)}`)
}

async function checkTimelock(
  provider: Provider,
  safe: SafeState,
  { timelock, step, delay, salt }: TimelockStep,
  operation: Hex | undefined,
): Promise<void> {
  const contract = new Contract(timelock, TIMELOCK, provider)
  const ask = async (name: string, ...values: unknown[]): Promise<unknown> => {
    try {
      return (await contract.getFunction(name).staticCall(...values)) as unknown
    } catch (cause) {
      throw new AirdropError(`${toChecksum(timelock)} does not answer as a TimelockController does`, {
        exit: 1,
        cause,
      })
    }
  }
  const role = step === "schedule" ? "PROPOSER_ROLE" : "EXECUTOR_ROLE"
  const id = await ask(role)
  const open: Address = `0x${"00".repeat(20)}`
  if ((await ask("hasRole", id, safe.address)) !== true && (await ask("hasRole", id, open)) !== true) {
    throw refusal(`the Safe ${toChecksum(safe.address)} has not the ${role} of the timelock`)
  }
  const least = BigInt(String(await ask("getMinDelay")))
  if (step === "schedule" && delay < least) {
    throw refusal(`the timelock's delay is at least ${least} seconds, not ${delay}`)
  }
  if (operation === undefined) return
  const timestamp = BigInt(String(await ask("getTimestamp", operation)))
  if (step === "schedule") checkSchedulable(timestamp, operation)
  else await checkExecutable(provider, timestamp, operation, salt)
}

/** What a timelock answers for an operation that it has run; for others, when they are ready. */
const DONE = 1n

/** A timelock never takes the same operation again, not even when it is done. */
function checkSchedulable(timestamp: bigint, operation: Hex): void {
  if (timestamp === 0n) return
  throw refusal(
    timestamp === DONE
      ? `the timelock has executed this operation already: ${operation}`
      : `the timelock has this operation already, ready from ${isoTime(timestamp)}: ${operation}`,
    "To have the same done once more, give both of its steps another --salt: 0x and 64 digits of your choice.",
  )
}

async function checkExecutable(
  provider: Provider,
  timestamp: bigint,
  operation: Hex,
  salt: Hex,
): Promise<void> {
  if (timestamp === 0n) {
    throw refusal(
      `the timelock has no such operation: ${operation} with salt ${salt}`,
      "Schedule it first; all that was given then has to be given again, the --salt too.",
    )
  }
  if (timestamp === DONE) throw refusal(`the timelock has executed this operation already: ${operation}`)
  const now = BigInt((await provider.getBlock("latest"))?.timestamp ?? 0)
  if (now < timestamp) throw refusal(`the timelock's operation is ready from ${isoTime(timestamp)}`)
}

function refusal(message: string, hint?: string): AirdropError {
  return new AirdropError(message, { exit: 1, ...(hint === undefined ? {} : { hint }) })
}
