/** Signs statements with made-up keys, as a wallet does. */
import { id, Wallet } from "ethers"
import { parseAddress, type Address } from "../../scripts/core/primitives/address.ts"
import {
  STATEMENT_TYPES,
  statementDomain,
  statementMessage,
  statementText,
  type AcceptedStatement,
  type Signature,
  type StatementTerms,
} from "../../scripts/core/statements/statement.ts"

/** The key of a made-up person, the same for the same number. */
export function keyOf(number: number): Wallet {
  return new Wallet(id(`person ${number}`))
}

export function accountOf(key: Wallet): Address {
  return parseAddress(key.address)
}

export const ACCEPTED = new Date("2025-12-01T00:00:00Z")

/** A link between two accounts of the made-up program, valid until the end of 2025. */
export function termsOf(
  given: Pick<StatementTerms, "from" | "to"> & Partial<StatementTerms>,
): StatementTerms {
  return {
    kind: "link",
    program: "made-up",
    chainId: 42161,
    deadline: new Date("2025-12-31T23:59:59Z"),
    ...given,
  }
}

/** Signs terms as MetaMask does: typed data, or a plain message. */
export async function sign(
  key: Wallet,
  terms: StatementTerms,
  scheme: "eip712" | "eip191" = "eip712",
): Promise<Signature> {
  const signature =
    scheme === "eip191"
      ? await key.signMessage(statementText(terms))
      : await key.signTypedData(
          statementDomain(terms.chainId),
          STATEMENT_TYPES[terms.kind],
          statementMessage(terms),
        )
  return { scheme, signature }
}

/** Signs terms and accepts them. */
export async function accept(
  key: Wallet,
  terms: StatementTerms,
  more: Partial<AcceptedStatement> = {},
): Promise<AcceptedStatement> {
  return { ...terms, ...(await sign(key, terms)), consent: undefined, accepted: ACCEPTED, ...more }
}
