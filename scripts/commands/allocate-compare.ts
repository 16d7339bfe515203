import { requireOutput } from "../stages/program/output-file.ts"
import { dirname, join, resolve } from "node:path"
import { z } from "zod"
import { toChecksum } from "../core/primitives/address.ts"
import { allocate } from "../core/allocation/allocate.ts"
import type { Allocation, Entry } from "../core/allocation/allocation.ts"
import { formatAmount } from "../core/primitives/amount.ts"
import {
  compareAllocations,
  refuseInconsistent,
  type AccountChange,
  type Change,
  type GroupChange,
} from "../core/allocation/compare-allocations.ts"
import { comparisonCsv, comparisonLines } from "../core/report/comparison-text.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { readAllocationJson, readEntries } from "../stages/allocation/allocation-files.ts"
import { loadInputs } from "../stages/allocation/load-inputs.ts"
import { readJson } from "../io/disk/read-json.ts"
import { shownPath } from "../io/disk/paths.ts"
import { readProgramFile, type LoadedProgram } from "../stages/program/load-program.ts"
import { writeChunksAtomic } from "../io/disk/write-chunks.ts"
import type { Output } from "../io/terminal/output.ts"

/**
 * Shows what another program file would change on the same inputs, or how another allocation differs. Writes nothing
 * into the program's folder.
 * @param other a program.json with other weights or rules, or an allocation.json
 * @param csv the file for the change of each account; undefined to write none
 */
export async function runCompare(
  loaded: LoadedProgram,
  other: string,
  csv: string | undefined,
  force: boolean,
  out: Output,
): Promise<void> {
  if (csv !== undefined) {
    if (resolve(csv) === resolve(other)) {
      throw new AirdropError(`--csv would replace ${shownPath(other)}, which --compare reads`, {
        code: "usage",
      })
    }
    await requireOutput(csv, (start) => start.startsWith("account,now,then,change,"), { force })
  }
  const before = allocate(await loadInputs(loaded))
  const after = await otherAllocation(loaded, other)
  const comparison = compareAllocations(before, after)
  const { decimals } = before.token
  out.line(`${loaded.name}, compared with ${shownPath(other)} (${before.token.symbol})`)
  out.line()
  for (const line of comparisonLines(comparison, decimals)) out.line(line)
  if (csv !== undefined) await writeChunksAtomic(csv, comparisonCsv(comparison, decimals))
  const changeIn =
    (digits: number) =>
    (change: Change): unknown => ({
      now: formatAmount(change.before, digits),
      then: formatAmount(change.after, digits),
    })
  const change = changeIn(decimals)
  const { values, risks } = comparison
  const byGroup = (groups: readonly GroupChange[], write: (change: Change) => unknown): unknown =>
    Object.fromEntries(groups.map((group) => [group.group, write(group)]))
  const byAccount = (accounts: readonly AccountChange[]): unknown =>
    Object.fromEntries(accounts.map((one) => [toChecksum(one.account), change(one)]))
  out.json({
    program: loaded.name,
    derivations: comparison.isDerived ? "complete" : "omitted",
    allocated: change(comparison.allocated),
    undistributed: change(comparison.undistributed),
    groups: byGroup(comparison.groups, change),
    groupValues: byGroup(values.groups, changeIn(values.decimals)),
    participants: byAccount(comparison.participants),
    payees: byAccount(comparison.payees),
    risks: risks.map((risk) => ({
      ...risk,
      account: toChecksum(risk.account),
      amount: formatAmount(risk.amount, decimals),
    })),
  })
}

const format = z.looseObject({ format: z.string() })

async function otherAllocation(loaded: LoadedProgram, path: string): Promise<Allocation> {
  const parsed = format.safeParse((await readJson(path)).value)
  if (parsed.data?.format === "merkle-airdrop/program@1") {
    const { program, sha256 } = await readProgramFile(path)
    return allocate(await loadInputs({ ...loaded, program, hashes: { "program.json": sha256 } }))
  }
  if (parsed.data?.format === "merkle-airdrop/allocation@1") {
    return await readOther(path)
  }
  throw new AirdropError(`${shownPath(path)}: is neither a program.json nor an allocation.json`, {
    code: "file-format",
  })
}

/**
 * Reads the allocation.json that was named. If its derivations are omitted, the amounts come from the allocation.csv
 * beside it.
 */
async function readOther(path: string): Promise<Allocation> {
  const { stored, entriesHash } = await readAllocationJson(path)
  const other = stored.isDerived ? stored : { ...stored, entries: await readPaid(path, stored, entriesHash) }
  refuseInconsistent(shownPath(path), other)
  return other
}

async function readPaid(path: string, { token }: Allocation, hash: string): Promise<readonly Entry[]> {
  const csv = join(dirname(path), "allocation.csv")
  const { entries, sha256 } = await readEntries(csv, token.decimals)
  if (sha256 === hash) return entries
  throw new AirdropError(`${shownPath(csv)}: does not match the hash in ${shownPath(path)}`, {
    code: "inconsistent",
    hint: "Keep an allocation.json in a folder of its own, together with its allocation.csv.",
  })
}
