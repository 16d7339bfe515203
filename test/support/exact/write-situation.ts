import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { toChecksum, type Address } from "../../../scripts/core/primitives/address.ts"
import { formatAmount } from "../../../scripts/core/primitives/amount.ts"
import { isoTime } from "../../../scripts/core/primitives/time.ts"
import { snapshotText } from "../../../scripts/core/snapshot/snapshot-json.ts"
import type { Account } from "../../../scripts/core/snapshot/account.ts"
import { formatStatement } from "../../../scripts/core/statements/statement-line.ts"
import type { StatementKind } from "../../../scripts/core/statements/statement.ts"
import { OWNER, REWARDS, snapshotOf, TOKEN, vestingFor } from "../made-up.ts"
import { accept, accountOf, sign, termsOf } from "../statements.ts"
import { KEYS } from "./random-situation.ts"
import type { Network, Pair, Situation, SourceCase } from "./situation.ts"
import { networkIn, withNetwork } from "../staking-section.ts"

const ZERO = `0x${"0".repeat(40)}`

/** Writes a situation as the files of a program. The folder has nothing else afterwards. */
export async function writeSituation(folder: string, situation: Situation): Promise<void> {
  const { network, eligibility, links, redirects } = situation
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const put = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, name), text)
  }
  if (network !== undefined) await put("snapshot.json", snapshotText(snapshotFrom(network, situation)))
  if (eligibility !== undefined) {
    await put(
      "recipients.csv",
      table(
        "account",
        eligibility.listed.map((account) => [account]),
      ),
    )
  }
  for (const [name, text] of Object.entries(tablesOf(situation.source))) await put(name, text)
  if (links.length > 0) await put("links.jsonl", await statements("link", links))
  if (redirects.length > 0) await put("redirects.jsonl", await statements("redirect", redirects))
  await put("program.json", JSON.stringify(programOf(situation)))
}

function programOf({ pool, decimals, source, network, eligibility, rules }: Situation): object {
  const { minimum, cap, exclude, overrides } = rules
  return {
    format: "merkle-airdrop/program@1",
    name: "made-up",
    chainId: 42161,
    token: { address: TOKEN, symbol: "TOK", decimals },
    tranches: { automatic: formatAmount(pool, decimals) },
    source: settingsOf(source),
    snapshot: network === undefined ? undefined : { block: 7, ...contractsUnless(source) },
    eligibility: eligibility === undefined ? undefined : { file: "recipients.csv", match: eligibility.match },
    rules: {
      payTo: rules.payTo,
      leavingNodes: rules.leavingNodes,
      minimum: minimum === 0n ? undefined : formatAmount(minimum, decimals),
      cap: cap === undefined ? undefined : formatAmount(cap, decimals),
      exclude: exclude.map((account) => ({ account, reason: "asked" })),
      overrides: overrides.map(([account, payTo]) => ({ account, payTo, reason: "asked" })),
    },
    contract: { owner: OWNER },
  }
}

/** Names the staking contract of the snapshot where the source does not. */
function contractsUnless({ kind }: SourceCase): object {
  return kind === "session-staking" ? {} : { stakingContract: REWARDS }
}

function settingsOf(source: SourceCase): object {
  switch (source.kind) {
    case "session-staking":
      return { ...source, stakingContract: REWARDS }
    case "points": {
      const { kind, decimals, referrals } = source
      const settings = { kind, decimals, file: "rows.csv" }
      if (referrals === undefined) return settings
      const { referrerBonus, refereeBonus } = referrals
      return { ...settings, referrals: { file: "referrals.csv", referrerBonus, refereeBonus } }
    }
    case "stake-history":
      return {
        kind: source.kind,
        file: "rows.csv",
        symbol: "OXEN",
        decimals: source.decimals,
        start: isoTime(source.start),
        close: isoTime(source.close),
        registrations: { file: "registrations.csv" },
      }
    case "conversion":
      return {
        kind: source.kind,
        file: "rows.csv",
        symbol: "OXEN",
        decimals: source.decimals,
        schedule: source.schedule.map(([from, rate]) => ({ from: isoTime(from), rate })),
      }
    case "amounts":
      return { kind: source.kind, file: "rows.csv", unit: source.unit }
  }
}

function tablesOf(source: SourceCase): Readonly<Record<string, string>> {
  switch (source.kind) {
    case "session-staking":
      return {}
    case "points":
      return {
        "rows.csv": table("account,points", source.rows),
        ...(source.referrals === undefined
          ? {}
          : { "referrals.csv": table("referrer,referee", source.referrals.rows) }),
      }
    case "stake-history":
      return {
        "rows.csv": table(
          "account,stake,from,to",
          source.rows.map(([account, stake, from, to]) => [
            account,
            stake,
            isoTime(from),
            to === undefined ? "" : isoTime(to),
          ]),
        ),
        "registrations.csv": table(
          "account,registered",
          source.registrations.map(([account, time]) => [account, isoTime(time)]),
        ),
      }
    case "conversion":
      return {
        "rows.csv": table(
          "account,amount,time",
          source.rows.map(([account, amount, time]) => [account, amount, isoTime(time)]),
        ),
      }
    case "amounts":
      return { "rows.csv": table("account,amount", source.rows) }
  }
}

function table(head: string, rows: readonly (readonly string[])[]): string {
  return [head, ...rows.map((row) => row.join(","))].map((line) => `${line}\n`).join("")
}

function snapshotFrom(
  { nodes, vesting }: Network,
  { source, eligibility, links, redirects, rules }: Situation,
): ReturnType<typeof snapshotOf> {
  const rows = "rows" in source ? source.rows.map(([account]) => account) : []
  const referred = source.kind === "points" ? (source.referrals?.rows ?? []).flat() : []
  const named = [
    ...rows,
    ...referred,
    ...(source.kind === "stake-history" ? source.registrations.map(([account]) => account) : []),
    ...(eligibility?.listed ?? []),
    ...[...links, ...redirects, ...rules.overrides, ...vesting].flat(),
    ...rules.exclude,
    ...nodes.map(({ operator }) => operator),
  ]
  const plain = named
    .filter((account) => account !== ZERO)
    .map((account): readonly [Address, Account] => [account, { kind: "plain" }])
  const snapshot = snapshotOf(nodes, [
    ...plain,
    ...vesting.map(([contract, beneficiary]) => [contract, vestingFor(beneficiary)] as const),
  ])
  return withNetwork(snapshot, {
    nodes: networkIn(snapshot).nodes.map((node, i) => ({
      ...node,
      operator: nodes[i]?.operator ?? node.operator,
    })),
  })
}

async function statements(kind: StatementKind, pairs: readonly Pair[]): Promise<string> {
  const lines = await Promise.all(
    pairs.map(async ([from, to]) => {
      const terms = termsOf({ kind, from, to })
      const consent = kind === "link" ? { consent: await sign(keyOfAccount(to), terms) } : {}
      return `${formatStatement(await accept(keyOfAccount(from), terms, consent))}\n`
    }),
  )
  return lines.join("")
}

function keyOfAccount(account: Address): (typeof KEYS)[number] {
  const key = KEYS.find((one) => accountOf(one) === account)
  if (key === undefined) throw new Error(`${toChecksum(account)} has no key`)
  return key
}
