/** Compares the files beside a batch, whole, with what follows from the batch itself. */
import { toChecksum } from "../../core/primitives/address.ts"
import { quote, visible } from "../../core/primitives/text.ts"
import type { SafeTransaction } from "../../core/safe/safe-transaction.ts"
import type { Call } from "../../core/ethereum/call.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { composeProposal } from "./make-proposal.ts"
import { isNote } from "./proposal-notes.ts"
import type { SigningRequest } from "./read-request.ts"
import type { NestedApproval } from "./transaction-file.ts"
import type { SignerKnowledge } from "./signing-claims.ts"
import type { SafeIdentity } from "../../core/safe/safe-transaction.ts"

/** The values that the signer's computer recomputed from the batch. */
export interface Recomputed {
  readonly context: ProgramContext
  readonly safe: SafeIdentity
  readonly calls: readonly Call[]
  readonly transaction: SafeTransaction
}

/** Flags every difference of the .safe-tx.json and the .txt beside a batch from what they should be. */
export function besideFlags(
  { claimed, text }: SigningRequest,
  { timelock }: SignerKnowledge,
  recomputed: Recomputed,
): string[] {
  const nested = (claimed?.nested ?? []).map(({ safe, transaction }) => ({ safe, nonce: transaction.nonce }))
  const own = composeProposal({ ...recomputed, timelock, nested, notes: [] })
  const flags: string[] = []
  if (claimed !== undefined) {
    flags.push(...bodyFlags("the transaction written beside it", claimed.transaction, recomputed.transaction))
    claimed.nested.forEach((approval, i) => {
      flags.push(...nestedFlags(approval, own.transaction.nested[i]))
    })
  }
  if (text !== undefined) flags.push(...textFlags(text, own.text))
  return flags
}

function nestedFlags(written: NestedApproval, own: NestedApproval | undefined): string[] {
  if (own === undefined) return []
  const owner = toChecksum(written.safe.address)
  const flags = bodyFlags(`the approval written for the owner ${owner}`, written.transaction, own.transaction)
  const differs = Object.entries(own.hashes).filter(
    ([name, hash]) => written.hashes[name as keyof typeof own.hashes] !== hash,
  )
  return differs.length === 0
    ? flags
    : [
        ...flags,
        `the ${differs.map(([name]) => name).join(" and ")} hash written for the owner ${owner} differs from its approval's, ${own.hashes.safe}`,
      ]
}

function bodyFlags(where: string, written: SafeTransaction, own: SafeTransaction): string[] {
  const differs = (Object.keys(own) as (keyof SafeTransaction)[]).filter((key) => written[key] !== own[key])
  return differs.length === 0 ? [] : [`${where} has another ${differs.join(", ")} than the batch`]
}

/**
 * Flags the first line of the text that does not follow from the batch. Notes of the proposer at its end are allowed.
 */
function textFlags(text: string, own: readonly string[]): string[] {
  const lines = text.replace(/\n$/, "").split("\n")
  const at = own.findIndex((line, i) => line !== lines[i])
  if (at !== -1) {
    return [
      `the text beside it differs in line ${at + 1}: it says ${quote(lines[at] ?? "")}, and the batch gives ${quote(own[at] ?? "")}`,
    ]
  }
  const strange = lines.slice(own.length).find((line) => line !== "" && !isNote(line))
  return strange === undefined ? [] : [`the text beside it adds a line: ${quote(visible(strange))}`]
}
