import { isoDay } from "../primitives/time.ts"
import { toChecksum, type Address } from "../primitives/address.ts"
import { SHARED_CONTRACTS } from "../ethereum/shared-contracts.ts"
import type { Entry, PayeeRisk } from "./allocation.ts"
import { NO_REDIRECTS, type Redirects } from "./payees.ts"
import type { People } from "../snapshot/people.ts"
import type { Program } from "../program/program.ts"
import type { Account, Vesting } from "../snapshot/account.ts"
import { contractsReadBy } from "../sources/source-of.ts"

/**
 * 2^64. Addresses below it have no key: their first 96 bits are zero, and finding one takes 2^96 tries. The zero
 * address, the precompiled contracts and the usual burn addresses are below it.
 */
const RESERVED = "0x0000000000000000000000010000000000000000"

export interface RiskInputs {
  readonly program: Program
  readonly people: People
  readonly redirects?: Redirects
}

/** Lists the payees that cannot, or might not be able to, use their payment. */
export function payeeRisks(
  { program, people, redirects = NO_REDIRECTS }: RiskInputs,
  entries: readonly Entry[],
): PayeeRisk[] {
  const chosen = new Set([...program.rules.overrides.map(({ payTo }) => payTo), ...redirects.values()])
  const forbidden = [{ address: program.token.address, name: "the token itself" }]
  for (const [address, name] of contractsReadBy(program)) forbidden.push({ address, name })
  for (const [address, name] of SHARED_CONTRACTS)
    forbidden.push({ address, name: `${name}, a shared contract` })
  const starts = new Set(forbidden.map(({ address }) => startOf(address)))
  const riskOf = ({ account, amount }: Entry): PayeeRisk | undefined => {
    if (account < RESERVED) {
      const detail = "an address this low has no key: exclude it, or name another payee"
      return { account, amount, kind: "reserved", detail, resolved: false }
    }
    const lost = starts.has(startOf(account)) && forbidden.find(({ address }) => address === account)
    if (lost) {
      const detail = `${lost.name}: its payment would be lost`
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

/** The first 16 bits of an address. A map of whole addresses would hash every account of a long list. */
function startOf(address: Address): number {
  return Number.parseInt(address.slice(2, 6), 16)
}

function detailOf(at: Account): string | undefined {
  switch (at.kind) {
    case "plain":
    case "eip7702":
    case "safe":
      return undefined
    case "empty":
      return "never used: no transaction, balance or code at the snapshot block; its key can use the payment"
    case "contract":
      return "a contract of an unknown kind: it may be unable to use the token"
    case "vesting-staking":
    case "vesting-nostaking":
      return vestingDetail(at)
  }
}

function vestingDetail({ kind, revoked, revoker, end }: Vesting): string {
  const until = isoDay(end)
  if (kind === "vesting-nostaking")
    return `a vesting contract, which releases its payment step by step until ${until}`
  return revoked
    ? `a revoked vesting contract: its payment goes to its revoker ${toChecksum(revoker)}`
    : `a vesting contract, which locks its payment until ${until} and gives it to its revoker ${toChecksum(revoker)} if revoked before`
}
