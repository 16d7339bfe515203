/** Checks that a timelock takes or runs an operation now, and the delay of what is scheduled. */
import { BaseContract, type Provider } from "ethers"
import { TIMELOCK, type TimelockViews } from "../../core/contract/timelock.ts"
import { LONGEST_DELAY, type TimelockStep } from "../../core/multisig/actions.ts"
import type { DecodedCall } from "../../core/multisig/decode-call.ts"
import { toChecksum, ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { duration, isoTime } from "../../core/primitives/time.ts"
import { isProviderFault } from "../../io/rpc/rpc-error.ts"
import type { SafeState } from "../../io/safe/safe.ts"

/** A timelock answers so for an operation that it has run; for others with the time from which it may run. */
const DONE = 1n

/**
 * Checks role, delay and state of the operation.
 * @throws AirdropError `refused` that says why the step would fail
 */
export async function assertTimelock(
  provider: Provider,
  safe: SafeState,
  { timelock, step, delay, salt }: TimelockStep,
  operation: Hex | undefined,
): Promise<void> {
  const contract = BaseContract.from<TimelockViews>(timelock, TIMELOCK, provider)
  const asked = async <Value>(answer: Promise<Value>): Promise<Value> => {
    try {
      return await answer
    } catch (cause) {
      if (isProviderFault(cause)) throw cause
      throw new AirdropError(`${toChecksum(timelock)} does not answer as a TimelockController does`, {
        code: "rpc-answer",
        cause,
      })
    }
  }
  const role = step === "schedule" ? "PROPOSER_ROLE" : "EXECUTOR_ROLE"
  const id = await asked(contract[role]())
  if (
    !(await asked(contract.hasRole(id, safe.address))) &&
    !(await asked(contract.hasRole(id, ZERO_ADDRESS)))
  ) {
    throw refusal(`the Safe ${toChecksum(safe.address)} does not have ${role} of the timelock`)
  }
  const least = await asked(contract.getMinDelay())
  if (step === "schedule") assertDelay(delay, least)
  if (operation === undefined) return
  const timestamp = await asked(contract.getTimestamp(operation))
  if (step === "schedule") assertSchedulable(timestamp, operation)
  else await assertExecutable(provider, timestamp, operation, salt)
}

/**
 * Flags each delay that the timelock would refuse, and each that is far beyond what it asks for.
 * @param provider without it, a delay is compared with none of the timelock's own
 */
export async function delayFlags(
  calls: readonly DecodedCall[],
  provider: Provider | undefined,
  within = "",
): Promise<string[]> {
  const flags: string[] = []
  for (const [i, call] of calls.entries()) {
    const number = `${within}${i + 1}`
    if (call.kind === "schedule" && call.delay !== undefined) {
      const fault = await delayFault(call.delay, call.timelock, provider)
      if (fault !== undefined) flags.push(`call ${number}: ${fault}`)
    }
    if (!("calls" in call)) continue
    const inner = call.calls.map(({ decoded }) => decoded)
    flags.push(...(await delayFlags(inner, provider, `${number}.`)))
  }
  return flags
}

async function delayFault(
  delay: bigint,
  timelock: Address,
  provider: Provider | undefined,
): Promise<string | undefined> {
  if (provider === undefined)
    return delay > LONGEST_DELAY
      ? `the delay of ${duration(delay)} is absurd, unless the timelock itself asks for one as long: give --rpc`
      : undefined
  const contract = BaseContract.from<TimelockViews>(timelock, TIMELOCK, provider)
  const least = await contract.getMinDelay().catch((error: unknown) => {
    if (isProviderFault(error)) throw error
    return undefined
  })
  if (least === undefined) return `${toChecksum(timelock)} does not answer as a TimelockController does`
  if (delay < least) return `the timelock refuses a delay below ${duration(least)}`
  return delay > least + LONGEST_DELAY
    ? `the delay of ${duration(delay)} is absurd: the timelock asks for ${duration(least)}`
    : undefined
}

function assertDelay(delay: bigint, least: bigint): void {
  if (delay < least) throw refusal(`the timelock's delay is at least ${least} seconds, not ${delay}`)
  if (delay > least + LONGEST_DELAY)
    throw refusal(`the delay of ${duration(delay)} is absurd: the timelock asks for ${duration(least)}`)
}

/** Refuses an operation that the timelock already knows. It takes none twice, not even one that is done. */
function assertSchedulable(timestamp: bigint, operation: Hex): void {
  if (timestamp === 0n) return
  throw refusal(
    timestamp === DONE
      ? `the timelock has executed this operation already: ${operation}`
      : `the timelock has this operation already, ready from ${isoTime(timestamp)}: ${operation}`,
    "To do the same again, give both steps another --salt: 0x and 64 digits of your choice.",
  )
}

async function assertExecutable(
  provider: Provider,
  timestamp: bigint,
  operation: Hex,
  salt: Hex,
): Promise<void> {
  if (timestamp === 0n) {
    throw refusal(
      `the timelock has no such operation: ${operation} with salt ${salt}`,
      "Schedule it first, and give the same options again, the --salt too.",
    )
  }
  if (timestamp === DONE) throw refusal(`the timelock has executed this operation already: ${operation}`)
  const now = BigInt((await provider.getBlock("latest"))?.timestamp ?? 0)
  if (now < timestamp) throw refusal(`the timelock's operation is ready from ${isoTime(timestamp)}`)
}

function refusal(message: string, hint?: string): AirdropError {
  return new AirdropError(message, { code: "chain-state", ...(hint === undefined ? {} : { hint }) })
}
