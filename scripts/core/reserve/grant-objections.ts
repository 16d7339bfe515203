/** Judges a grant: the rules that forbid it, and the objections that an operator may overrule. */
import { tokenAmount } from "../primitives/token.ts"
import { toChecksum, ZERO_ADDRESS, type Address } from "../primitives/address.ts"
import { MOST_PAYABLE } from "../primitives/amount.ts"
import type { Ledger } from "./ledger.ts"
import type { Evidence } from "./grant-evidence.ts"
import type { People } from "../snapshot/people.ts"
import type { Program } from "../program/program.ts"

/** The facts about the program besides its ledger. */
export interface GrantContext {
  readonly program: Program
  readonly people: People
  /** Base units paid automatically, by payee. */
  readonly automatic: ReadonlyMap<Address, bigint>
  /** The accounts that may take part; undefined if there is no list. */
  readonly listed: ReadonlySet<Address> | undefined
  /** Contracts in which tokens would be lost, with a description of each. */
  readonly unpayable: ReadonlyMap<Address, string>
}

export interface ProposedGrant {
  readonly account: Address
  /** Base units. */
  readonly amount: bigint
  readonly evidence: Evidence | undefined
}

/** 2^64. Addresses below it have no key, as in the risks of an allocation's payees. */
const LOWEST_PAYABLE = "0x0000000000000000000000010000000000000000"

/** Returns the reason why an account can never be paid; undefined if it can. */
export function unpayableReason(
  { unpayable }: Pick<GrantContext, "unpayable">,
  account: Address,
): string | undefined {
  if (account === ZERO_ADDRESS) return "the zero address cannot be paid"
  if (account < LOWEST_PAYABLE)
    return `${toChecksum(account)} cannot be paid: no key leads to an address below 2^64`
  const what = unpayable.get(account)
  return what === undefined ? undefined : `${toChecksum(account)} cannot be paid: it is ${what}`
}

/** Returns the reason why a grant cannot be added even with --force; undefined if it can. */
export function forbidden(
  context: GrantContext,
  ledger: Ledger,
  { account, amount }: ProposedGrant,
): string | undefined {
  const { tranches, token } = context.program
  const payee = unpayableReason(context, account)
  if (payee !== undefined) return payee
  if (amount <= 0n) return "the amount of a grant must be above zero"
  const cumulative = (ledger.current.get(account) ?? 0n) + amount
  if (cumulative > MOST_PAYABLE) {
    return `${toChecksum(account)} would be granted ${cumulative} base units, more than 2^96 - 1, which is the most that can be paid`
  }
  const total = ledger.total + amount
  if (total > tranches.reserve) {
    return `the grants would come to ${tokenAmount(total, token)}, the reserve is ${tokenAmount(tranches.reserve, token)}`
  }
  return undefined
}

/** Returns the objections to a grant that an operator may overrule, a sentence each. */
export function objectionsTo(context: GrantContext, ledger: Ledger, grant: ProposedGrant): readonly string[] {
  const { program, people, automatic } = context
  const { account, evidence } = grant
  const amount = (value: bigint): string => tokenAmount(value, program.token)
  const objections: string[] = []
  const person = people.personOf(account)
  const same = (other: Address): boolean => people.personOf(other) === person
  for (const paid of new Set([account, person, ...people.othersOf(person)])) {
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
    objections.push("it is a contract of an unknown kind, which may not be able to use the token")
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
  if (evidence === undefined) return ["no evidence is given"]
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
