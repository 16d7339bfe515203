import { tokenAmount } from "../../core/primitives/token.ts"
import { humanAmount } from "../../core/primitives/amount.ts"
import { countUnclaimed, planBatches } from "../../core/claim/push-batches.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { amountOf } from "../../core/merkle/leaf-list.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import { readLeaves, rootOf } from "../publication/read-leaves.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readLimits, type Limits } from "./batch-gas.ts"
import { MAX_SIZE, measureBatch, type BatchCost } from "./batch-size.ts"
import { totalCost, type TotalCost } from "./distribution-cost.ts"
import { readClaimed } from "../claim/read-claimed.ts"
import { openProgram, type OpenProgram } from "../deployment/open-airdrop.ts"
import type { Leaves } from "../../core/merkle/leaves.ts"
import { tokenBalance } from "../../io/transactions/token.ts"

/** The unpaid claims, and the contract that pays them. */
export interface Plan extends OpenProgram {
  readonly loaded: LoadedProgram
  readonly leaves: Leaves
  readonly claimed: Uint8Array
  readonly unclaimed: number
  /** Base units. */
  readonly owed: bigint
}

export interface Estimate extends BatchCost {
  readonly batches: readonly LeafRange[]
  readonly limits: Limits
  readonly total: TotalCost
}

/**
 * Reads what is unpaid.
 * @throws AirdropError `mismatch` if files and contract are of different allocations, `insufficient-funds` if the contract
 * holds too little
 */
export async function readPlan(loaded: LoadedProgram, rpc: string | undefined): Promise<Plan> {
  const leaves = await readLeaves(loaded)
  const open = await openProgram(loaded, rpc)
  const { airdrop, provider } = open
  const { count } = leaves.list
  const [root, leafCount, block] = await Promise.all([
    airdrop.AUTOMATIC_ROOT(),
    airdrop.LEAF_COUNT(),
    provider.getBlockNumber(),
  ])
  if (root.toLowerCase() !== rootOf(leaves) || leafCount !== BigInt(count)) {
    throw new AirdropError(
      `the contract has root ${root} over ${leafCount} leaves, but allocation.csv gives root ${rootOf(leaves)} over ${count}`,
      { code: "mismatch", hint: "Use the files of the allocation that the contract was deployed for." },
    )
  }
  const claimed = await readClaimed(airdrop, count, block)
  let owed = 0n
  claimed.forEach((flag, row) => {
    if (flag === 0) owed += amountOf(leaves.list, row)
  })
  const held = await tokenBalance(provider, loaded.program.token.address, open.address, block)
  if (held < owed) {
    const { token } = loaded.program
    throw new AirdropError(
      `the contract holds ${tokenAmount(held, token)} and owes ${humanAmount(owed, token.decimals)}`,
      {
        code: "insufficient-funds",
        hint: "Fund the contract first: a batch that cannot be paid in full reverts.",
      },
    )
  }
  return { ...open, loaded, leaves, claimed, unclaimed: countUnclaimed(claimed), owed }
}

/**
 * Measures what a transaction costs, and from that what all will.
 * @param from the account that sends
 * @param wanted recipients a transaction; as many as fit if undefined
 */
export async function estimatePlan(plan: Plan, from: string, wanted: number | undefined): Promise<Estimate> {
  const { airdrop, provider, leaves, claimed } = plan
  const limits = await readLimits(provider)
  const [first = { start: 0, count: 1 }] = planBatches(claimed, wanted ?? MAX_SIZE)
  const cost = await measureBatch({ airdrop, leaves, from, limits }, first, wanted)
  const batches = planBatches(claimed, cost.size)
  const total = await totalCost(airdrop, provider, leaves, batches, plan.unclaimed, cost)
  return { ...cost, batches, limits, total }
}
