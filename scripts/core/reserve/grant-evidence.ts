/**
 * The evidence for a grant. The strong kind is a link that the old address signed and that names the new one: anyone can
 * check it at any time, and only the holder of the old address can have made it.
 */
import { toChecksum, type Address } from "../primitives/address.ts"
import { judgeSignature, type Judgement } from "../statements/judge.ts"
import type { Signature, StatementTerms } from "../statements/statement.ts"

export type Evidence = SignedLink | TransferPath | { readonly kind: "note"; readonly text: string }

/** A signed link, as `sign --link` and the claim page write it, without the program that the ledger belongs to. */
export interface SignedLink extends Signature {
  readonly kind: "link"
  readonly from: Address
  readonly to: Address
  readonly deadline: Date
}

/** Tokens followed from an eligible address to the one that is granted, as `grants suggest` finds them. */
export interface TransferPath {
  readonly kind: "transfers"
  readonly from: Address
  readonly hops: readonly Hop[]
}

export interface Hop {
  readonly to: Address
  /** Base units. */
  readonly amount: bigint
  readonly time: Date
  readonly transaction: string
}

/** The program that a ledger belongs to. */
export interface EvidenceContext {
  readonly program: string
  readonly chainId: number
}

/** Judges the evidence of a grant by itself. The signature of a contract wallet is left to a node. */
export function judgeEvidence(
  { program, chainId }: EvidenceContext,
  account: Address,
  evidence: Evidence,
): Judgement {
  switch (evidence.kind) {
    case "note":
      return { open: [] }
    case "transfers":
      return evidence.hops.at(-1)?.to === account
        ? { open: [] }
        : { fault: `the transfers do not lead to ${toChecksum(account)}` }
    case "link": {
      const { from, to, deadline } = evidence
      if (to !== account) return { fault: `the link names ${toChecksum(to)}` }
      const terms: StatementTerms = { kind: "link", program, chainId, from, to, deadline }
      return judgeSignature(undefined, terms, from, evidence)
    }
  }
}
