import { join } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { Program } from "../../core/program/program.ts"
import type { Snapshot } from "../../core/snapshot/snapshot.ts"
import { shownPath } from "../../io/disk/paths.ts"
import type { RpcClient } from "../../io/rpc/client.ts"
import { findBlock } from "../../io/rpc/find-block.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readProgramSnapshot } from "../snapshot/program-snapshot.ts"
import type { ChainStage } from "./chain-stage.ts"

/**
 * The stage of verify that compares the snapshot's block with the chain: its hash, and where the program names a time,
 * that the next block is after it.
 * @returns undefined if the program has no snapshot
 */
export async function blockStage(
  { folder, program }: LoadedProgram,
  rpc: RpcClient,
): Promise<ChainStage | undefined> {
  if (program.snapshot === undefined) return undefined
  const file = shownPath(join(folder, "snapshot.json"))
  try {
    const { snapshot } = await readProgramSnapshot(folder, program)
    return {
      name: "block",
      summary: await compareBlock(snapshot.block, program, rpc),
      findings: [],
      notes: [],
    }
  } catch (error) {
    // What the provider could not do says nothing of the snapshot.
    if (!(error instanceof AirdropError) || error instanceof RpcError) throw error
    const problem = error.message.replace(`${file}: `, "")
    return { name: "block", summary: "is not the chain's", findings: [{ file, problem }], notes: [] }
  }
}

async function compareBlock(
  { number, hash, timestamp }: Snapshot["block"],
  { chainId, snapshot: wanted }: Program,
  rpc: RpcClient,
): Promise<string> {
  const options = { chainId, allowUnfinalized: true }
  const block = await findBlock(rpc, { block: number }, options)
  if (block.hash !== hash) {
    throw new AirdropError(`its block ${number} has the hash ${hash}, on the chain it is ${block.hash}`, {
      code: "mismatch",
    })
  }
  const same = `${number} of ${isoTime(timestamp)} is on the chain, ${hash}`
  if (wanted === undefined || !("time" in wanted)) return same
  const next = await findBlock(rpc, { block: number + 1 }, options)
  const last = Math.floor(wanted.time.getTime() / 1000)
  if (next.timestamp <= last) {
    throw new AirdropError(
      `its block ${number} is not the last at or before the program's time ${isoTime(wanted.time)}: block ${next.number} of ${isoTime(next.timestamp)} is too`,
      { code: "mismatch" },
    )
  }
  return `${same}; the next block is after the program's time`
}
