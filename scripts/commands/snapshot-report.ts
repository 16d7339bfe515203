/** The report of a snapshot, as lines for people and as JSON for programs. */
import { plural } from "../core/primitives/plural.ts"
import { toChecksum, type Address } from "../core/primitives/address.ts"
import { peopleOf } from "../core/snapshot/people.ts"
import type { Program } from "../core/program/program.ts"
import { payeeRisks } from "../core/allocation/payee-risks.ts"
import { sectionsOf, type Snapshot } from "../core/snapshot/snapshot.ts"
import type { Output } from "../io/terminal/output.ts"
import type { PinnedReader } from "../io/rpc/pinned-reader.ts"
import type { RpcClient } from "../io/rpc/client.ts"

export interface SnapshotReport {
  readonly program: Program
  readonly listed: readonly Address[]
  readonly out: Output
  readonly clients: readonly RpcClient[]
  readonly snapshot: Snapshot
  readonly reader: PinnedReader
  readonly proofSize: number | undefined
  /** The number of answers of an interrupted run that were used again. */
  readonly kept: number
}

/** Prints the report. */
export function reportSnapshot({
  program,
  listed,
  clients,
  snapshot,
  reader,
  kept,
  proofSize,
  out,
}: SnapshotReport): void {
  const kinds = new Map<string, number>()
  for (const { kind } of snapshot.accounts.values()) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  const sections = sectionsOf(snapshot).map(([section, value]) => ({
    name: section.name,
    summary: section.summary(value),
    ...section.report(value),
  }))
  const people = peopleOf(snapshot.accounts)
  const persons = [
    ...new Set(
      listed.map((account) => (program.rules.payTo === "staker" ? account : people.personOf(account))),
    ),
  ]
  const entries = persons.map((account) => ({ account, amount: 0n }))
  const risks = payeeRisks({ program, people }, entries)
  const stats = clients.map(({ host, stats: { requests, retries, bytesReceived } }) => ({
    host,
    requests,
    retries,
    bytesReceived,
  }))

  for (const { summary, lines } of sections) {
    out.line(summary)
    for (const line of lines) out.line(`  ${line}`)
  }
  out.line(plural(snapshot.accounts.size, "account"))
  for (const [kind, count] of [...kinds].sort()) out.line(`  ${String(count).padStart(4)}  ${kind}`)
  const unusable = risks.filter(({ kind }) => kind !== "empty")
  if (unusable.length > 0)
    out.line(`${unusable.length} possible payees cannot use, or may not be able to use, their tokens`)
  for (const { account, detail } of unusable) out.line(`  ${toChecksum(account)}  ${detail}`)
  for (const method of reader.byNumber)
    out.warn(`${reader.host} accepts no block hash for ${method}: read by number`)
  for (const { host, requests, retries, bytesReceived } of stats) {
    const found = kept > 0 ? `, ${kept} answers from an earlier run` : ""
    out.line(`${host}: ${requests} requests, ${retries} repeated, ${megabytes(bytesReceived)} MB${found}`)
  }
  out.line(
    `written: snapshot.json${proofSize === undefined ? "" : `, snapshot.proof (${megabytes(proofSize)} MB)`}`,
  )
  out.json({
    program: program.name,
    block: snapshot.block,
    sections: Object.fromEntries(sections.map(({ name, json }) => [name, json])),
    accounts: Object.fromEntries(kinds),
    risks: risks.map(({ account, kind, detail, resolved }) => ({
      account: toChecksum(account),
      kind,
      detail,
      resolved,
    })),
    providers: stats,
    proofBytes: proofSize ?? null,
  })
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2)
}
