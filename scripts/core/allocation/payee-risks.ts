import { isoDay } from "../primitives/time.ts"
import { toChecksum } from "../primitives/address.ts"
import type { Entry, PayeeRisk } from "./allocation.ts"
import type { People } from "../session/people.ts"
import type { Program } from "../program/program.ts"
import type { Account, Snapshot, Vesting } from "../session/snapshot.ts"

/**
 * 2^64. Addresses below it have no key: their first 96 bits are zero, and finding one takes 2^96 tries. The zero
 * address, the precompiled contracts and the usual burn addresses are below it.
 */
const RESERVED = "0x0000000000000000000000010000000000000000"

/** Lists the payees that cannot, or might not be able to, use their payment. */
export function payeeRisks(
  program: Program,
  snapshot: Snapshot | undefined,
  people: People,
  entries: readonly Entry[],
): PayeeRisk[] {
  const chosen = new Set(program.rules.overrides.map(({ payTo }) => payTo))
  // An array, because a map would hash every account to look it up.
  const forbidden = [{ address: program.token.address, name: "the token itself" }]
  if (snapshot !== undefined)
    forbidden.push({ address: snapshot.contracts.stakingContract, name: "the staking contract" })
  const riskOf = ({ account, amount }: Entry): PayeeRisk | undefined => {
    if (account < RESERVED) {
      const detail = "nobody can have the key of an address this low: exclude it, or name another payee"
      return { account, amount, kind: "reserved", detail, resolved: false }
    }
    const lost = forbidden.find(({ address }) => address === account)
    if (lost !== undefined) {
      const detail = `${lost.name}: what it gets is lost`
      return { account, amount, kind: "contract", detail, resolved: false }
    }
    const at = people.accountAt(account)
    const detail = at === undefined ? undefined : detailOf(at)
    if (at === undefined || detail === undefined) return undefined
    const resolved = at.kind === "empty" || chosen.has(account)
    return { account, amount, kind: at.kind, detail, resolved }
  }
  const risks: PayeeRisk[] = []
  for (const entry of entries) {
    const risk = riskOf(entry)
    if (risk !== undefined) risks.push(risk)
  }
  return risks
}

function detailOf(at: Account): string | undefined {
  switch (at.kind) {
    case "plain":
    case "eip7702":
    case "safe":
      return undefined
    case "empty":
      return "never used: no transaction, balance or code at the snapshot block; its key can use what it gets"
    case "contract":
      return "a contract of an unknown kind: whether it can use the token cannot be known"
    case "vesting-staking":
    case "vesting-nostaking":
      return vestingDetail(at)
  }
}

function vestingDetail({ kind, revoked, revoker, end }: Vesting): string {
  const until = isoDay(end)
  if (kind === "vesting-nostaking")
    return `a vesting contract, which releases what it gets step by step until ${until}`
  return revoked
    ? `a revoked vesting contract: what it gets goes to its revoker ${toChecksum(revoker)}`
    : `a vesting contract, which locks what it gets until ${until}, and gives it to its revoker ${toChecksum(revoker)} if revoked before`
}
