/** Simulates what signers were sent on a fork of their chain. */
import { Interface } from "ethers"
import { merkleAirdropArtifact } from "../../io/project/artifacts.ts"
import type { Address } from "../../core/primitives/address.ts"
import type { SafeTransaction } from "../../core/safe/safe-transaction.ts"
import { type ProgramContext } from "../deployment/deployment-context.ts"
import { wordingOf } from "./context.ts"
import { forkChain } from "../../io/simulator/fork.ts"
import type { SignerKnowledge } from "./signing-claims.ts"
import { inspectSimulation } from "./inspect-simulation.ts"
import type { RpcProvider } from "../../io/rpc/request.ts"
import type { SafeState } from "../../io/safe/safe.ts"
import type { DecodedCall } from "../../core/multisig/decode-call.ts"
import { simulateSafeTransaction, type ScheduledCalls, type Simulation } from "./simulate.ts"
import { readView, viewChanges } from "./watched-state.ts"

export interface SimulatedRequest {
  readonly simulation: Simulation
  /** "name: before → after", of what people care about. */
  readonly changes: readonly string[]
  readonly flags: readonly string[]
  /** The block that was forked. */
  readonly block: number
  /** Of the addresses that take part. */
  readonly names: ReadonlyMap<Address, string>
}

/** A transaction with its calls decoded. */
export interface InspectedTransaction {
  readonly transaction: SafeTransaction
  readonly calls: readonly { readonly decoded: DecodedCall }[]
}

/** Returns the calls that the request schedules on a timelock. */
function scheduledBy(calls: InspectedTransaction["calls"]): ScheduledCalls[] {
  return calls.flatMap(({ decoded }) =>
    decoded.kind === "schedule"
      ? [
          {
            timelock: decoded.timelock,
            delay: decoded.delay ?? 0n,
            calls: decoded.calls.map(({ call }) => call),
          },
        ]
      : [],
  )
}

/** Errors of other contracts that a step of an airdrop can meet. */
const OTHER_ERRORS = [
  "error Error(string reason)",
  "error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
  "error TimelockUnexpectedOperationState(bytes32 operationId, bytes32 expectedStates)",
  "error TimelockInsufficientDelay(uint256 delay, uint256 minDelay)",
  "error AccessControlUnauthorizedAccount(address account, bytes32 neededRole)",
]

/** Forks the chain behind a node and runs the transaction there. */
export async function simulateRequest(
  url: string,
  inspected: InspectedTransaction,
  safe: SafeState,
  context: ProgramContext,
  known: SignerKnowledge,
): Promise<SimulatedRequest> {
  const fork = await forkChain(url, context.program.chainId)
  try {
    return { ...(await simulateOn(fork.provider, inspected, safe, context, known)), block: fork.block }
  } finally {
    await fork.close()
  }
}

/** As {@link simulateRequest}, on a chain that is a simulation already; it is left as it was. */
export async function simulateOn(
  provider: RpcProvider,
  { transaction, calls }: InspectedTransaction,
  safe: SafeState,
  context: ProgramContext,
  { timelock, allowed }: SignerKnowledge,
): Promise<Omit<SimulatedRequest, "block">> {
  const abi: readonly unknown[] = (await merkleAirdropArtifact()).abi
  // ethers takes ABI items and text signatures in one list, which its type does not allow.
  const errors = new Interface([...abi, ...OTHER_ERRORS] as readonly string[])
  const observed = await simulateSafeTransaction(
    provider,
    { safe, transaction, scheduled: scheduledBy(calls) },
    errors,
    (chain) => readView(chain, context, safe.address),
  )
  const { before, after, ...simulation } = observed
  const names = new Map<Address, string>([[safe.address, "the Safe"]])
  if (timelock !== undefined) names.set(timelock, "the timelock")
  const parties = {
    safe: safe.address,
    airdrop: context.airdrop,
    token: context.program.token.address,
    timelock,
    allowed,
  }
  return {
    simulation,
    changes: viewChanges(before, after),
    flags: inspectSimulation(simulation, parties, wordingOf(context, names)),
    names,
  }
}
