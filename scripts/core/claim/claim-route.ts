/** Finds the route of a claim, by which it was paid, from its transaction. */
import { AIRDROP } from "../contract/abi.ts"
import type { Address } from "../primitives/address.ts"

/**
 * - `self`: the account sent it and was paid
 * - `to`: the account sent it and had another address paid
 * - `signature`: another account submitted what the account had signed
 * - `pushed`: another account sent it, and the account was paid
 */
export type ClaimRoute = "self" | "to" | "signature" | "pushed"

export const CLAIM_ROUTES: readonly ClaimRoute[] = ["self", "to", "signature", "pushed"]

export interface SentTransaction {
  readonly from: Address
  /** Absent if the transaction creates a contract. */
  readonly to: Address | undefined
  /** 0x-hex. */
  readonly data: string
}

/** A claim according to its event. */
export interface PaidClaim {
  readonly account: Address
  /** The index in the automatic tranche; undefined for the reserve. */
  readonly index: bigint | undefined
  /** True if the same transaction announces that this account's tokens went to another address. */
  readonly redirected: boolean
}

/**
 * Returns the route of a claim. A call that reaches the contract through another one (a Safe, a bundler) is not in
 * the transaction. Its route then follows from the recipient of the transaction and that of the tokens.
 */
export function claimRouteOf(
  airdrop: Address,
  transaction: SentTransaction,
  { account, index, redirected }: PaidClaim,
): ClaimRoute {
  const own = transaction.from === account || transaction.to === account
  const call =
    transaction.to === airdrop
      ? callsIn(transaction.data).find((one) => pays(one, account, index))
      : undefined
  switch (call?.name) {
    case "claimWithSignature":
    case "claimReserveWithSignature":
      return "signature"
    case "claimTo":
    case "claimReserveTo":
      return redirected ? "to" : "self"
    case undefined:
      if (redirected) return own ? "to" : "signature"
      return own ? "self" : "pushed"
    default:
      return own ? "self" : "pushed"
  }
}

interface Call {
  readonly name: string
  readonly index: bigint | undefined
  readonly count: bigint
  readonly account: string | undefined
}

/** Returns true if the call has paid this claim. A claimTo names no account: it pays the account of its leaf. */
function pays(call: Call, account: Address, index: bigint | undefined): boolean {
  if (call.index === undefined || index === undefined) {
    return call.index === index && (call.account === undefined || call.account === account)
  }
  return index >= call.index && index < call.index + call.count
}

/** Returns the claims in calldata, also those inside a multicall. */
function callsIn(data: string): readonly Call[] {
  const parsed = parse(data)
  if (parsed === undefined) return []
  const { name, inputs, values } = parsed
  if (name === "multicall") return listOf(values[0]).flatMap(callsIn)
  const account = values[inputs.indexOf("account")]
  return [
    {
      name,
      index: name.startsWith("claimReserve") ? undefined : BigInt(String(values[0])),
      count: name === "claimRange" ? BigInt(listOf(values[1]).length) : 1n,
      account: typeof account === "string" ? account.toLowerCase() : undefined,
    },
  ]
}

interface ParsedCall {
  readonly name: string
  /** The names of the call's arguments. */
  readonly inputs: readonly string[]
  readonly values: readonly unknown[]
}

function parse(data: string): ParsedCall | undefined {
  try {
    const call = AIRDROP.parseTransaction({ data })
    if (call === null) return undefined
    return {
      name: call.name,
      inputs: call.fragment.inputs.map(({ name }) => name),
      values: call.args.toArray(),
    }
  } catch {
    return undefined
  }
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
