/** Plans which parts of a program's lists are to be recorded, and computes what that costs. */
import { LIST_RECORDER, recordCall } from "../../core/contract/list-recorder.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { deploymentCall } from "../../core/ethereum/create2.ts"
import { packList, type ListPart } from "../../core/merkle/packed-list.ts"
import type { Tranche } from "../../core/merkle/leaf.ts"
import type { Address } from "../../core/primitives/address.ts"
import { toHex, type Hex } from "../../core/primitives/bytes.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { keccak256 } from "../../core/primitives/keccak.ts"
import { artifactOf } from "../../io/project/artifacts.ts"
import type { NodeProvider } from "../../io/rpc/provider.ts"
import { readFeeLevel } from "../../io/transactions/read-fees.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import type { OpenProgram } from "../deployment/open-airdrop.ts"
import { readRecorded } from "./read-recorded.ts"

/** A part of one of the program's lists. */
export interface RecordingPart extends ListPart {
  readonly tranche: Tranche
  readonly root: Hex
  /** From 1 on, over all lists. */
  readonly number: number
}

/** Returns every part of the published lists, in order: the automatic one, then the reserve. */
export function recordingParts({
  automatic,
  reserve,
}: Pick<ProgramContext, "automatic" | "reserve">): readonly RecordingPart[] {
  const lists = reserve === undefined ? [automatic] : [automatic, reserve]
  return lists
    .flatMap(({ list, root }) => packList(list).map((part) => ({ ...part, tranche: list.tranche, root })))
    .map((part, i) => ({ ...part, number: i + 1 }))
}

/**
 * Returns the parts that an account has not recorded yet, of the lists that the contract pays by.
 * @throws AirdropError `mismatch` if the deployed contract has another root than the published list
 */
export async function missingParts(
  context: ProgramContext,
  open: OpenProgram,
  recorder: Address,
): Promise<readonly RecordingPart[]> {
  const { airdrop, provider, deployBlock } = open
  const [automatic, accepted, pending] = await Promise.all([
    airdrop.AUTOMATIC_ROOT(),
    airdrop.reserveRoot(),
    airdrop.pendingReserveRoot(),
  ])
  if (automatic !== context.automatic.root)
    throw new AirdropError(
      `the contract pays by root ${automatic}, the published list has ${context.automatic.root}`,
      {
        code: "mismatch",
      },
    )
  const roots = [automatic, accepted, pending.root]
  const range = { from: deployBlock, to: await provider.getBlockNumber() }
  const missing: RecordingPart[] = []
  for (const { list, root } of [
    context.automatic,
    ...(context.reserve === undefined ? [] : [context.reserve]),
  ]) {
    if (!roots.includes(root)) continue
    const recorded = await readRecorded(provider, root, range)
    // What this account recorded last at a position is what counts.
    const newest = new Map(
      recorded.filter((one) => one.recorder === recorder).map(({ position, hash }) => [position, hash]),
    )
    const parts = recordingParts(context).filter(
      (part) => part.root === root && part.tranche === list.tranche,
    )
    missing.push(
      ...parts.filter(({ position, bytes }) => newest.get(BigInt(position)) !== toHex(keccak256(bytes))),
    )
  }
  return missing
}

/** Returns the call that creates the recorder; undefined if it is deployed already. Any account may send it. */
export async function recorderCreation(provider: NodeProvider): Promise<Call | undefined> {
  if ((await provider.getCode(LIST_RECORDER)) !== "0x") return undefined
  const { bytecode } = await artifactOf("ListRecorder")
  return deploymentCall(bytecode as Hex)
}

/** What recording costs at the present price. */
export interface RecordingCost {
  readonly gas: bigint
  /** Wei a unit of gas. */
  readonly gasPrice: bigint
}

/** Computes what creation and calls cost together. @param sender the account that pays, or a Safe */
export async function recordingCost(
  provider: NodeProvider,
  creation: Call | undefined,
  parts: readonly RecordingPart[],
  sender: string,
): Promise<RecordingCost> {
  let gas = 0n
  if (creation !== undefined)
    gas += await provider.estimateGas({ from: sender, to: creation.to, data: creation.data })
  for (const part of parts) {
    const { to, data } = recordCall(part.root, part)
    gas += await provider.estimateGas({ from: sender, to, data })
    // Until the recorder is deployed, an estimate covers the data alone.
    if (creation !== undefined) gas += executionGas(part.bytes.length)
  }
  const { baseFee, gasPrice, priorityFee } = await readFeeLevel(provider)
  return { gas, gasPrice: (baseFee ?? gasPrice) + priorityFee }
}

/** The gas of an event with three topics and two words, and of everything else that does not depend on the data. */
const FIXED_GAS = 2_600n
/** Copying and hashing a word of the data, and the memory that it takes. */
const WORD_GAS = 12n

function executionGas(bytes: number): bigint {
  const words = BigInt(Math.ceil(bytes / 32))
  return FIXED_GAS + WORD_GAS * words + (words * words) / 512n
}
