/** Compares a snapshot with the program that it was taken for. */
import { AirdropError } from "../primitives/error.ts"
import { isoTime } from "../primitives/time.ts"
import type { Program } from "../program/program.ts"
import { requireSections, type Snapshot } from "../snapshot/snapshot.ts"
import { readingsOf } from "./source-of.ts"

/**
 * Requires that a snapshot is the one that a program asks for.
 * @param file of the snapshot, for error lines
 * @throws AirdropError if it is of another chain or block than the program's, or its sections are not what it reads
 */
export function requireProgramSnapshot(program: Program, snapshot: Snapshot, file: string): void {
  const hint = `Take it again: ./airdrop snapshot ${program.name}`
  for (const [what, expected, found] of agreements(program, snapshot)) {
    if (expected === found) continue
    throw new AirdropError(`${file}: its ${what} is ${found}, the program's ${expected}`, {
      code: "inconsistent",
      hint,
    })
  }
  requireSections(snapshot, readingsOf(program), { file, hint })
  const late = lateness(program, snapshot)
  if (late !== undefined) throw new AirdropError(`${file}: ${late}`, { code: "inconsistent", hint })
}

/** Returns the fields on which a snapshot and its program must agree. */
function agreements(
  { chainId, token, snapshot: wanted }: Program,
  { chainId: foundChain, token: foundToken, block }: Snapshot,
): readonly (readonly [what: string, expected: string, found: string])[] {
  return [
    ["chain id", chainId.toString(), foundChain.toString()],
    ["token", token.address, foundToken.address],
    ...(wanted !== undefined && "block" in wanted
      ? [["block", wanted.block.toString(), block.number.toString()] as const]
      : []),
  ]
}

/** Says how a block is later than the program's time. Whether it is the last one before it, only the chain can tell. */
function lateness({ snapshot: wanted }: Program, { block }: Snapshot): string | undefined {
  if (wanted === undefined || !("time" in wanted)) return undefined
  const last = Math.floor(wanted.time.getTime() / 1000)
  if (block.timestamp <= last) return undefined
  return `its block ${block.number} has the timestamp ${block.timestamp}, after the program's time ${isoTime(wanted.time)} (${last})`
}
