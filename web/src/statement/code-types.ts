/** The interface between the page and the script that writes signed statements. */
import type { Signature, Statement, StatementTerms } from "../../../scripts/core/statements/statement.ts"
import type { WalletDigest } from "../claim/machine.ts"
import { loadScript } from "../security.ts"

export interface StatementCode {
  /** Returns a statement in the format of eth_signTypedData_v4. */
  readonly typedData: (terms: StatementTerms) => string
  /** Returns the text of a statement for personal_sign. */
  readonly text: (terms: StatementTerms) => string
  /** Returns the digests of the typed data that a wallet may show. */
  readonly digests: (terms: StatementTerms) => readonly WalletDigest[]
  /** Returns the account whose key made a signature; undefined if it is no key's. */
  readonly signerOf: (terms: StatementTerms, signature: Signature) => string | undefined
  /** Returns the calldata that asks a contract wallet whether a signature is its own (ERC-1271). */
  readonly walletQuestion: (terms: StatementTerms, signature: Signature) => string
  /** Returns whether an answer to that question is yes. */
  readonly hasWalletSigned: (answer: unknown) => boolean
  /** Writes a statement as the command line reads it. */
  readonly format: (statement: Statement) => string
  /** Reads a signed statement. @throws Error that names the field */
  readonly parse: (text: string) => Statement
}

declare global {
  var airdropStatementCode: StatementCode | undefined
}

export async function loadStatementCode(): Promise<StatementCode> {
  await loadScript("statement.js")
  if (globalThis.airdropStatementCode === undefined) throw new Error("statement.js did not start")
  return globalThis.airdropStatementCode
}
