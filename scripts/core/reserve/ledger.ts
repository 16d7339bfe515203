/**
 * The reserve's ledger: a list of entries to which new ones are only appended. Reading it from the top gives the
 * present state. Grants add up by account, a revocation cancels a grant, and a root records the publication of the
 * entries above it.
 */
import { MOST_PAYABLE } from "../primitives/amount.ts"
import type { Address } from "../primitives/address.ts"
import { AirdropError } from "../primitives/error.ts"
import type { Evidence } from "./grant-evidence.ts"
import type { Hex } from "../primitives/bytes.ts"

export type LedgerEntry = GrantEntry | RevokeEntry | RootEntry

export interface GrantEntry {
  readonly kind: "grant"
  /** Counts up from 1. */
  readonly id: number
  readonly account: Address
  /** Base units, in addition to the account's earlier grants. */
  readonly amount: bigint
  readonly reason: string
  readonly evidence: Evidence | undefined
  /** The objections that were overruled when it was added. */
  readonly overriddenChecks: readonly string[]
  readonly time: Date
}

export interface RevokeEntry {
  readonly kind: "revoke"
  readonly grantId: number
  readonly reason: string
  readonly time: Date
}

/** A tree that was built from all entries above. */
export interface RootEntry {
  readonly kind: "root"
  readonly root: Hex
  readonly accountCount: number
  /** Base units. */
  readonly total: bigint
  readonly time: Date
}

export interface Grant extends GrantEntry {
  readonly revoked: RevokeEntry | undefined
  /** The roots that contain the grant. */
  readonly roots: readonly Hex[]
}

/** All amounts granted to each account, in base units. Accounts with no amount are absent. */
export type Cumulative = ReadonlyMap<Address, bigint>

export interface Ledger {
  /** In the order in which they were made. */
  readonly grants: readonly Grant[]
  readonly current: Cumulative
  /** Base units of the grants in force. */
  readonly total: bigint
  /** The trees that were built, in order. */
  readonly roots: readonly RootEntry[]
  /** Returns the amounts under a root built from this ledger; undefined for any other root. */
  readonly cumulativeAt: (root: string) => Cumulative | undefined
}

export const EMPTY_LEDGER: Ledger = foldLedger([])

/**
 * Reads entries from the top.
 * @throws AirdropError that names the line of an entry that does not follow from those above it
 */
export function foldLedger(entries: readonly LedgerEntry[]): Ledger {
  const grants: (Grant & { revoked: RevokeEntry | undefined; roots: Hex[] })[] = []
  const cumulatives = new Map<string, Cumulative>()
  const roots: RootEntry[] = []
  const current = new Map<Address, bigint>()
  for (const [i, entry] of entries.entries()) {
    const fail = (why: string): never => {
      throw new AirdropError(`line ${i + 1}: ${why}`, { code: "inconsistent" })
    }
    switch (entry.kind) {
      case "grant":
        if (entry.id !== grants.length + 1)
          fail(`grant ${entry.id} is out of order: the next one is ${grants.length + 1}`)
        grants.push({ ...entry, revoked: undefined, roots: [] })
        current.set(entry.account, (current.get(entry.account) ?? 0n) + entry.amount)
        if ((current.get(entry.account) ?? 0n) > MOST_PAYABLE)
          fail(
            `grant ${entry.id} brings ${entry.account} above 2^96 - 1 base units, the most that can be paid`,
          )
        break
      case "revoke": {
        const grant = grants[entry.grantId - 1] ?? fail(`there is no grant ${entry.grantId} to revoke`)
        if (grant.revoked !== undefined) fail(`grant ${entry.grantId} is revoked twice`)
        grant.revoked = entry
        const rest = (current.get(grant.account) ?? 0n) - grant.amount
        if (rest === 0n) current.delete(grant.account)
        else current.set(grant.account, rest)
        break
      }
      case "root":
        if (entry.total !== sumOf(current))
          fail(`root ${entry.root} is of another total than the grants above it`)
        if (entry.accountCount !== current.size)
          fail(
            `root ${entry.root} is of ${entry.accountCount} accounts, the grants above have ${current.size}`,
          )
        for (const grant of grants) if (grant.revoked === undefined) grant.roots.push(entry.root)
        cumulatives.set(entry.root, new Map(current))
        roots.push(entry)
        break
    }
  }
  const total = sumOf(current)
  return { grants, current, total, roots, cumulativeAt: (root) => cumulatives.get(root) }
}

export function sumOf(cumulative: Cumulative): bigint {
  return [...cumulative.values()].reduce((sum, amount) => sum + amount, 0n)
}
