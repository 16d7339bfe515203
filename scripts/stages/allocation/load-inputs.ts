import { join } from "node:path"
import type { AllocationInputs } from "../../core/allocation/allocate.ts"
import { peopleOf, STRANGERS } from "../../core/session/people.ts"
import type { Program } from "../../core/program/program.ts"
import { requireKnownImplementation } from "../../core/session/implementation.ts"
import { requireAccounts, type Snapshot } from "../../core/session/snapshot.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { readTable } from "../../io/disk/read-table.ts"
import { readRecipients } from "../program/recipients.ts"
import { readSnapshotFile } from "../snapshot/snapshot-file.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { accountsOf, sourceOf } from "../program/named-accounts.ts"

/** Everything an allocation is computed from, and the hash of each file it was read from. */
export interface LoadedInputs extends AllocationInputs {
  /** SHA-256 in hex by file name, in the order of the names. */
  readonly hashes: Readonly<Record<string, string>>
}

/**
 * Reads all inputs of a program: snapshot, list of recipients, and the files of its source.
 * @throws AirdropError with one line for each fault
 */
export async function loadInputs({ folder, program, hashes }: LoadedProgram): Promise<LoadedInputs> {
  const read = new Map(Object.entries(hashes))
  const snapshot = program.snapshot === undefined ? undefined : await loadSnapshot(folder, program, read)
  const people = snapshot === undefined ? STRANGERS : peopleOf(snapshot.accounts)
  const listed =
    program.eligibility === undefined ? undefined : await loadListed(folder, program.eligibility.file, read)
  const run = sourceOf(program).open({ program, snapshot, people })
  for (const table of run.tables)
    read.set(table.file, (await readTable(join(folder, table.file), table)).sha256)
  const valuation = run.finish()
  if (snapshot !== undefined) requireAccounts(snapshot, [...(listed ?? []), ...accountsOf(run, valuation)])
  return {
    program,
    snapshot,
    people,
    listed,
    valuation,
    hashes: Object.fromEntries([...read].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

async function loadListed(
  folder: string,
  file: string,
  read: Map<string, string>,
): Promise<NonNullable<AllocationInputs["listed"]>> {
  const { accounts, sha256 } = await readRecipients(join(folder, file))
  read.set(file, sha256)
  return new Set(accounts)
}

async function loadSnapshot(folder: string, program: Program, read: Map<string, string>): Promise<Snapshot> {
  const path = join(folder, "snapshot.json")
  const { snapshot, sha256 } = await readSnapshotFile(path)
  read.set("snapshot.json", sha256)
  const hint = `Take it again: ./airdrop snapshot ${program.name}`
  for (const [what, expected, found] of agreements(program, snapshot)) {
    if (expected === found) continue
    throw new AirdropError(`${shownPath(path)}: its ${what} is ${found}, the program's ${expected}`, { hint })
  }
  requireKnownImplementation(snapshot, program.snapshot?.implementation)
  const late = lateness(program, snapshot)
  if (late !== undefined) throw new AirdropError(`${shownPath(path)}: ${late}`, { hint })
  return snapshot
}

/** What a snapshot and its program must agree on. */
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

/** What is wrong with the time of a snapshot's block. That the next block is later only the chain can tell. */
function lateness({ snapshot: wanted }: Program, { block }: Snapshot): string | undefined {
  if (wanted === undefined || !("time" in wanted)) return undefined
  const last = Math.floor(wanted.time.getTime() / 1000)
  if (block.timestamp <= last) return undefined
  return `its block ${block.number} has the timestamp ${block.timestamp}, after the program's time ${isoTime(wanted.time)} (${last})`
}
