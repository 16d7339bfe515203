import { plural } from "../../core/primitives/plural.ts"
import { openProgram } from "../../stages/deployment/open-airdrop.ts"
import { toChecksum } from "../../core/primitives/address.ts"
import type { EvidenceContext } from "../../core/reserve/grant-evidence.ts"
import { objectionsTo, unpayableReason } from "../../core/reserve/grant-objections.ts"
import { foldLedger, type Grant, type Ledger } from "../../core/reserve/ledger.ts"
import { ledgerPath, readLedger } from "../../stages/reserve/ledger-file.ts"
import type { LoadedProgram } from "../../stages/program/load-program.ts"
import { readTranche } from "../../stages/publication/read-tranche.ts"
import type { Output } from "../../io/terminal/output.ts"
import { floorsOnChain, readReserve } from "../../stages/reserve/read-reserve.ts"
import { readGrantContext } from "../../stages/reserve/grant-context.ts"
import { faultOf } from "../../stages/reserve/check-evidence.ts"
import { brokenFloors } from "../../core/reserve/root-diff.ts"

/** Checks every grant that is not revoked: its payee, its evidence, and the objections that were not overruled. */
export async function checkGrants(
  loaded: LoadedProgram,
  { rpc }: { readonly rpc?: string },
  out: Output,
): Promise<void> {
  const { folder, program } = loaded
  const { ledger } = await readLedger(ledgerPath(folder), program.token.decimals)
  const context = await readGrantContext(loaded)
  const open = rpc === undefined ? undefined : await openProgram(loaded, rpc)
  const move: EvidenceContext = { program: loaded.name, chainId: program.chainId }
  const findings: string[] = []
  let signed = 0
  for (const grant of ledger.grants.filter(({ revoked }) => revoked === undefined)) {
    const others = withoutGrant(ledger, grant)
    const objections = objectionsTo(context, others, grant).filter(
      (text) => !grant.overriddenChecks.includes(text),
    )
    const fault = await faultOf(move, grant, open?.provider, program.token.address)
    if (grant.evidence?.kind === "link" && fault === undefined) signed++
    const unpayable = unpayableReason(context, grant.account)
    for (const text of [unpayable, ...objections, fault].filter((one) => one !== undefined)) {
      findings.push(`grant ${grant.id} to ${toChecksum(grant.account)}: ${text}`)
    }
  }
  if (ledger.total > program.tranches.reserve) findings.push("the grants come to more than the reserve")
  const published = await readTranche(folder, program, "reserve")
  if (published !== undefined && ledger.cumulativeAt(published.root) === undefined) {
    findings.push(`the published root ${published.root} was not built from this ledger`)
  }
  if (rpc !== undefined) {
    const chain = await readReserve(loaded, ledger, rpc)
    for (const { account, because } of brokenFloors(ledger.current, floorsOnChain(ledger, chain))) {
      findings.push(`${toChecksum(account)} is granted less than what is ${because}`)
    }
  }
  for (const finding of findings) out.line(finding)
  const count = ledger.grants.filter(({ revoked }) => revoked === undefined).length
  out.line(
    `${plural(count, "grant")} checked, ${signed} of them by signature: ${findings.length} to look at.`,
  )
  out.json({ grants: count, signed, findings })
  if (findings.length > 0) process.exitCode = 1
}

/** Returns the ledger as it was when the grant was added, without the earlier grants that have been revoked. */
function withoutGrant({ grants }: Ledger, grant: Grant): Ledger {
  const before = grants.slice(0, grant.id - 1)
  return foldLedger([...before, ...before.flatMap(({ revoked }) => (revoked === undefined ? [] : [revoked]))])
}
