import { plural } from "../../core/primitives/plural.ts"
import { tokenAmount } from "../../core/primitives/token.ts"
import { join } from "node:path"
import { toChecksum, ZERO_ADDRESS, type Address } from "../../core/primitives/address.ts"
import { formatAmount } from "../../core/primitives/amount.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import type { TransferPath } from "../../core/reserve/grant-evidence.ts"
import { suggest, type SuggestedPath, type Suggestion } from "../../core/reserve/suggest-grants.ts"
import { transferGraph } from "../../core/reserve/transfer-graph.ts"
import { evidenceFields } from "../../core/reserve/ledger-line.ts"
import { isoTime } from "../../core/primitives/time.ts"
import type { LoadedProgram } from "../../stages/program/load-program.ts"
import { readRecipients } from "../../stages/program/recipients.ts"
import { requireOutput } from "../../stages/program/output-file.ts"
import { writeFileAtomic } from "../../io/disk/atomic-write.ts"
import type { Output } from "../../io/terminal/output.ts"
import { readGrantContext } from "../../stages/reserve/grant-context.ts"
import type { SuggestOptions } from "../../stages/reserve/suggest-terms.ts"
import { knownCuts, termsOf } from "../../stages/reserve/suggest-terms.ts"
import { fromFile, fromNode, type Followed } from "../../stages/reserve/transfer-source.ts"

/** Lists who may have been missed, with the transfers that lead there. It grants nothing. */
export async function suggestGrants(
  loaded: LoadedProgram,
  options: SuggestOptions,
  out: Output,
): Promise<void> {
  const context = await readGrantContext(loaded)
  const { snapshot, listed } = context
  if (snapshot === undefined || listed === undefined) {
    throw new AirdropError(`${loaded.name} needs a snapshot and a list of recipients for suggestions`, {
      code: "not-ready",
    })
  }
  const followed =
    options.transfers === undefined
      ? await fromNode(loaded, snapshot, options, out)
      : await fromFile(loaded, snapshot, options.transfers)
  const graph = transferGraph(followed.transfers)
  const known = options.cut === undefined ? [] : (await readRecipients(options.cut)).accounts
  const cut = new Map<Address, string>(knownCuts(loaded.program, snapshot, known))
  const terms = { ...termsOf(context, snapshot, listed, options), cut }
  // Contracts on the way are only looked up where they matter: until no path leads through an unknown one.
  let result = suggest(graph, terms)
  for (let asked = new Set<Address>(); ; result = suggest(graph, terms)) {
    const fresh = intermediates(result.found).filter(
      (address) => !asked.has(address) && !snapshot.accounts.has(address),
    )
    if (fresh.length === 0) break
    for (const address of fresh) {
      asked = asked.add(address)
      if (await followed.isContract(address))
        cut.set(address, "it is a contract that may pass tokens between unrelated people")
    }
  }
  await show(loaded, result.found, result.cut, followed, out)
}

function intermediates(found: readonly Suggestion[]): readonly Address[] {
  return [
    ...new Set(
      found.flatMap(({ paths }) =>
        paths.flatMap(({ transfers }) => transfers.slice(0, -1).map(({ to }) => to)),
      ),
    ),
  ]
}

async function show(
  { folder, program, name }: LoadedProgram,
  found: readonly Suggestion[],
  cut: ReadonlyMap<Address, string>,
  followed: Followed,
  out: Output,
): Promise<void> {
  const { token } = program
  const { decimals } = token
  const money = (value: bigint): string => tokenAmount(value, token)
  const rows: object[] = []
  for (const [i, { account, stake, paths, strength }] of found.entries()) {
    const evidence = await Promise.all(paths.map((path) => evidenceOf(path, followed)))
    out.line(
      `${i + 1}. ${toChecksum(account)} stakes ${money(stake)} (strength ${Math.round(strength)} of 1000)`,
    )
    for (const path of evidence) {
      out.line(`   from ${toChecksum(path.from)}`)
      for (const hop of path.hops) {
        out.line(
          `     ${isoTime(hop.time)}  ${money(hop.amount)} to ${toChecksum(hop.to)}  ${hop.transaction}`,
        )
      }
    }
    const [best] = evidence
    if (best !== undefined) {
      const file = join(folder, "suggestions", `${account}.json`)
      await requireOutput(file, isSuggestion, { hint: "Move it away: the evidence is written there." })
      await writeFileAtomic(file, `${JSON.stringify(evidenceFields(best, decimals), undefined, 2)}\n`)
    }
    rows.push({
      account: toChecksum(account),
      stake: formatAmount(stake, decimals),
      strength,
      paths: evidence.map((path) => evidenceFields(path, decimals)),
    })
  }
  out.line(
    found.length === 0
      ? "No account is found."
      : `${plural(found.length, "candidate")}, none granted yet. Their evidence is in suggestions/. To grant one: grants ${name} add ADDRESS AMOUNT --reason TEXT --evidence FILE`,
  )
  for (const [address, because] of cut) out.line(`   not followed through ${toChecksum(address)}: ${because}`)
  out.json({
    suggestions: rows,
    cut: Array.from(cut, ([address, because]) => ({ address: toChecksum(address), because })),
  })
}

/** Returns true for the beginning of a file that this verb writes for a candidate. */
function isSuggestion(start: string): boolean {
  return start.startsWith('{\n  "kind": "transfers",')
}

async function evidenceOf({ transfers }: SuggestedPath, { timeOf }: Followed): Promise<TransferPath> {
  const hops = transfers.map(async (transfer) => ({
    to: transfer.to,
    amount: transfer.amount,
    time: await timeOf(transfer),
    transaction: transfer.transaction,
  }))
  return { kind: "transfers", from: transfers[0]?.from ?? ZERO_ADDRESS, hops: await Promise.all(hops) }
}
