import { toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import { plural } from "../primitives/plural.ts"
import type { Reader, Reading } from "../readers/reader.ts"
import { READERS } from "../readers/readers.ts"
import type { Account } from "./account.ts"

/** The state of a chain at one block: all of it that an allocation depends on. */
export interface Snapshot {
  readonly format: "merkle-airdrop/snapshot@1"
  readonly chainId: number
  readonly block: SnapshotBlock
  /** The token of the program, and the address whose code it runs: a proxy's implementation, or the token itself. */
  readonly token: { readonly address: Address; readonly implementation: Address }
  /** What each reader has read, by its name. {@link sectionOf} gives a section its type. */
  readonly sections: ReadonlyMap<string, unknown>
  /** The kind of each recipient, of each account in a section, and of each beneficiary of a vesting contract. */
  readonly accounts: ReadonlyMap<Address, Account>
}

export interface SnapshotBlock {
  readonly number: number
  readonly hash: string
  /** Seconds since 1970. */
  readonly timestamp: number
}

/** Returns what a reader has read; undefined if the snapshot has no such section. */
export function sectionOf<Settings, Section>(
  { sections }: Pick<Snapshot, "sections">,
  reader: Reader<Settings, Section>,
): Section | undefined {
  return sections.get(reader.name) as Section | undefined
}

/** Returns each section with its reader. */
export function sectionsOf({
  sections,
}: Pick<Snapshot, "sections">): readonly (readonly [Reader<unknown, unknown>, section: unknown])[] {
  return [...sections].flatMap(([name, section]) => {
    const reader = READERS.get(name)
    return reader === undefined ? [] : [[reader, section] as const]
  })
}

/** Counts what a snapshot holds, such as "3 nodes", or "12 accounts" if it has no sections. */
export function summaryOf(snapshot: Pick<Snapshot, "sections" | "accounts">): string {
  const parts = sectionsOf(snapshot).map(([reader, section]) => reader.summary(section))
  return parts.length > 0 ? parts.join(" and ") : plural(snapshot.accounts.size, "account")
}

/**
 * Requires that a snapshot classifies every account that an allocation can depend on.
 * @param named the accounts that the program's own files name
 * @throws AirdropError that names the first account without a kind
 */
export function requireAccounts(snapshot: Snapshot, named: Iterable<Address>): void {
  const { accounts } = snapshot
  const require = (address: Address, role: string): void => {
    if (address === ZERO_ADDRESS || accounts.has(address)) return
    throw new AirdropError(`the snapshot does not classify ${toChecksum(address)}, ${role}`, {
      code: "inconsistent",
      hint: "Take the snapshot again: ./airdrop snapshot reads every account that the program's files name.",
    })
  }
  for (const address of named) require(address, "which the program names")
  for (const [reader, section] of sectionsOf(snapshot)) {
    for (const [address, role] of reader.accounts(section)) require(address, role)
  }
  for (const [address, account] of accounts) {
    if ("beneficiary" in account) require(account.beneficiary, `the beneficiary of ${toChecksum(address)}`)
  }
}

/**
 * Requires that a snapshot has the sections that a program reads, with the program's settings, and no others.
 * @param file of the snapshot, for error lines
 * @throws AirdropError that names the section, or the setting with both values
 */
export function requireSections(
  { sections, chainId, token }: Snapshot,
  readings: readonly Reading[],
  { file, hint }: { readonly file: string; readonly hint: string },
): void {
  const fail = (text: string): never => {
    throw new AirdropError(`${file}: ${text}`, { code: "inconsistent", hint })
  }
  for (const name of sections.keys()) {
    if (!readings.some(({ reader }) => reader.name === name))
      fail(`it has a section ${name}, which the program does not read`)
  }
  for (const { reader, settings } of readings) {
    const section = sections.get(reader.name)
    if (section === undefined) fail(`it has no section ${reader.name}, which the program reads`)
    const terms = { chainId, token: token.address, settings }
    for (const [what, expected, found] of reader.agreements(section, terms))
      if (expected !== found) fail(`its ${what} is ${found}, the program's ${expected}`)
    reader.require?.(section, terms)
  }
}
