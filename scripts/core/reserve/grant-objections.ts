/** What speaks against a grant. The cap and a broken proof forbid it; the rest is for a person to overrule. */
import { tokenAmount } from "../primitives/token.ts"
import { toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import type { Ledger } from "./ledger.ts"
import type { Evidence } from "./grant-evidence.ts"
import type { People } from "../session/people.ts"
import type { Program } from "../program/program.ts"

/** What is known of the program besides its ledger. */
export interface GrantContext {
  readonly program: Program
  readonly people: People
  /** Base units paid automatically, by payee. */
  readonly automatic: ReadonlyMap<Address, bigint>
  /** Who may take part; undefined where there is no list. */
  readonly listed: ReadonlySet<Address> | undefined
}

export interface ProposedGrant {
  readonly account: Address
  /** Base units. */
  readonly amount: bigint
  readonly evidence: Evidence | undefined
}

/** Why a grant cannot be, whoever wants it; undefined if it can. */
export function forbidden(
  { program }: GrantContext,
  ledger: Ledger,
  grant: ProposedGrant,
): string | undefined {
  const { tranches, token } = program
  const amount = (value: bigint): string => tokenAmount(value, token)
  if (grant.account === ZERO_ADDRESS) return "the zero address cannot be paid"
  if (grant.account === token.address) return "the token's own contract cannot be paid"
  if (grant.amount <= 0n) return "a grant of nothing is none"
  const total = ledger.total + grant.amount
  if (total > tranches.reserve) {
    return `the grants would come to ${amount(total)}, the reserve is ${amount(tranches.reserve)}`
  }
  return undefined
}

/** What a person should know and may overrule, a sentence each. */
export function objectionsTo(context: GrantContext, ledger: Ledger, grant: ProposedGrant): readonly string[] {
  const { program, people, automatic } = context
  const { account, evidence } = grant
  const amount = (value: bigint): string => tokenAmount(value, program.token)
  const objections: string[] = []
  const person = people.personOf(account)
  const same = (other: Address): boolean => people.personOf(other) === person
  for (const paid of new Set([account, person, ...people.vestingOf(person)])) {
    const already = automatic.get(paid)
    if (already !== undefined) {
      objections.push(`${toChecksum(paid)} of the same person gets ${amount(already)} automatically`)
    }
  }
  for (const other of ledger.grants) {
    if (other.revoked !== undefined || !same(other.account)) continue
    objections.push(`grant ${other.id} already gives ${amount(other.amount)} to ${toChecksum(other.account)}`)
  }
  const kind = people.accountAt(account)?.kind
  if (kind === "vesting-staking" || kind === "vesting-nostaking") {
    objections.push(`it is a vesting contract, which cannot claim: its beneficiary is ${toChecksum(person)}`)
  } else if (kind === "contract") {
    objections.push("it is a contract that may not be able to use what it gets")
  }
  const excluded = program.rules.exclude.find((rule) => same(rule.account))
  if (excluded !== undefined) objections.push(`the program excludes it: ${excluded.reason}`)
  return [...objections, ...evidenceObjections(context, ledger, evidence)]
}

function evidenceObjections(
  { people, listed }: GrantContext,
  ledger: Ledger,
  evidence: Evidence | undefined,
): readonly string[] {
  if (evidence === undefined) return ["it rests on no evidence"]
  if (evidence.kind === "note") return []
  const objections: string[] = []
  const from = people.personOf(evidence.from)
  const isListed = listed === undefined || [...listed].some((address) => people.personOf(address) === from)
  if (!isListed)
    objections.push(`${toChecksum(evidence.from)}, on which it rests, is not on the program's list`)
  for (const other of ledger.grants) {
    const { evidence: earlier, revoked } = other
    if (revoked !== undefined || earlier === undefined || earlier.kind === "note") continue
    if (people.personOf(earlier.from) !== from) continue
    objections.push(`grant ${other.id} rests on the same ${toChecksum(evidence.from)} already`)
  }
  return objections
}
