/** The calls by which a Safe deploys, funds and runs an airdrop. */
import type { Address } from "../primitives/address.ts"
import { AIRDROP, type OwnerCall } from "../contract/abi.ts"
import { TIMELOCK } from "../contract/timelock.ts"
import { TOKEN } from "../ethereum/erc20.ts"
import type { Call } from "../ethereum/call.ts"
import { deploymentCall } from "../ethereum/create2.ts"
import { ZERO_SALT } from "../ethereum/create2.ts"
import { fromHex, toHex, type Hex } from "../primitives/bytes.ts"
import { keccak256 } from "../primitives/keccak.ts"

/** Returns the owner's call of the airdrop. */
export function ownerCall(airdrop: Address, name: OwnerCall, values: readonly unknown[] = []): Call {
  return { to: airdrop, value: 0n, data: AIRDROP.encodeFunctionData(name, values) as Hex }
}

/** Returns the transfer of base units of a token that the Safe holds. */
export function transferCall(token: Address, to: Address, amount: bigint): Call {
  return { to: token, value: 0n, data: TOKEN.encodeFunctionData("transfer", [to, amount]) as Hex }
}

export interface DeploymentPlan {
  readonly address: Address
  /** Creation code with constructor arguments. */
  readonly code: Hex
  readonly salt: Hex
  readonly token: Address
  /** Base units: automatic and reserve tranche together. */
  readonly funding: bigint
}

/** Returns the creation through the deterministic proxy and then the exact funding, as one batch. */
export function deploymentCalls({ address, code, salt, token, funding }: DeploymentPlan): Call[] {
  return [deploymentCall(code, salt), transferCall(token, address, funding)]
}

/** The timelock, its delay and the salt of an operation. */
export interface TimelockTerms {
  readonly timelock: Address
  /** Seconds; only for scheduling. */
  readonly delay: bigint
  /** Distinguishes operations of the same calls. */
  readonly salt: Hex
}

/** Returns the call that schedules calls in a timelock, all or none, to run after its delay. */
export function scheduleCall(calls: readonly Call[], { timelock, delay, salt }: TimelockTerms): Call {
  return timelockCall(timelock, "scheduleBatch", [...batchArguments(calls), ZERO_SALT, salt, delay])
}

/** Returns the call that runs what {@link scheduleCall} scheduled with the same calls and salt. */
export function executeCall(calls: readonly Call[], { timelock, salt }: Omit<TimelockTerms, "delay">): Call {
  return timelockCall(timelock, "executeBatch", [...batchArguments(calls), ZERO_SALT, salt])
}

/** Returns the timelock's id of an operation with these calls and this salt. */
export function operationId(calls: readonly Call[], salt: Hex): Hex {
  const encoded = TIMELOCK.encodeFunctionData("hashOperationBatch", [
    ...batchArguments(calls),
    ZERO_SALT,
    salt,
  ])
  // The hash is over the arguments, after the selector of four bytes.
  return toHex(keccak256(fromHex(`0x${encoded.slice(10)}`)))
}

function timelockCall(timelock: Address, name: string, values: readonly unknown[]): Call {
  return { to: timelock, value: 0n, data: TIMELOCK.encodeFunctionData(name, values) as Hex }
}

function batchArguments(calls: readonly Call[]): [Address[], bigint[], Hex[]] {
  return [calls.map(({ to }) => to), calls.map(({ value }) => value), calls.map(({ data }) => data)]
}
