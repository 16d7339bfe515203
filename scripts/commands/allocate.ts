import { plural } from "../core/primitives/plural.ts"
import { tokenAmount } from "../core/primitives/token.ts"
import type { Command } from "commander"
import { toChecksum } from "../core/primitives/address.ts"
import { allocate } from "../core/allocation/allocate.ts"
import type { Allocation } from "../core/allocation/allocation.ts"
import { unpaidCollector } from "../core/allocation/unpaid-reports.ts"
import { AirdropError } from "../core/primitives/error.ts"
import { writeAllocation, writeUnpaid } from "../stages/allocation/allocation-files.ts"
import { loadInputs } from "../stages/allocation/load-inputs.ts"
import { loadProgram } from "../stages/program/load-program.ts"
import { requireOwnFiles, type OwnFiles } from "../stages/program/output-file.ts"
import { writeReport } from "../stages/allocation/report-file.ts"
import { filePath } from "../io/terminal/options.ts"
import type { Output } from "../io/terminal/output.ts"
import { runCompare } from "./allocate-compare.ts"

/** Computes the amount of each account, and writes it with its derivation. */
interface Options {
  readonly compare?: string
  readonly csv?: string
  readonly force?: boolean
}

export function define(command: Command, out: () => Output): void {
  command
    .argument("<program>", "a folder of programs/, or the path of one")
    .option(
      "--compare <file>",
      "show what another program.json would change, or how an allocation.json differs",
      filePath,
    )
    .option("--csv <file>", "with --compare: write the change of each account to a file", filePath)
    .option("--force", "replace existing files that this command did not write")
    .action(async (nameOrPath: string, { compare, csv, force = false }: Options) => {
      if (compare !== undefined) await runCompare(await loadProgram(nameOrPath), compare, csv, force, out())
      else if (csv !== undefined) throw new AirdropError("--csv needs --compare", { code: "usage" })
      else await runAllocate(nameOrPath, out(), force)
    })
}

/**
 * Reads a program's inputs, computes its allocation and writes allocation.csv, allocation.json, unpaid.csv and
 * report.html into its folder.
 * @throws AirdropError, and writes nothing, if an input has faults or a payee could not use its tokens
 */
export async function runAllocate(nameOrPath: string, out: Output, force = false): Promise<Allocation> {
  const loaded = await loadProgram(nameOrPath)
  await requireOwnFiles(loaded.folder, OWN_FILES, { force })
  const inputs = await loadInputs(loaded)
  for (const warning of inputs.warnings) out.warn(warning)
  const unpaid = unpaidCollector()
  const allocation = allocate(inputs, { onUnpaid: unpaid.add })
  refuseUnresolved(allocation)
  await writeAllocation(loaded.folder, allocation, inputs.hashes)
  await writeUnpaid(loaded.folder, unpaid.reports)
  await writeReport(loaded.folder, allocation, inputs)
  print(allocation, out)
  return allocation
}

/** Recognizes, by its first characters, each file that this verb has written. */
const OWN_FILES: OwnFiles = {
  "allocation.csv": (start) => start.startsWith("account,amount\n"),
  "allocation.json": (start) => start.includes('"format": "merkle-airdrop/allocation@'),
  "unpaid.csv": (start) => start.startsWith("account,reason,detail\n"),
  "report.html": (start) => start.includes(`content="default-src 'none'; style-src 'unsafe-inline'"`),
}

function refuseUnresolved({ program, risks }: Allocation): void {
  const open = risks.filter(({ resolved }) => !resolved)
  if (open.length === 0) return
  const shown = open.slice(0, 20).map(({ account, detail }) => `${toChecksum(account)}: ${detail}`)
  const more = open.length > shown.length ? [`and ${open.length - shown.length} more`] : []
  const lines = [
    `${plural(open.length, "payee")} of ${program} could not use their tokens:`,
    ...shown,
    ...more,
  ]
  throw new AirdropError(lines, {
    code: "unresolved",
    hint: "Settle each in program.json: rules.exclude leaves it out, rules.overrides pays another address.",
  })
}

function print(allocation: Allocation, out: Output): void {
  const { token, entries } = allocation
  const amount = (value: bigint): string => tokenAmount(value, token)
  out.line(`${allocation.program}: ${amount(allocation.allocated)} to ${plural(entries.length, "payee")}`)
  out.line(`  undistributed   ${amount(allocation.undistributed)}`)
  out.line(`  participants    ${allocation.participantCount}`)
  if (allocation.unpaidCount > 0) out.line(`  unpaid          ${allocation.unpaidCount}; unpaid.csv says why`)
  for (const { rule, moved, losers, gainers } of allocation.ruleEffects) {
    out.line(`  ${rule.padEnd(16)}moved ${amount(moved)}: ${losers} get less, ${gainers} more`)
  }
  for (const warning of allocation.warnings) out.warn(`  ${warning}`)
  out.line("  written         allocation.csv, allocation.json, unpaid.csv, report.html")
  warnOfExcess(allocation, out)
  out.json({
    program: allocation.program,
    pool: allocation.pool,
    allocated: allocation.allocated,
    undistributed: allocation.undistributed,
    payees: entries.length,
    participants: allocation.participantCount,
    unpaid: allocation.unpaidCount,
    risks: allocation.risks.length,
  })
}

/**
 * Warns of a pool that the rules do not use up. This is mostly a mistake: the rest stays in the contract until it is
 * swept.
 */
function warnOfExcess({ pool, allocated, undistributed, token }: Allocation, out: Output): void {
  if (undistributed === 0n) return
  const amount = (value: bigint): string => tokenAmount(value, token)
  out.warn("")
  out.warn(`WARNING: ${amount(undistributed)} of the pool are paid to no account.`)
  out.warn(
    `  tranches.automatic is ${amount(pool)}, the payments add up to ${amount(allocated)}. Lower tranches.automatic, or ` +
      "the rest stays in the contract until the owner sweeps it.",
  )
}
