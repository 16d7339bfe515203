/** Takes a snapshot: the sections of its readers, and the kinds of accounts, at one block. */
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { VerifiedHeader } from "../../core/ethereum/block-header.ts"
import type { Reading } from "../../core/readers/reader.ts"
import type { Snapshot } from "../../core/snapshot/snapshot.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { readAccounts } from "./read-accounts.ts"
import { readImplementation } from "./read-implementation.ts"
import { readSection, type OnProgress } from "./read-section.ts"

export interface SnapshotRequest {
  readonly chainId: number
  /** The token of the program. */
  readonly token: Address
  /** What the program reads besides the kinds of accounts. */
  readonly readings: readonly Reading[]
  /** The accounts that the program's files name, and the payees that its rules name. */
  readonly accounts: readonly Address[]
  /** Returns the accounts that hold a token by its Transfer events up to the block. */
  readonly holders?: (token: Address, fromBlock: number) => Promise<readonly Address[]>
}

/**
 * Reads everything an allocation depends on at the reader's block.
 * @throws AirdropError if the contracts do not agree with each other or with the program
 */
export async function takeSnapshot(
  reader: PinnedReader,
  { chainId, token, readings, accounts: listed, holders }: SnapshotRequest,
  onProgress: OnProgress = () => undefined,
): Promise<Snapshot> {
  const implementation = await readImplementation(reader, token)
  const sections = new Map<string, unknown>()
  const wanted = [...listed]
  for (const { reader: sectionReader, settings } of readings) {
    const terms = { chainId, token, settings }
    const transfers = sectionReader.transfers?.(settings)
    const found = transfers && ((await holders?.(transfers.token, transfers.fromBlock)) ?? [])
    const request = { ...terms, accounts: found ?? listed }
    const section = await readSection(reader, { reader: sectionReader, request, onProgress })
    for (const [what, expected, value] of sectionReader.agreements(section, terms)) {
      if (expected === value) continue
      throw new AirdropError(`the ${what} is ${shown(value)}, the program's ${shown(expected)}`, {
        code: "inconsistent",
      })
    }
    sectionReader.require?.(section, terms)
    sections.set(sectionReader.name, section)
    for (const [account] of sectionReader.accounts(section)) wanted.push(account)
  }
  const accounts = await readAccounts(reader, wanted, {
    token,
    onProgress: (done, total) => {
      onProgress("accounts", done, total)
    },
  })
  return {
    format: "merkle-airdrop/snapshot@1",
    chainId,
    block: blockOf(reader.block),
    token: { address: token, implementation },
    sections,
    accounts: new Map([...accounts].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

function shown(value: string): string {
  return value.startsWith("0x") ? toChecksum(value as Address) : value
}

function blockOf({ number, hash, timestamp }: VerifiedHeader): Snapshot["block"] {
  return { number, hash, timestamp }
}
