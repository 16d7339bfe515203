import { parseAddress } from "../../core/primitives/address.ts"
import { parseAmount } from "../../core/primitives/amount.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { parseTime } from "../../core/primitives/fields.ts"
import type { Transfer } from "../../core/ethereum/transfer.ts"
import { readCsv } from "../../io/disk/read-csv.ts"

/** Transfers from a file, and when each was made. */
export interface TransferFile {
  readonly transfers: readonly Transfer[]
  /** By the transfers' order. */
  readonly times: readonly Date[]
}

const HASH = /^0x[0-9a-f]{64}$/

/**
 * Reads transfers from a CSV file with the columns time, from, to, amount, transaction, ascending by time.
 * @throws AirdropError with one line for each fault
 */
export async function readTransferFile(path: string, decimals: number): Promise<TransferFile> {
  const transfers: Transfer[] = []
  const times: Date[] = []
  await readCsv(path, {
    columns: ["time", "from", "to", "amount", "transaction"],
    ignore: [],
    row: ([timeText = "", from = "", to = "", amountText = "", transaction = ""]) => {
      const time = parseTime(timeText)
      const before = times.at(-1)
      if (before !== undefined && time < before)
        throw new AirdropError(`${timeText} comes before the row above`, { code: "invalid-value" })
      if (!HASH.test(transaction))
        throw new AirdropError(`${JSON.stringify(transaction)} is not a transaction hash`, {
          code: "invalid-value",
        })
      const amount = parseAmount(amountText, decimals)
      if (amount === 0n) return
      const order = transfers.length
      const transfer = {
        from: parseAddress(from),
        to: parseAddress(to),
        amount,
        order,
        block: 0,
        transaction,
      }
      transfers.push(transfer)
      times.push(time)
    },
  })
  return { transfers, times }
}
