/** Checks that a timelock takes or runs an operation now, and the delay of what is scheduled. */
import { BaseContract, type Provider } from "ethers"
import { TIMELOCK, type TimelockViews } from "../../core/contract/timelock.ts"
import type { TimelockStep } from "../../core/multisig/actions.ts"
import type { DecodedCall } from "../../core/multisig/decode-call.ts"
import { toChecksum, ZERO_ADDRESS } from "../../core/primitives/address.ts"
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

/** Seconds beyond the timelock's own delay. Whoever waits longer has forgotten what was scheduled. */
const LONGEST_ADDITION = 30n * 86_400n

/** Flags each delay that the timelock would refuse, and each that is far beyond what it asks for. */
export async function delayFlags(calls: readonly DecodedCall[], provider: Provider): Promise<string[]> {
  const flags: string[] = []
  for (const [i, call] of calls.entries()) {
    if (call.kind !== "schedule" || call.delay === undefined) continue
    const timelock = BaseContract.from<TimelockViews>(call.timelock, TIMELOCK, provider)
    const least = await timelock.getMinDelay().catch((error: unknown) => {
      if (isProviderFault(error)) throw error
      return undefined
    })
    if (least === undefined) {
      flags.push(`call ${i + 1}: ${toChecksum(call.timelock)} does not answer as a TimelockController does`)
    } else if (call.delay < least) {
      flags.push(`call ${i + 1}: the timelock refuses a delay below ${duration(least)}`)
    } else if (call.delay > least + LONGEST_ADDITION) {
      flags.push(
        `call ${i + 1}: the delay of ${duration(call.delay)} is absurd: the timelock asks for ${duration(least)}`,
      )
    }
  }
  return flags
}

function assertDelay(delay: bigint, least: bigint): void {
  if (delay < least) throw refusal(`the timelock's delay is at least ${least} seconds, not ${delay}`)
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
