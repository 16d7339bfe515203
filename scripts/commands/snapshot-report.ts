/** The report of a snapshot, as lines for people and as JSON for programs. */
import { plural } from "../core/primitives/plural.ts"
import { toChecksum, type Address } from "../core/primitives/address.ts"
import { unusualNodes } from "../core/session/unusual-nodes.ts"
import { peopleOf } from "../core/session/people.ts"
import type { Program } from "../core/program/program.ts"
import { payeeRisks } from "../core/allocation/payee-risks.ts"
import type { Snapshot } from "../core/session/snapshot.ts"
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

const LISTED_IDS = 8

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
  const unusual = unusualNodes(snapshot.nodes)
  const people = peopleOf(snapshot.accounts)
  const persons = [
    ...new Set(
      listed.map((account) => (program.rules.payTo === "staker" ? account : people.personOf(account))),
    ),
  ]
  const entries = persons.map((account) => ({ account, amount: 0n }))
  const risks = payeeRisks({ program, snapshot, people }, entries)
  const stats = clients.map(({ host, stats: { requests, retries, bytesReceived } }) => ({
    host,
    requests,
    retries,
    bytesReceived,
  }))

  out.line(
    `${plural(snapshot.nodes.length, "node")}, read along the whole list from its first link to its last`,
  )
  for (const { what, nodes } of unusual) {
    const more = nodes.length > LISTED_IDS ? ", ..." : ""
    out.line(
      `  ${String(nodes.length).padStart(4)}  ${what} (${nodes.slice(0, LISTED_IDS).join(", ")}${more})`,
    )
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
    nodes: snapshot.nodes.length,
    accounts: Object.fromEntries(kinds),
    unusual: unusual.map(({ what, nodes }) => ({ what, nodes: nodes.map(String) })),
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
