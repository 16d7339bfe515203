import { parseAddress, type Address } from "../../core/primitives/address.ts"
import { listedOnce } from "../../core/primitives/unique-rows.ts"
import { readTable } from "../../io/disk/read-table.ts"

/** A list of accounts, and the hash of the file it came from. */
export interface Recipients {
  readonly accounts: readonly Address[]
  readonly sha256: string
}

/**
 * Reads a table of one column, `account`.
 * @throws AirdropError with one line for each fault
 */
export async function readRecipients(path: string): Promise<Recipients> {
  const list = listedOnce()
  const { sha256 } = await readTable(path, {
    columns: ["account"],
    ignore: [],
    row: ([account = ""], line) => {
      list.add(parseAddress(account), line)
    },
  })
  return { accounts: list.accounts, sha256 }
}
