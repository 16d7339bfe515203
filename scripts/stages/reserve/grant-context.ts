import { existsSync } from "node:fs"
import { join } from "node:path"
import type { Address } from "../../core/primitives/address.ts"
import type { GrantContext } from "../../core/reserve/grant-objections.ts"
import { peopleOf, UNMERGED } from "../../core/snapshot/people.ts"
import { SHARED_CONTRACTS } from "../../core/ethereum/shared-contracts.ts"
import type { Snapshot } from "../../core/snapshot/snapshot.ts"
import { readEntries } from "../allocation/allocation-files.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import { linksOf } from "../../core/statements/judge.ts"
import { readStatements } from "../statements/statement-files.ts"
import { contractsReadBy } from "../../core/sources/source-of.ts"
import { readRecipients } from "../program/recipients.ts"
import { addressesOfAirdrop } from "./make-reserve.ts"
import { readSnapshot } from "../snapshot/snapshot-file.ts"

export interface LoadedContext extends GrantContext {
  readonly snapshot: Snapshot | undefined
}

/**
 * Reads what a grant is judged by. A grant may come before the snapshot and the allocation, so files that do not
 * exist are left out.
 */
export async function readGrantContext(loaded: LoadedProgram): Promise<LoadedContext> {
  const { folder, program } = loaded
  const snapshotFile = join(folder, "snapshot.json")
  const snapshot = existsSync(snapshotFile) ? await readSnapshot(snapshotFile) : undefined
  const links = linksOf((await readStatements(folder)).links)
  const allocation = join(folder, "allocation.csv")
  const entries = existsSync(allocation)
    ? (await readEntries(allocation, program.token.decimals)).entries
    : []
  const list = program.eligibility === undefined ? undefined : join(folder, program.eligibility.file)
  const listed =
    list !== undefined && existsSync(list)
      ? (await readRecipients(list, program.chainId)).accounts
      : undefined
  return {
    program,
    snapshot,
    people:
      snapshot === undefined && links.size === 0
        ? UNMERGED
        : peopleOf(snapshot?.accounts ?? new Map(), links),
    automatic: new Map(entries.map(({ account, amount }) => [account, amount])),
    listed: listed === undefined ? undefined : new Set(listed),
    unpayable: unpayableContracts(loaded, await addressesOfAirdrop(loaded)),
  }
}

/**
 * Returns the contracts that can never use the token, with what they are.
 * @param airdrops the addresses that the airdrop may have
 */
export function unpayableContracts(
  { program }: LoadedProgram,
  airdrops: readonly Address[],
): ReadonlyMap<Address, string> {
  return new Map([
    ...[...SHARED_CONTRACTS].map(([address, name]) => [address, `${name}, a shared contract`] as const),
    [program.token.address, "the token itself"],
    ...contractsReadBy(program),
    ...airdrops.map((address) => [address, "the airdrop itself"] as const),
  ])
}
