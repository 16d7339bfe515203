/** Reads the state of a reserve on chain, to compare the ledger with it. */
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { Ledger } from "../../core/reserve/ledger.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import { floorsOf, type Floor } from "../../core/reserve/root-diff.ts"
import { readLogs } from "../../io/rpc/read-logs.ts"
import { openProgram, type OpenProgram } from "../deployment/open-airdrop.ts"
import type { LoadedProgram } from "../program/load-program.ts"

export interface ReserveOnChain {
  readonly accepted: Hex
  readonly pending: Hex
  /** Every root that was ever submitted and not revoked since. */
  readonly submitted: ReadonlySet<string>
  /** Base units. */
  readonly paid: bigint
  readonly claimed: ReadonlyMap<Address, bigint>
}

export const NO_ROOT: Hex = `0x${"00".repeat(32)}`

/**
 * Reads roots and payments at the head.
 * @throws AirdropError if more was paid than to the accounts that the ledger knows
 */
export async function readReserve(
  loaded: LoadedProgram,
  ledger: Ledger,
  rpc: string,
): Promise<ReserveOnChain> {
  const open = await openProgram(loaded, rpc)
  const { airdrop, provider } = open
  const blockTag = await provider.getBlockNumber()
  const accounts = [...new Set(ledger.grants.map(({ account }) => account))]
  const [accepted, pending, paid, amounts, acts] = await Promise.all([
    airdrop.reserveRoot({ blockTag }),
    airdrop.pendingReserveRoot({ blockTag }),
    airdrop.reservePaid({ blockTag }),
    Promise.all(accounts.map((account) => airdrop.reserveClaimed(account, { blockTag }))),
    readRootActs(open, blockTag),
  ])
  const claimed = new Map(accounts.map((account, i) => [parseAddress(account), amounts[i] ?? 0n]))
  const known = [...claimed.values()].reduce((sum, amount) => sum + amount, 0n)
  if (known !== paid) {
    throw new AirdropError(
      `the reserve has paid ${paid} base units, but the ledger's accounts have received ${known}`,
      {
        code: "mismatch",
        hint: "An account that is not in the ledger was paid. Find the reason before you build.",
      },
    )
  }
  const submitted = new Set(acts.submitted)
  const current = [accepted.toLowerCase(), pending.root.toLowerCase()]
  for (const root of acts.revoked) {
    if (!current.includes(root)) submitted.delete(root)
  }
  return {
    accepted: accepted.toLowerCase() as Hex,
    pending: pending.root.toLowerCase() as Hex,
    submitted,
    paid,
    claimed,
  }
}

/** Reads every root that was submitted or revoked up to a block. */
async function readRootActs(
  { airdrop, address, provider, deployBlock }: OpenProgram,
  head: number,
): Promise<{ readonly submitted: readonly string[]; readonly revoked: readonly string[] }> {
  const { topicHash: submission } = airdrop.getEvent("ReserveRootSubmitted").fragment
  const { topicHash: revocation } = airdrop.getEvent("ReserveRootRevoked").fragment
  const submitted: string[] = []
  const revoked: string[] = []
  const filter = { address, topics: [[submission, revocation]] }
  await readLogs(provider.rpc, filter, { from: deployBlock, to: head }, (logs) => {
    for (const { topics } of logs) {
      const [kind, root = ""] = topics
      ;(kind === submission ? submitted : revoked).push(root.toLowerCase())
    }
  })
  return { submitted, revoked }
}

/**
 * Returns the amounts that accounts must not fall below: those claimed, and those that roots on chain promise.
 * @throws AirdropError if a root on chain was not built from this ledger
 */
export function floorsOnChain(
  ledger: Ledger,
  { accepted, pending, claimed }: ReserveOnChain,
): readonly Floor[] {
  const promised = ([what, root]: readonly ["accepted" | "pending", Hex]): readonly Floor[] => {
    if (root === NO_ROOT) return []
    const cumulative = ledger.cumulativeAt(root)
    if (cumulative !== undefined) return floorsOf(cumulative, what)
    throw new AirdropError(`the ${what} reserve root ${root} was not built from this ledger`, {
      code: "mismatch",
      hint: "Get the ledger that it was built from, or have the owner revoke it.",
    })
  }
  return [
    ...floorsOf(claimed, "claimed"),
    ...promised(["accepted", accepted]),
    ...promised(["pending", pending]),
  ]
}
