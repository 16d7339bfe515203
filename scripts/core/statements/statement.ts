/**
 * The statements that recipients sign before a root is built. A link says that two addresses belong to one person; a
 * redirect says where an account's amount is to be paid. Both are signed for one program on one chain, up to a deadline.
 */
import type { TypedDataField } from "ethers"
import { toChecksum, type Address } from "../primitives/address.ts"
import { isoTime } from "../primitives/time.ts"

export type StatementKind = "link" | "redirect"

/** `eip712` and `eip191` are signatures of keys; `erc1271` is one that only the contract wallet itself can check. */
export const SCHEMES = ["eip712", "eip191", "erc1271"] as const

export interface Signature {
  readonly scheme: (typeof SCHEMES)[number]
  readonly signature: string
}

/** The signed content of a statement. */
export interface StatementTerms {
  readonly kind: StatementKind
  readonly program: string
  readonly chainId: number
  /** The old address of a link, or the account of a redirect. A vesting contract's beneficiary signs for it. */
  readonly from: Address
  /** The new address of the person, or the payee. */
  readonly to: Address
  /** The last moment at which the operators may accept the statement. */
  readonly deadline: Date
}

/** A statement as its signer hands it over. */
export interface Statement extends StatementTerms, Signature {
  /** The signature of `to` under the same link. Needed if `to` is eligible itself. */
  readonly consent: Signature | undefined
}

/** A statement in a program's file. */
export interface AcceptedStatement extends Statement {
  /** The time at which the operators received it. */
  readonly accepted: Date
}

/** The EIP-712 types, in ethers' form: mutable arrays, because ethers asks for those. */
export const STATEMENT_TYPES: Record<StatementKind, Record<string, TypedDataField[]>> = {
  link: { Link: signedFields() },
  redirect: { Redirect: signedFields() },
}

function signedFields(): TypedDataField[] {
  return [
    { name: "program", type: "string" },
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "deadline", type: "uint256" },
  ]
}

export interface StatementDomain {
  readonly name: "MerkleAirdrop"
  readonly version: "1"
  readonly chainId: number
}

/** Returns the EIP-712 domain of statements. It names no contract, because the contract follows from the statements. */
export function statementDomain(chainId: number): StatementDomain {
  return { name: "MerkleAirdrop", version: "1", chainId }
}

export interface StatementMessage {
  readonly program: string
  readonly from: Address
  readonly to: Address
  /** Seconds since 1970. */
  readonly deadline: bigint
}

/** Returns the EIP-712 message of a statement. */
export function statementMessage({ program, from, to, deadline }: StatementTerms): StatementMessage {
  return { program, from, to, deadline: BigInt(Math.floor(deadline.getTime() / 1000)) }
}

/** Returns the text of a statement for wallets that sign plain messages (EIP-191, personal_sign). */
export function statementText({ kind, program, chainId, from, to, deadline }: StatementTerms): string {
  const claim =
    kind === "link"
      ? [
          `The addresses ${toChecksum(from)} and ${toChecksum(to)} belong to the same person.`,
          `Everything due to ${toChecksum(from)} is to be paid to ${toChecksum(to)}.`,
        ]
      : [`The amount of ${toChecksum(from)} is to be paid to ${toChecksum(to)}.`]
  return [
    `Airdrop program: ${program} (chain ${chainId})`,
    ...claim,
    `This statement may be accepted until ${isoTime(deadline)}.`,
  ].join("\n")
}
