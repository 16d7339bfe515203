import { plural } from "../../core/primitives/plural.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { toChecksum } from "../../core/primitives/address.ts"
import { formatAmount, humanAmount } from "../../core/primitives/amount.ts"
import type { Grant } from "../../core/reserve/ledger.ts"
import { evidenceFields } from "../../core/reserve/ledger-line.ts"
import { isoDay, isoTime } from "../../core/primitives/time.ts"
import { ledgerPath, readLedger } from "../../stages/reserve/ledger-file.ts"
import type { LoadedProgram } from "../../stages/program/load-program.ts"
import type { Output } from "../../io/terminal/output.ts"

/** Shows the ledger. */
export async function listGrants({ folder, program }: LoadedProgram, out: Output): Promise<void> {
  const { token } = program
  const { decimals, symbol } = token
  const { ledger, torn } = await readLedger(ledgerPath(folder), decimals)
  if (torn !== "") out.warn("the last line is unfinished and does not count; the next grant sets it aside")
  for (const grant of ledger.grants) {
    const amount = humanAmount(grant.amount, decimals).padStart(14)
    out.line(
      `${String(grant.id).padStart(4)}  ${toChecksum(grant.account)}${amount} ${symbol}  ${stateOf(grant)}`,
    )
    out.line(`      ${isoDay(grant.time)}  ${grant.reason}`)
    for (const objection of grant.overriddenChecks) out.line(`      overruled: ${objection}`)
  }
  const left = program.tranches.reserve - ledger.total
  const accounts = ledger.current.size
  out.line(
    `${tokenAmount(ledger.total, token)} to ${plural(accounts, "account")}, ${humanAmount(left, decimals)} left.`,
  )
  out.json({
    total: formatAmount(ledger.total, decimals),
    left: formatAmount(left, decimals),
    grants: ledger.grants.map((grant) => ({
      id: grant.id,
      account: toChecksum(grant.account),
      amount: formatAmount(grant.amount, decimals),
      reason: grant.reason,
      evidence: grant.evidence === undefined ? null : evidenceFields(grant.evidence, decimals),
      overriddenChecks: grant.overriddenChecks,
      time: isoTime(grant.time),
      revoked: grant.revoked === undefined ? null : grant.revoked.reason,
      roots: grant.roots,
    })),
    roots: ledger.roots.map(({ root, accountCount, total, time }) => ({
      root,
      accountCount,
      total: formatAmount(total, decimals),
      time: isoTime(time),
    })),
  })
}

function stateOf({ revoked, roots }: Grant): string {
  if (revoked !== undefined) return `revoked: ${revoked.reason}`
  const last = roots.at(-1)
  return last === undefined ? "not yet built" : `in root ${last.slice(0, 10)}…`
}
