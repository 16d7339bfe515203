/** A proposal on disk: the batch that the web app imports, the text for people, and the transaction for machines. */
import { visible } from "../../core/primitives/text.ts"
import { basename, dirname, join } from "node:path"
import type { BatchFile } from "../../core/safe/safe-batch.ts"
import { isOwnBatch, writeBatch } from "./batch-file.ts"
import { writeSafeTransaction, type SafeTransactionFile } from "./transaction-file.ts"
import type { IsOwn } from "../program/output-file.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"

export interface ProposalPaths {
  /** For the Transaction Builder. */
  readonly batch: string
  /** The proposal in words, with its hashes. */
  readonly text: string
  /** All that is signed, with the hashes that were computed. */
  readonly transaction: string
}

/** Returns the paths of a proposal's three files: programs/P/proposals/0005-deploy.json and two beside it. */
export function proposalPaths(folder: string, nonce: bigint, name: string): ProposalPaths {
  return besideBatch(join(folder, `${nonce.toString().padStart(4, "0")}-${name}.json`))
}

/** Returns the paths of the files that belong to a batch file. */
export function besideBatch(batch: string): ProposalPaths {
  const stem = join(dirname(batch), basename(batch, ".json"))
  return { batch, text: `${stem}.txt`, transaction: `${stem}.safe-tx.json` }
}

/** Recognizes each of the three files by its first characters, so that no other file is replaced. */
export const OWN_PROPOSAL: Readonly<Record<keyof ProposalPaths, IsOwn>> = {
  batch: isOwnBatch,
  text: (start) => /^ {2}Safe {6}0x[0-9a-fA-F]{40}$/m.test(start) && /^What it does \(/m.test(start),
  transaction: (start) => start.includes('"format": "merkle-airdrop/safe-transaction@'),
}

/** Writes the three files. */
export async function writeProposal(
  paths: ProposalPaths,
  proposal: {
    readonly batch: BatchFile
    readonly text: readonly string[]
    readonly transaction: SafeTransactionFile
  },
): Promise<void> {
  await writeSafeTransaction(paths.transaction, proposal.transaction)
  await writeFileAtomic(paths.text, `${proposal.text.map(visible).join("\n")}\n`)
  await writeBatch(paths.batch, proposal.batch)
}
