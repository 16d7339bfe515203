import { mkdir, readdir } from "node:fs/promises"
import { join } from "node:path"
import { encodeRange } from "../../core/claim/range-call.ts"
import { type Leaves } from "../../core/merkle/leaves.ts"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import type { Hex } from "../../core/primitives/bytes.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import { batchFile } from "../../core/safe/safe-batch.ts"
import { removeOwn, requireOwnNames } from "../program/output-file.ts"
import { isOwnBatch, writeBatch } from "../multisig/batch-file.ts"
import type { LoadedProgram } from "../program/load-program.ts"
import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"

export interface DistributionBatches {
  readonly loaded: LoadedProgram
  readonly airdrop: MerkleAirdrop
  readonly address: Address
  readonly leaves: Leaves
  readonly batches: readonly LeafRange[]
  readonly folder: string
}

/**
 * Writes one Transaction Builder file a batch. Each is one transaction, which may be executed again: the contract skips
 * what is claimed.
 */
export async function writeDistributionBatches({
  loaded,
  airdrop,
  address,
  leaves,
  batches,
  folder,
}: DistributionBatches): Promise<{ readonly files: readonly string[]; readonly safe: Address }> {
  const safe = parseAddress((await airdrop.owner()).toLowerCase())
  const { chainId } = loaded.program
  await mkdir(folder, { recursive: true })
  const width = String(batches.length).length
  const files: string[] = []
  for (const [i, batch] of batches.entries()) {
    const last = batch.start + batch.count - 1
    const texts = {
      name: `${loaded.name}: distribution ${i + 1} of ${batches.length}`,
      description: `Pays recipients ${batch.start} to ${last} of the automatic tranche.`,
    }
    const call = { to: address, value: 0n, data: encodeRange(airdrop, leaves, batch) as Hex }
    const file = join(folder, `distribute-${String(i + 1).padStart(width, "0")}.json`)
    await writeBatch(file, batchFile({ chainId, address: safe }, texts, [call]))
    files.push(file)
  }
  return { files, safe }
}

/** Removes the batches that an earlier run has written, except `kept`: they would be taken for a part of this one. */
export async function removeBatches(folder: string, kept: readonly string[]): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const path = join(folder, name)
    if (BATCH_NAME.test(name) && !kept.includes(path)) await removeOwn(path, isOwnBatch)
  }
}

const BATCH_NAME = /^distribute-[0-9]+\.json$/

/**
 * Refuses a folder in which a file has a batch's name and is not a batch of a distribution.
 * @throws AirdropError that names the file
 */
export async function requireBatchFolder(folder: string): Promise<void> {
  const hint = "Move it away, or name another folder with --out."
  await requireOwnNames(folder, "distribute-1.json", BATCH_NAME, isOwnBatch, hint)
}
