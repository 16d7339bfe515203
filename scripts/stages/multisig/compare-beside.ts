/** Compares the files beside a batch, whole, with what follows from the batch itself. */
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { quote, visible } from "../../core/primitives/text.ts"
import type { SafeTransaction } from "../../core/safe/safe-transaction.ts"
import type { Call } from "../../core/ethereum/call.ts"
import type { ProgramContext } from "../deployment/deployment-context.ts"
import { composeProposal } from "./make-proposal.ts"
import { NOTE_LINES } from "./proposal-notes.ts"
import type { SigningRequest } from "./read-request.ts"
import type { NestedApproval } from "./transaction-file.ts"
import type { SafeIdentity } from "../../core/safe/safe-transaction.ts"

/** The values that the signer's computer recomputed from the batch. */
export interface Recomputed {
  readonly context: ProgramContext
  readonly safe: SafeIdentity
  readonly calls: readonly Call[]
  readonly transaction: SafeTransaction
  /** The Safe's owners on chain; undefined if no node was asked. */
  readonly owners: readonly Address[] | undefined
}

/** Flags every difference of the .safe-tx.json and the .txt beside a batch from what they should be. */
export function besideFlags(
  { claimed, text, words }: SigningRequest,
  timelock: Address | undefined,
  recomputed: Recomputed,
): string[] {
  const nested = (claimed?.nested ?? []).map(({ safe, transaction }) => ({ safe, nonce: transaction.nonce }))
  const own = composeProposal({ ...recomputed, timelock, nested, notes: [] })
  const flags: string[] = []
  if (claimed !== undefined) {
    flags.push(...identityFlags("the file beside it", claimed.safe, recomputed.safe))
    flags.push(...bodyFlags("the transaction written beside it", claimed.transaction, recomputed.transaction))
    claimed.nested.forEach((approval, i) => {
      flags.push(...nestedFlags(approval, own.transaction.nested[i], recomputed))
    })
  }
  if (text !== undefined) flags.push(...textFlags(text, own.text))
  if (words !== undefined && (claimed !== undefined || text !== undefined)) {
    for (const part of ["name", "description"] as const) {
      if (words[part] === own.batch.meta[part]) continue
      flags.push(
        `the batch's ${part} is ${quote(words[part])}, and its calls give ${quote(own.batch.meta[part])}`,
      )
    }
  }
  return flags
}

/** Says which words are the sender's own, where no other file beside the batch lets them be compared. */
export function wordNotes({ claimed, text, words }: SigningRequest): string[] {
  if (words === undefined || claimed !== undefined || text !== undefined) return []
  return (["name", "description"] as const)
    .filter((part) => words[part] !== "")
    .map(
      (part) =>
        `The batch's ${part} is ${quote(words[part])}: its sender's words, which nothing was compared with.`,
    )
}

/** Flags another Safe or another chain than those of the batch. The version is compared where it is known. */
function identityFlags(where: string, written: SafeIdentity, own: SafeIdentity): string[] {
  const flags: string[] = []
  if (written.address !== own.address) {
    flags.push(`${where} is for the Safe ${toChecksum(written.address)}, not ${toChecksum(own.address)}`)
  }
  if (written.chainId !== own.chainId) {
    flags.push(`${where} is for chain ${written.chainId}, not ${own.chainId}`)
  }
  return flags
}

function nestedFlags(
  written: NestedApproval,
  own: NestedApproval | undefined,
  { safe, owners }: Recomputed,
): string[] {
  if (own === undefined) return []
  const owner = toChecksum(written.safe.address)
  const where = `the approval written for the owner ${owner}`
  const flags = bodyFlags(where, written.transaction, own.transaction)
  if (written.safe.chainId !== safe.chainId) {
    flags.push(`${where} is for chain ${written.safe.chainId}, not ${safe.chainId}`)
  }
  if (owners !== undefined && !owners.includes(written.safe.address)) {
    flags.push(`an approval is written for ${owner}, which is not an owner of the Safe`)
  }
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
  const strange = lines.slice(own.length).find((line) => line !== "" && !NOTE_LINES.has(line))
  return strange === undefined ? [] : [`the text beside it adds a line: ${quote(visible(strange))}`]
}
