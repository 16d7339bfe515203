/** snapshot.json of a program, checked against what program.json asks for. */
import { join } from "node:path"
import { AirdropError } from "../../core/primitives/error.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { Program } from "../../core/program/program.ts"
import { requireKnownImplementation } from "../../core/session/implementation.ts"
import type { Snapshot } from "../../core/session/snapshot.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { readSnapshotFile, type SnapshotFile } from "./snapshot-file.ts"

/**
 * Reads the snapshot of a program.
 * @throws AirdropError if it is of another chain, contract or block than the program's, or of an unknown implementation
 */
export async function readProgramSnapshot(folder: string, program: Program): Promise<SnapshotFile> {
  const path = join(folder, "snapshot.json")
  const file = await readSnapshotFile(path)
  const hint = `Take it again: ./airdrop snapshot ${program.name}`
  for (const [what, expected, found] of agreements(program, file.snapshot)) {
    if (expected === found) continue
    throw new AirdropError(`${shownPath(path)}: its ${what} is ${found}, the program's ${expected}`, {
      code: "inconsistent",
      hint,
    })
  }
  requireKnownImplementation(file.snapshot, program.snapshot?.implementation)
  const late = lateness(program, file.snapshot)
  if (late === undefined) return file
  throw new AirdropError(`${shownPath(path)}: ${late}`, { code: "inconsistent", hint })
}

/** Returns the fields on which a snapshot and its program must agree. */
function agreements(
  { chainId, token, snapshot: wanted }: Program,
  { chainId: foundChain, contracts, block }: Snapshot,
): readonly (readonly [what: string, expected: string, found: string])[] {
  return [
    ["chain id", chainId.toString(), foundChain.toString()],
    ["token", token.address, contracts.token],
    ...(wanted?.stakingContract === undefined
      ? []
      : [["staking contract", wanted.stakingContract, contracts.stakingContract] as const]),
    ...(wanted !== undefined && "block" in wanted
      ? [["block", wanted.block.toString(), block.number.toString()] as const]
      : []),
  ]
}

/**
 * Returns how a block is later than the program's time; undefined if it is not. Only the chain shows whether it is the
 * last block before that time.
 */
function lateness({ snapshot: wanted }: Program, { block }: Snapshot): string | undefined {
  if (wanted === undefined || !("time" in wanted)) return undefined
  const last = Math.floor(wanted.time.getTime() / 1000)
  if (block.timestamp <= last) return undefined
  return `its block ${block.number} has the timestamp ${block.timestamp}, after the program's time ${isoTime(wanted.time)} (${last})`
}
