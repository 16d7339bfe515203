/** Programs that use every documented key of program.json and every form of a table, by their settings. */
import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import { snapshotText } from "../../scripts/core/snapshot/snapshot-json.ts"
import { formatStatement, STATEMENT_FILES } from "../../scripts/core/statements/statement-line.ts"
import type { AcceptedStatement, StatementTerms } from "../../scripts/core/statements/statement.ts"
import { address, OWNER, snapshotOf, vestingFor } from "./made-up.ts"
import { accept, accountOf, keyOf, termsOf } from "./statements.ts"
import { erc20Balances, type TokenBalances } from "../../scripts/core/readers/erc20-balances.ts"
import { networkIn } from "./staking-section.ts"

const PEOPLE = Array.from({ length: 6 }, (_, i) => address(i + 1))
const [ANN, BOB, CID] = [address(1), address(2), address(3)]
const VESTING = address(20)
const ELSEWHERE = address(30)
/** Who signs a link, a redirect, and a link of the vesting contract that names them. */
const [MOVED, REDIRECTED, BENEFICIARY] = [keyOf(1), keyOf(2), keyOf(3)]
const VESTED = address(21)
const [NEW, PAYEE, NEWER] = [address(31), address(32), address(33)]

/** The settings of a program, and the levels of each. The test takes each pair of levels at least once. */
export const SETTINGS = {
  source: [
    "session-staking",
    "points",
    "referrals",
    "stake-history",
    "conversion",
    "amounts",
    "erc20-balances",
  ],
  form: ["csv", "csv of Windows", "csv.gz", "json", "jsonl", "json.gz", "jsonl.gz"],
  columns: ["usual", "renamed", "ignored", "by position"],
  snapshot: ["none", "block", "time", "block of a staking contract"],
  eligibility: ["none", "default", "person", "address"],
  payTo: ["default", "beneficiary", "staker"],
  leavingNodes: ["default", "include", "exclude"],
  minimum: ["none", "1.5"],
  cap: ["none", "300"],
  exclude: ["none", "one"],
  overrides: ["none", "one"],
  reserve: ["none", "50.5"],
  statements: ["none", "links", "redirects", "both"],
  rest: ["none", "all"],
} as const

type Setting = keyof typeof SETTINGS
export type Choice = { readonly [Key in Setting]: (typeof SETTINGS)[Key][number] }
type Row = Readonly<Record<string, string>>

const NAMES = Object.keys(SETTINGS) as Setting[]

/** Chooses programs, one after the other, each with as many pairs of levels that no earlier one has as can be found. */
export function pairwise(): readonly Choice[] {
  const open = new Set<string>()
  const pair = (a: Setting, x: string, b: Setting, y: string): string => `${a}=${x} ${b}=${y}`
  for (const [i, a] of NAMES.entries())
    for (const b of NAMES.slice(i + 1))
      for (const x of SETTINGS[a]) for (const y of SETTINGS[b]) open.add(pair(a, x, b, y))
  const choices: Choice[] = []
  while (open.size > 0) {
    const chosen: Partial<Record<Setting, string>> = {}
    const [first = ""] = open
    for (const one of first.split(/ (?=[a-zA-Z]+=)/)) {
      const [name = "", level = ""] = one.split("=")
      chosen[name as Setting] = level
    }
    for (const name of NAMES) {
      if (chosen[name] !== undefined) continue
      const gain = (level: string): number =>
        NAMES.filter((other) => {
          const known = chosen[other]
          if (known === undefined) return false
          const [a, x, b, y] =
            NAMES.indexOf(other) < NAMES.indexOf(name)
              ? [other, known, name, level]
              : [name, level, other, known]
          return open.has(pair(a, x, b, y))
        }).length
      chosen[name] = [...SETTINGS[name]].sort((a, b) => gain(b) - gain(a))[0] ?? ""
    }
    for (const [i, a] of NAMES.entries())
      for (const b of NAMES.slice(i + 1)) open.delete(pair(a, chosen[a] ?? "", b, chosen[b] ?? ""))
    choices.push(chosen as Choice)
  }
  return choices
}

/** Returns the text of a table in one of its forms. */
function tableText(
  form: Choice["form"],
  head: readonly string[] | undefined,
  rows: readonly Row[],
): Uint8Array {
  const lines = rows.map((row) => JSON.stringify(row))
  const csv = (quote: string, end: string): string =>
    [
      ...(head === undefined ? [] : [head]),
      ...rows.map((row) => (head ?? Object.keys(row)).map((name) => row[name] ?? "")),
    ]
      .map((fields) => fields.map((field) => quote + field + quote).join(",") + end)
      .join("")
  const text = form.startsWith("jsonl")
    ? `${lines.join("\n")}\n`
    : form.startsWith("json")
      ? `[\n${lines.join(",\n")}\n]\n`
      : form === "csv of Windows"
        ? `\ufeff${csv('"', "\r\n")}`
        : csv("", "\n")
  return form.endsWith(".gz") ? gzipSync(text) : Buffer.from(text)
}

/** Writes tables as a choice wants them, and tells how program.json names them. */
function tableWriter(folder: string, { form, columns }: Choice) {
  const ending = form.startsWith("csv of") ? "csv" : form
  return async (name: string, rows: readonly Row[], isPlain = false): Promise<object> => {
    const usual = Object.keys(rows[0] ?? {})
    const isRenamed = columns === "renamed" && !isPlain
    const isCounted = columns === "by position" && !isPlain && ending.startsWith("csv")
    const isIgnored = columns === "ignored" && !isPlain
    const named = (column: string): string => (isRenamed ? `${column} of it` : column)
    const written = rows.map((row) => ({
      ...(isIgnored ? { remark: "x".repeat(200_000 / rows.length) } : {}),
      ...Object.fromEntries(Object.entries(row).map(([column, text]) => [named(column), text])),
    }))
    const head = [...(isIgnored ? ["remark"] : []), ...usual.map(named)]
    await writeFile(join(folder, `${name}.${ending}`), tableText(form, isCounted ? undefined : head, written))
    return {
      file: `${name}.${ending}`,
      ...(isRenamed ? { columns: Object.fromEntries(usual.map((column) => [column, named(column)])) } : {}),
      ...(isCounted ? { columns: Object.fromEntries(usual.map((column, i) => [column, i + 1])) } : {}),
      ...(isIgnored ? { ignore: ["remark"] } : {}),
    }
  }
}

type TableWriter = ReturnType<typeof tableWriter>

const ACCOUNTS = [...PEOPLE, VESTING]

/** Returns the accounts that statements speak for, where a program has statements. */
function signersOf({ statements }: Choice): readonly Address[] {
  if (statements === "none") return []
  return [accountOf(MOVED), accountOf(REDIRECTED), ...(statements === "redirects" ? [] : [VESTED])]
}

/** Writes links.jsonl and redirects.jsonl. Only a snapshot tells that a beneficiary signs for a vesting contract. */
async function writeStatements(folder: string, { statements }: Choice, isSnapshot: boolean): Promise<void> {
  const terms = (from: Address, to: Address): StatementTerms => termsOf({ program: "matrix", from, to })
  const links = [
    await accept(MOVED, terms(accountOf(MOVED), NEW)),
    ...(isSnapshot ? [await accept(BENEFICIARY, terms(VESTED, NEWER))] : []),
  ]
  const redirects = [await accept(REDIRECTED, { ...terms(accountOf(REDIRECTED), PAYEE), kind: "redirect" })]
  const text = (lines: readonly AcceptedStatement[]): string =>
    lines.map((line) => `${formatStatement(line)}\n`).join("")
  if (statements === "links" || statements === "both")
    await writeFile(join(folder, STATEMENT_FILES.link), text(links))
  if (statements === "redirects" || statements === "both")
    await writeFile(join(folder, STATEMENT_FILES.redirect), text(redirects))
}

async function sourceOf(choice: Choice, write: TableWriter): Promise<object> {
  const { source } = choice
  const rows = (make: (account: string, i: number) => Row): readonly Row[] =>
    [...ACCOUNTS, ...signersOf(choice)].map((account, i) => make(toChecksum(account), i))
  const points = async (): Promise<object> => ({
    kind: "points",
    ...(await write(
      "points",
      rows((account, i) => ({ account, points: `${i + 1}.5` })),
    )),
    unit: "stars",
    decimals: 1,
  })
  switch (source) {
    case "session-staking":
      return {
        kind: source,
        stakingContract: toChecksum(networkIn(snapshotOf([])).stakingContract),
        weights: { solo: "1.5", operator: "1.25", contributor: "1" },
      }
    case "erc20-balances":
      return {
        kind: source,
        token: toChecksum(HELD.token),
        symbol: "HELD",
        ...(isVault(choice)
          ? { fromBlock: 5 }
          : await write(
              "holders",
              rows((account) => ({ account })),
            )),
        assets: isVault(choice),
      }
    case "points":
      return await points()
    case "referrals":
      return {
        ...(await points()),
        referrals: {
          ...(await write("referrals", [{ referrer: toChecksum(ANN), referee: toChecksum(BOB) }])),
          referrerBonus: "0.1",
          refereeBonus: "0.05",
        },
      }
    case "stake-history":
      return {
        kind: source,
        ...(await write(
          "stakes",
          rows((account, i) => ({
            account,
            stake: `${i + 1}.25`,
            from: "2024-01-01T00:00:00Z",
            to: i % 2 === 0 ? "" : "2024-06-01T00:00:00Z",
          })),
        )),
        symbol: "OXEN",
        decimals: 9,
        start: "2024-02-01T00:00:00Z",
        close: "2024-12-01T00:00:00Z",
        registrations: await write(
          "registrations",
          rows((account, i) => ({
            account,
            registered: i === 4 ? "2025-01-01T00:00:00Z" : "2024-03-01T00:00:00Z",
          })),
        ),
      }
    case "conversion":
      return {
        kind: source,
        ...(await write(
          "conversions",
          rows((account, i) => ({ account, amount: `${i + 1}0.000000001`, time: "2025-06-01T00:00:00Z" })),
        )),
        symbol: "OXEN",
        decimals: 9,
        schedule: [
          { from: "2025-05-22T00:00:00Z", rate: "0.54" },
          { from: "2025-11-22T00:00:00Z", rate: null },
        ],
      }
    case "amounts":
      return {
        kind: source,
        ...(await write(
          "amounts",
          rows((account, i) => ({ account, amount: `${i + 1}0000000001` })),
        )),
        unit: "base",
      }
  }
}

/** A token whose balances count: another one than the program's. */
const HELD = { token: address(40), asset: address(41) }

/** Balances are those of a vault's holders found by events, or those of a list, by a setting that concerns neither. */
function isVault({ reserve }: Choice): boolean {
  return reserve === "none"
}

/** Returns the section of a program that reads balances: with the assets of a vault, or without. */
function balancesOf(choice: Choice): readonly [string, unknown] {
  const holders = [...ACCOUNTS, ...signersOf(choice)].sort().map((account, i) => ({
    account,
    balance: BigInt(i) * 10n ** 7n + 1n,
    ...(isVault(choice) ? { assets: BigInt(i) * 3n * 10n ** 6n } : {}),
  }))
  const section: TokenBalances = {
    token: HELD.token,
    decimals: 8,
    totalSupply: holders.reduce((sum, { balance }) => sum + balance, 0n),
    asset: isVault(choice) ? { address: HELD.asset, decimals: 6 } : null,
    holders,
  }
  return [erc20Balances.name, section]
}

/** Writes the program of a choice, with all of its files. */
export async function writeProgram(folder: string, choice: Choice): Promise<void> {
  await mkdir(folder, { recursive: true })
  const write = tableWriter(folder, choice)
  const source = await sourceOf(choice, write)
  const readsChain = choice.source === "session-staking" || choice.source === "erc20-balances"
  const wantsChain = readsChain && choice.snapshot === "none"
  const snapshot = wantsChain ? "block" : choice.snapshot
  const stakes = (list: readonly Address[]): readonly (readonly [Address, bigint])[] =>
    list.map((account, i) => [account, BigInt(i + 1) * 10n ** 12n])
  const network = snapshotOf(
    [
      { stakes: stakes(PEOPLE.slice(0, 3)) },
      { stakes: stakes([CID, VESTING]), leaving: true },
      { stakes: stakes(PEOPLE.slice(3)) },
      { stakes: stakes(signersOf(choice)) },
    ],
    [
      [VESTING, vestingFor(ANN)],
      [VESTED, vestingFor(accountOf(BENEFICIARY))],
      ...[ELSEWHERE, NEW, PAYEE, NEWER, accountOf(BENEFICIARY)].map(
        (account) => [account, { kind: "plain" }] as const,
      ),
    ],
  )
  const readsStakes = choice.source === "session-staking" || snapshot === "block of a staking contract"
  const sections = new Map([
    ...(readsStakes ? network.sections : []),
    ...(choice.source === "erc20-balances" ? [balancesOf(choice)] : []),
  ])
  if (snapshot !== "none")
    await writeFile(join(folder, "snapshot.json"), snapshotText({ ...network, sections }))
  await writeStatements(folder, choice, snapshot !== "none")
  const list = [ANN, BOB, CID, address(4), VESTING, ...signersOf(choice)].map((account) => ({
    account: toChecksum(account),
  }))
  const eligibility =
    choice.eligibility === "none"
      ? undefined
      : {
          ...(await write("recipients", list, true)),
          match: choice.eligibility === "default" ? undefined : choice.eligibility,
        }
  const isUnpayable = choice.payTo === "staker" && snapshot !== "none"
  const overrides = [
    ...(choice.overrides === "one" ? [{ account: BOB, payTo: ELSEWHERE, reason: "lost its key" }] : []),
    ...(isUnpayable ? [{ account: VESTING, payTo: ANN, reason: "cannot pay out" }] : []),
  ]
  const staking =
    snapshot === "block of a staking contract"
      ? {
          stakingContract: networkIn(network).stakingContract,
          implementation: networkIn(network).implementation,
        }
      : {}
  const program = {
    format: "merkle-airdrop/program@1",
    name: "matrix",
    description: choice.rest === "all" ? "each key, each pair" : undefined,
    icon: choice.rest === "all" ? "mark.svg" : undefined,
    chainId: 42161,
    chain:
      choice.rest === "all"
        ? {
            name: "Arbitrum",
            currency: "ETH",
            explorer: "https://arbiscan.io",
            rpcs: ["https://arb1.arbitrum.io/rpc", "http://127.0.0.1:8545"],
          }
        : undefined,
    token: { address: network.token.address, symbol: "SESH", decimals: 9 },
    tranches: { automatic: "1000", reserve: choice.reserve === "none" ? undefined : choice.reserve },
    source,
    snapshot:
      snapshot === "none"
        ? undefined
        : snapshot === "time"
          ? { time: "2025-11-21T00:00:00Z" }
          : { block: network.block.number, ...staking },
    eligibility,
    rules: {
      payTo: choice.payTo === "default" ? undefined : choice.payTo,
      leavingNodes: choice.leavingNodes === "default" ? undefined : choice.leavingNodes,
      minimum: choice.minimum === "none" ? undefined : choice.minimum,
      cap: choice.cap === "none" ? undefined : choice.cap,
      exclude: choice.exclude === "none" ? undefined : [{ account: address(4), reason: 'a, "b" and ü' }],
      overrides: overrides.length === 0 ? undefined : overrides,
    },
    contract: {
      owner: OWNER,
      reserveDelay: choice.rest === "all" ? 86400 : undefined,
      sweepTime: "2030-01-01T00:00:00Z",
    },
    attestation:
      choice.rest === "all"
        ? { attesters: [{ name: "Auditor", address: toChecksum(OWNER) }], required: 1 }
        : undefined,
    unconfirmed: choice.rest === "all" ? [{ field: "rules", reason: "not published" }] : undefined,
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(program, undefined, 2))
}

/** The settings with the most keys. */
export const BASE: Choice = {
  source: "amounts",
  form: "csv",
  columns: "ignored",
  snapshot: "block of a staking contract",
  eligibility: "person",
  payTo: "beneficiary",
  leavingNodes: "include",
  minimum: "1.5",
  cap: "300",
  exclude: "one",
  overrides: "one",
  reserve: "50.5",
  statements: "none",
  rest: "all",
}
