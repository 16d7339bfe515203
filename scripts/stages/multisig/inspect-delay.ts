/** Compares the delay of scheduled calls with the least that the timelock takes. */
import { BaseContract, type Provider } from "ethers"
import { TIMELOCK, type TimelockViews } from "../../core/contract/timelock.ts"
import type { DecodedCall } from "../../core/multisig/decode-call.ts"
import { toChecksum } from "../../core/primitives/address.ts"
import { duration } from "../../core/primitives/time.ts"
import { isProviderFault } from "../../io/rpc/rpc-error.ts"

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
