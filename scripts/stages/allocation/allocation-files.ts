import { join } from "node:path"
import { parseAddress, type Address } from "../../core/primitives/address.ts"
import type { Allocation, Entry, UnpaidReport } from "../../core/allocation/allocation.ts"
import { allocationCsv, allocationJson, unpaidCsv } from "../../core/allocation/allocation-json.ts"
import { parseAmount } from "../../core/primitives/amount.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { allocationSchema, decimalsSchema } from "../../core/allocation/allocation-schema.ts"
import { readCsv } from "../../io/disk/read-csv.ts"
import { schemaError } from "../../core/files/by-schema.ts"
import { readJson } from "../../io/disk/read-json.ts"
import { shownPath } from "../../io/disk/paths.ts"
import { writeChunksAtomic } from "../../io/disk/write-chunks.ts"

/** Writes allocation.csv and allocation.json into a program's folder. */
export async function writeAllocation(
  folder: string,
  allocation: Allocation,
  inputs: Readonly<Record<string, string>>,
): Promise<void> {
  const entries = await writeChunksAtomic(join(folder, "allocation.csv"), allocationCsv(allocation))
  await writeChunksAtomic(join(folder, "allocation.json"), allocationJson(allocation, { inputs, entries }))
}

/** Writes unpaid.csv into a program's folder: each account that is paid nothing, and why. */
export async function writeUnpaid(folder: string, unpaid: readonly UnpaidReport[]): Promise<void> {
  await writeChunksAtomic(join(folder, "unpaid.csv"), unpaidCsv(unpaid))
}

/** An allocation as its files have it, checked against each other. */
export interface StoredAllocation extends Allocation {
  /** SHA-256 of the files it follows from. */
  readonly inputs: Readonly<Record<string, string>>
}

/**
 * Reads allocation.json and the allocation.csv beside it.
 * @throws AirdropError if one is missing or malformed, or they do not belong together
 */
export async function readAllocation(folder: string): Promise<StoredAllocation> {
  const { stored, entriesHash } = await readAllocationJson(join(folder, "allocation.json"))
  const csv = join(folder, "allocation.csv")
  const { entries, sha256 } = await readEntries(csv, stored.token.decimals)
  if (sha256 !== entriesHash) {
    throw new AirdropError(`${shownPath(csv)}: does not match the hash in allocation.json`, {
      code: "inconsistent",
      hint: `Compute both again: ./airdrop allocate ${stored.program}`,
    })
  }
  return { ...stored, entries }
}

/**
 * Reads an allocation.csv: accounts in ascending order, amounts above zero.
 * @throws AirdropError with one line for each fault
 */
export async function readEntries(
  path: string,
  decimals: number,
): Promise<{ readonly entries: readonly Entry[]; readonly sha256: string }> {
  const entries: Entry[] = []
  let last: Address = "0x"
  const { sha256 } = await readCsv(path, {
    columns: ["account", "amount"],
    ignore: [],
    row: ([accountText = "", amountText = ""]) => {
      const account = parseAddress(accountText)
      const amount = parseAmount(amountText, decimals)
      if (account <= last)
        throw new AirdropError(`${accountText} is not above the account before it`, { code: "invalid-value" })
      if (amount === 0n)
        throw new AirdropError(`${accountText} has an amount of zero`, { code: "invalid-amount" })
      last = account
      entries.push({ account, amount })
    },
  })
  return { entries, sha256 }
}

/** Reads allocation.json alone: everything but the entries, of which it has only the hash. */
export async function readAllocationJson(
  path: string,
): Promise<{ readonly stored: StoredAllocation; readonly entriesHash: string }> {
  const json = await readJson(path, "./airdrop allocate writes it.")
  const decimals = decimalsSchema.safeParse(json.value)
  const parsed = allocationSchema(
    decimals.data?.token.decimals ?? 0,
    decimals.data?.units.quantityDecimals ?? 0,
    decimals.data?.units.valueDecimals ?? 0,
  ).safeParse(json.value)
  const hint = "./airdrop allocate writes it."
  if (!decimals.success) throw schemaError(decimals.error, json, shownPath(path), hint)
  if (!parsed.success) throw schemaError(parsed.error, json, shownPath(path), hint)
  const { entries, ...rest } = parsed.data
  return {
    stored: { ...rest, entries: [] },
    entriesHash: entries.sha256,
  }
}
