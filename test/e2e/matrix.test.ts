/**
 * One format, two readers: programs that use every documented key of program.json and every form of a table, each pair of
 * settings at least once, go through allocate, build, verify and verify.py. Programs with one fault each are refused by
 * both readers.
 */
import { execFile } from "node:child_process"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { expect } from "chai"
import { toChecksum, type Address } from "../../scripts/core/primitives/address.ts"
import * as allocateVerb from "../../scripts/commands/allocate.ts"
import * as buildVerb from "../../scripts/commands/build.ts"
import * as verifyVerb from "../../scripts/commands/verify.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { snapshotText } from "../../scripts/stages/snapshot/snapshot-file.ts"
import { address, OWNER, snapshotOf, vestingFor } from "../support/made-up.ts"
import { runVerb } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"

const PEOPLE = Array.from({ length: 6 }, (_, i) => address(i + 1))
const [ANN, BOB, CID] = [address(1), address(2), address(3)]
const VESTING = address(20)
const ELSEWHERE = address(30)

/** The settings of a program, and the levels of each. The test takes each pair of levels at least once. */
const SETTINGS = {
  source: ["session-staking", "points", "referrals", "stake-history", "conversion", "amounts"],
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
  rest: ["none", "all"],
} as const

type Setting = keyof typeof SETTINGS
type Choice = { readonly [Key in Setting]: (typeof SETTINGS)[Key][number] }
type Row = Readonly<Record<string, string>>

const NAMES = Object.keys(SETTINGS) as Setting[]

/** Chooses programs, one after the other, each with as many pairs of levels that no earlier one has as can be found. */
function pairwise(): readonly Choice[] {
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

/** The text of a table in one of its forms. */
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

async function sourceOf({ source }: Choice, write: TableWriter): Promise<object> {
  const rows = (make: (account: string, i: number) => Row): readonly Row[] =>
    ACCOUNTS.map((account, i) => make(toChecksum(account), i))
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
        stakingContract: toChecksum(snapshotOf([]).contracts.stakingContract),
        weights: { solo: "1.5", operator: "1.25", contributor: "1" },
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

/** Writes the program of a choice, with all of its files. */
async function writeProgram(folder: string, choice: Choice): Promise<void> {
  await mkdir(folder, { recursive: true })
  const write = tableWriter(folder, choice)
  const source = await sourceOf(choice, write)
  const wantsChain = choice.source === "session-staking" && choice.snapshot === "none"
  const snapshot = wantsChain ? "block" : choice.snapshot
  const stakes = (list: readonly Address[]): readonly (readonly [Address, bigint])[] =>
    list.map((account, i) => [account, BigInt(i + 1) * 10n ** 12n])
  const network = snapshotOf(
    [
      { stakes: stakes(PEOPLE.slice(0, 3)) },
      { stakes: stakes([CID, VESTING]), leaving: true },
      { stakes: stakes(PEOPLE.slice(3)) },
    ],
    [
      [VESTING, vestingFor(ANN)],
      [ELSEWHERE, { kind: "plain" }],
    ],
  )
  if (snapshot !== "none") await writeFile(join(folder, "snapshot.json"), snapshotText(network))
  const list = [ANN, BOB, CID, address(4), VESTING].map((account) => ({ account: toChecksum(account) }))
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
          stakingContract: network.contracts.stakingContract,
          implementation: network.contracts.implementations.stakingContract,
        }
      : {}
  const program = {
    format: "merkle-airdrop/program@1",
    name: "matrix",
    description: choice.rest === "all" ? "each key, each pair" : undefined,
    chainId: 42161,
    token: { address: network.contracts.token, symbol: "SESH", decimals: 9 },
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
    unconfirmed: choice.rest === "all" ? [{ field: "rules", reason: "not published" }] : undefined,
  }
  await writeFile(join(folder, "program.json"), JSON.stringify(program, undefined, 2))
}

const RUN_PYTHON = `
import importlib.util, json, os, sys
spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
sys.modules["verify"] = verify
spec.loader.exec_module(verify)
found = {}
for folder in sys.argv[3:]:
    if sys.argv[2] == "whole":
        found[folder] = [f"{path}: {text}" for path, text in verify.verify_program(folder, folder + "/proofs").problems]
        continue
    try:
        inputs = verify.Inputs(folder)
        verify.Allocation(verify.program_of(inputs), inputs)
        found[folder] = []
    except (verify.Wrong, *verify.MISSHAPEN) as error:
        found[folder] = [verify.words_of(error)]
print(json.dumps(found))
`

/** Asks verify.py about folders: "whole" compares what is published, "inputs" only reads and allocates. */
async function askPython(
  what: "whole" | "inputs",
  folders: readonly string[],
): Promise<Record<string, string[]>> {
  const script = join(PROJECT_ROOT, "scripts", "verify.py")
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(
      "python3",
      ["-c", RUN_PYTHON, script, what, ...folders],
      { maxBuffer: 1 << 26 },
      (error, out) => {
        if (error === null) resolve(out)
        else reject(new Error(error.message))
      },
    )
  })
  return JSON.parse(stdout) as Record<string, string[]>
}

/** One fault each, as an edit of a file of a program that both accept. */
const FAULTS: Readonly<Record<string, readonly [file: string, edit: (text: string) => string]>> = {
  "an unknown key": ["program.json", (text) => text.replace('"rules"', '"extra": 1, "rules"')],
  "a key twice": ["program.json", (text) => text.replace('"chainId"', '"chainId": 1, "chainId"')],
  "a fraction of a chain": ["program.json", (text) => text.replace("42161", "42161.5")],
  "a chain of text": ["program.json", (text) => text.replace("42161", '"42161"')],
  "chain 0": ["program.json", (text) => text.replace("42161", "0")],
  "too many decimals": ["program.json", (text) => text.replace('"decimals": 9', '"decimals": 37')],
  "a symbol with a blank": ["program.json", (text) => text.replace('"SESH"', '"SE SH"')],
  "an empty pool": ["program.json", (text) => text.replace('"1000"', '"0"')],
  "a pool of 79 digits": ["program.json", (text) => text.replace('"1000"', `"${"9".repeat(79)}"`)],
  "a description that is no text": ["program.json", (text) => text.replace('"each key, each pair"', "7")],
  "an unknown key of contract": ["program.json", (text) => text.replace('"owner"', '"boss": 1, "owner"')],
  "the zero address as owner": ["program.json", (text) => text.replace(OWNER, `0x${"00".repeat(20)}`)],
  "a negative delay": ["program.json", (text) => text.replace("86400", "-1")],
  "a sweep in year 1": ["program.json", (text) => text.replace("2030-", "0001-")],
  "a sweep on 30 February": ["program.json", (text) => text.replace("2030-01-01", "2030-02-30")],
  "a cap below the minimum": ["program.json", (text) => text.replace('"300"', '"1"')],
  "a cap of zero": ["program.json", (text) => text.replace('"300"', '"0"')],
  "an exclusion without a reason": [
    "program.json",
    (text) => text.replace(/"reason": "a[^}]*"/, '"reason": ""'),
  ],
  "an override without a reason": ["program.json", (text) => text.replace('"lost its key"', '""')],
  "an unknown match": ["program.json", (text) => text.replace('"person"', '"people"')],
  "a list in another folder": [
    "program.json",
    (text) => text.replace('"recipients.csv"', '"../recipients.csv"'),
  ],
  "an unconfirmed field without a reason": ["program.json", (text) => text.replace('"not published"', '""')],
  "an unknown key of unconfirmed": [
    "program.json",
    (text) => text.replace('"field"', '"where": "", "field"'),
  ],
  "an unknown column": [
    "program.json",
    (text) => text.replace('"ignore"', '"columns": {"x": "y"}, "ignore"'),
  ],
  "a column by position beside one by name": [
    "program.json",
    (text) => text.replace('"ignore"', '"columns": {"account": 1}, "ignore"'),
  ],
  "ignored columns that are no list": [
    "program.json",
    (text) => text.replace(/\[\s*"remark"\s*\]/, '"remark"'),
  ],
  "an unknown unit": ["program.json", (text) => text.replace('"base"', '"wei"')],
  "a snapshot of both": [
    "program.json",
    (text) => text.replace('"block": 7', '"block": 7, "time": "2026-01-01T00:00:00Z"'),
  ],
  "another staking contract": [
    "program.json",
    (text) => text.replace(/("stakingContract": ")0x\w{40}/, `$1${address(9)}`),
  ],
  "block 0": ["program.json", (text) => text.replace('"block": 7', '"block": 0')],
  "a carriage return alone": ["amounts.csv", (text) => text.replace("\n", "\r")],
  "a carriage return in quotes": ["amounts.csv", (text) => text.replace(/x+/, '"a\rb"')],
  "a carriage return in an ignored column": ["amounts.csv", (text) => text.replace(/x+/, "a\rb")],
  "a blank before an address": ["amounts.csv", (text) => text.replace(",0x", ", 0x")],
  "an exponent": ["amounts.csv", (text) => text.replace("10000000001", "1e10")],
  "an account twice": ["amounts.csv", (text) => text + (text.split("\n")[1] ?? "")],
  "a field too many": ["amounts.csv", (text) => text.replace(/\n$/, ",1\n")],
  "a number beyond 2^53": ["program.json", (text) => text.replace("42161", "9007199254740993")],
  "a minimum of too many decimals": ["program.json", (text) => text.replace('"1.5"', '"1.5000000001"')],
  "an open quote": ["amounts.csv", (text) => text.replace(",0x", ',"0x')],
}

/** Differences of layout that change nothing. */
const LAYOUTS: Readonly<Record<string, readonly [file: string, edit: (text: string) => string]>> = {
  "a byte-order mark": ["program.json", (text) => `\ufeff${text}`],
  "a whole number with a point": ["program.json", (text) => text.replace('"decimals": 9', '"decimals": 9.0')],
  "a whole number with an exponent": ["program.json", (text) => text.replace("86400", "864e2")],
  "Windows line ends": ["program.json", (text) => text.replaceAll("\n", "\r\n")],
  "a line end in quotes": ["amounts.csv", (text) => text.replace(/x+/, '"a\r\nb"')],
  "zeros after the last decimal": ["program.json", (text) => text.replace('"1.5"', '"1.5000000000"')],
  "empty lines": ["amounts.csv", (text) => text.replaceAll("\n", "\n\n")],
}

/** The same of tables in JSON. */
const JSON_FAULTS: Readonly<Record<string, readonly [form: Choice["form"], edit: (text: string) => string]>> =
  {
    "two objects on a line": ["jsonl", (text) => text.replace("}\n{", "} {")],
    "an object on two lines": ["jsonl", (text) => text.replace(",", ",\n")],
    "a comma between lines": ["jsonl", (text) => text.replace("}\n", "},\n")],
    "a nested value in an ignored column": ["json", (text) => text.replace(/"x+"/, "[1]")],
    "a value that is no number": ["json", (text) => text.replace(/"x+"/, "NaN")],
    "a number for a text": ["json", (text) => text.replace('"10000000001"', "10000000001")],
    "something after the rows": ["json", (text) => `${text}1`],
  }

const BASE: Choice = {
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
  rest: "all",
}

describe("program.json and its tables, read by both verifiers", () => {
  it("give the same allocation and publication for each pair of settings", async function () {
    this.timeout(180_000)
    await inScratch(async (scratch) => {
      const folders: string[] = []
      for (const [i, choice] of pairwise().entries()) {
        const folder = join(scratch, `p${i}`)
        await writeProgram(folder, choice)
        const told = JSON.stringify(choice)
        const allocated = await runVerb(allocateVerb, [folder])
        expect(allocated.status, `allocate ${told} ${String(allocated.error)}`).to.equal(0)
        const draft = choice.rest === "all" ? ["--draft"] : []
        const built = await runVerb(buildVerb, [folder, ...draft])
        expect(built.status, `build ${told} ${String(built.error)}`).to.equal(0)
        const verified = await runVerb(verifyVerb, [folder])
        expect(verified.status, `verify ${told} ${verified.lines.join("\n")}`).to.equal(0)
        folders.push(folder)
      }
      const wrong = Object.entries(await askPython("whole", folders)).filter(
        ([, problems]) => problems.length > 0,
      )
      expect(wrong).to.deep.equal([])
    })
  })

  it("are refused by both where they have one fault, and taken by both in another layout", async function () {
    this.timeout(120_000)
    await inScratch(async (scratch) => {
      const cases: { readonly what: string; readonly folder: string; readonly isFault: boolean }[] = []
      const add = async (
        what: string,
        choice: Choice,
        [file, edit]: readonly [string, (text: string) => string],
        isFault: boolean,
      ): Promise<void> => {
        const folder = join(scratch, `p${cases.length}`)
        await writeProgram(folder, choice)
        const text = await readFile(join(folder, file), "utf8")
        expect(edit(text), `${what} changes the file`).to.not.equal(text)
        await writeFile(join(folder, file), edit(text))
        cases.push({ what, folder, isFault })
      }
      for (const [what, change] of Object.entries(FAULTS)) await add(what, BASE, change, true)
      for (const [what, change] of Object.entries(LAYOUTS)) await add(what, BASE, change, false)
      for (const [what, [form, edit]] of Object.entries(JSON_FAULTS))
        await add(what, { ...BASE, form }, [`amounts.${form}`, edit], true)
      const python = await askPython(
        "inputs",
        cases.map(({ folder }) => folder),
      )
      const differing: string[] = []
      for (const { what, folder, isFault } of cases) {
        const { status, error } = await runVerb(allocateVerb, [folder])
        const theirs = python[folder] ?? []
        if ((status === 0) === isFault) differing.push(`${what}: allocate exits ${status} ${String(error)}`)
        if (theirs.length > 0 !== isFault) differing.push(`${what}: verify.py says ${theirs.join()}`)
      }
      expect(differing).to.deep.equal([])
    })
  })
})
