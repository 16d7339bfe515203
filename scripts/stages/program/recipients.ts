import type { Address } from "../../core/primitives/address.ts"
import { recipientsTable } from "../../core/sources/recipients-table.ts"
import { readTable } from "../../io/disk/read-table.ts"

/** A list of accounts, and the hash of the file it came from. */
export interface Recipients {
  readonly accounts: readonly Address[]
  readonly sha256: string
  /** One line for each kind of row that was skipped. */
  readonly warnings: readonly string[]
}

/**
 * Reads a table of one column, `account`.
 * @param chainId of the chain whose prefix addresses may have
 * @throws AirdropError with one line for each fault
 */
export async function readRecipients(path: string, chainId?: number): Promise<Recipients> {
  const { table, accounts } = recipientsTable()
  const { sha256, warnings } = await readTable(path, table, chainId)
  return { accounts, sha256, warnings }
}
