/** Reads what signers were sent, and what is claimed about it beside it. */
import { basename } from "node:path"
import { readText, readTextIfAny } from "../../io/disk/read-file.ts"
import type { Address } from "../../core/primitives/address.ts"
import type { Call } from "../../core/ethereum/call.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { isSafeTransactionFile, parseSafeTransaction, readSafeTransaction } from "./transaction-file.ts"
import type { SafeTransactionFile } from "./transaction-file.ts"
import { parseBatch } from "./batch-file.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { besideBatch } from "./proposal-files.ts"

/** A batch or a whole Safe transaction, with what was wrong with its form. */
export interface SigningRequest {
  readonly file: string
  readonly chainId: number
  readonly safe: Address | undefined
  /** Of a batch: the web app makes the transaction of them. */
  readonly calls: readonly Call[] | undefined
  /** The transaction with the hashes claimed for it: the file itself, or the one beside a batch. */
  readonly claimed: SafeTransactionFile | undefined
  /** The text beside it, which people may have read. */
  readonly text: string | undefined
  /** What a batch calls itself. The web app shows it to signers. */
  readonly words: { readonly name: string; readonly description: string } | undefined
  readonly flags: readonly string[]
}

/**
 * Reads a request with the files beside it, whichever of them is named.
 * @throws AirdropError if the file is neither a batch nor a Safe transaction
 */
export async function readRequest(path: string): Promise<SigningRequest> {
  const content = await readText(path)
  const file = shownPath(path)
  if (isSafeTransactionFile(content)) {
    const claimed = parseSafeTransaction(content, file)
    const paths = besideBatch(path.replace(/(?:\.safe-tx)?\.json$/, ".json"))
    if (path !== paths.batch && (await readTextIfAny(paths.batch)) !== undefined) {
      return await readRequest(paths.batch)
    }
    const { chainId, address } = claimed.safe
    const text = await readTextIfAny(paths.text)
    return { file, chainId, safe: address, calls: undefined, claimed, text, words: undefined, flags: [] }
  }
  const batch = parseBatch(content, file)
  const beside = besideBatch(path)
  const flags = [...batch.flags]
  const claimed = await readSafeTransaction(beside.transaction).catch((error: unknown) => {
    if (!(error instanceof AirdropError)) throw error
    flags.push(`${basename(beside.transaction)} beside it cannot be read: ${error.message}`)
    return undefined
  })
  const text = await readTextIfAny(beside.text)
  const { chainId, safe, calls, name, description } = batch
  return { file, chainId, safe, calls, claimed, text, words: { name, description }, flags }
}
