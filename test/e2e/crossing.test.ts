/**
 * Both readers of the formats on inputs in which one value was changed: each value of program.json, snapshot.json and
 * grants.jsonl to each of a list of values that readers often disagree on, and each table by each of a list of edits.
 * Both must refuse the input, or give the same files. `--deep` tries all combinations.
 */
import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { expect } from "chai"
import { allocate } from "../../scripts/core/allocation/allocate.ts"
import { allocationCsv, allocationJson, unpaidCsv } from "../../scripts/core/allocation/allocation-json.ts"
import { allocationSchema } from "../../scripts/core/allocation/allocation-schema.ts"
import { unpaidCollector } from "../../scripts/core/allocation/unpaid-reports.ts"
import { AirdropError } from "../../scripts/core/primitives/error.ts"
import { toHex } from "../../scripts/core/primitives/bytes.ts"
import { parseLedgerLine } from "../../scripts/core/reserve/ledger-line.ts"
import { foldLedger } from "../../scripts/core/reserve/ledger.ts"
import { loadInputs } from "../../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../../scripts/stages/program/load-program.ts"
import { readLedger } from "../../scripts/stages/reserve/ledger-file.ts"
import { reserveTree } from "../../scripts/stages/reserve/make-reserve.ts"
import { announceSeed, DEEP, SEED } from "../support/fuzz.ts"
import { address } from "../support/made-up.ts"
import { BASE, type Choice, SETTINGS, writeProgram } from "../support/matrix-programs.ts"
import { startPythonVerifier, type PythonVerifier } from "../support/python-verifier.ts"
import { randomFrom } from "../support/tamper.ts"

/** Of so many cases one is tried in an ordinary run. */
const EVERY = { programs: 25, snapshots: 10, ledgers: 12, tables: 4 } as const

const V78 = "9".repeat(78)
const HASH = `0x${"ab".repeat(32)}`
const VALUES: readonly unknown[] = [
  ...[null, true, false, 0, 1, -1, 2, 7, 18, 19, 36, 37, 300, 42161, 1.5, 1e21, 2 ** 53 - 1, 2 ** 53],
  ...["", " ", "0", "1", "01", "1.", ".5", "+1", "1e3", "0x10", "٣", "1.0", V78, `9${V78}`],
  ...[`0.${"0".repeat(40)}`, `0.${"1".repeat(18)}`, `0.${"1".repeat(19)}`, `1.${"1".repeat(36)}`],
  ...[
    "79228162514264337593.543950335",
    "79228162514264337593.543950336",
    "115792089237316195423570985008687907853",
  ],
  ...[
    [],
    {},
    [1],
    [""],
    ["x"],
    [null],
    { a: 1 },
    [[]],
    "x",
    "../x",
    "\ud800",
    "a\u0000b",
    "\u0085",
    "\ufeff",
  ],
  ...[`0x${"0".repeat(40)}`, `0x${"f".repeat(40)}`, `0X${"F".repeat(40)}`, `0x0A${"0".repeat(37)}A`],
  ...[`arb1:${address(1)}`, `eip155:42161:${address(1)}`, HASH, HASH.toUpperCase(), "0x12", "0x1"],
  ...["1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"],
  ...["2025-02-29T00:00:00Z", "2025-11-21T00:00:60Z", "2025-11-21T24:00:00Z", "2025-11-21T00:00:00.000Z"],
  ...["program.json", "allocation.csv", "GRANTS.jsonl", "recipients.csv", "x".repeat(300)],
  ...[
    "beneficiary",
    "staker",
    "address",
    "person",
    "include",
    "exclude",
    "base",
    "token",
    "account",
    "amount",
  ],
  ...[
    "https://a.b",
    "https://a.b/",
    "http://a.b",
    "http://localhost:1/x",
    "https://[::1]",
    "https://a@b",
    "https://a\u0085b",
  ],
  ...["plain", "empty", "contract", "safe", "eip7702", "vesting-staking", "note", "link", "transfers"],
]

type Path = readonly (string | number)[]

/** Yields the path of each value within a JSON value. */
function* pathsOf(value: unknown, at: Path = []): Generator<Path> {
  if (at.length > 0) yield at
  if (typeof value !== "object" || value === null) return
  for (const [key, inner] of Object.entries(value))
    yield* pathsOf(inner, [...at, Array.isArray(value) ? Number(key) : key])
}

/** Returns a copy in which the value at a path is another, or is not there. */
function replaced(
  value: unknown,
  [first, ...rest]: Path,
  other: { readonly value: unknown } | undefined,
): unknown {
  if (first === undefined) return other?.value
  const copy = Array.isArray(value) ? Array.from<unknown>(value) : { ...(value as object) }
  const members = copy as Record<string | number, unknown>
  if (rest.length > 0 || other !== undefined) members[first] = replaced(members[first], rest, other)
  else if (Array.isArray(copy)) copy.splice(Number(first), 1)
  else Reflect.deleteProperty(copy, first)
  return copy
}

/** Yields every changed text of a JSON value, with a description of the change. */
function* alteredTexts(
  sound: unknown,
  write: (value: unknown) => string,
): Generator<readonly [string, string]> {
  for (const path of pathsOf(sound)) {
    const name = path.join(".")
    yield [`${name} deleted`, write(replaced(sound, path, undefined))]
    for (const value of VALUES) {
      yield [`${name} is ${JSON.stringify(value).slice(0, 80)}`, write(replaced(sound, path, { value }))]
    }
    const inner = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], sound)
    if (typeof inner !== "object" || inner === null) continue
    if (Array.isArray(inner)) {
      const items: readonly unknown[] = inner
      yield [`${name} doubled`, write(replaced(sound, path, { value: [...items, ...items] }))]
      continue
    }
    for (const key of ["extra", "__proto__", "constructor"]) {
      const text = write(replaced(sound, path, { value: { ADDED: 1, ...inner } }))
      yield [`${name} has ${key}`, text.replace('"ADDED"', JSON.stringify(key))]
    }
  }
}

/** Edits of the text of a table. */
const EDITS: Readonly<Record<string, (text: string) => string>> = {
  "a byte-order mark": (text) => `\ufeff${text}`,
  "two byte-order marks": (text) => `\ufeff\ufeff${text}`,
  "Windows line ends": (text) => text.replaceAll(/\r?\n/g, "\r\n"),
  "a lone CR": (text) => text.replace("\n", "\r"),
  "a CR at the end": (text) => `${text}\r`,
  "no line end at the end": (text) => text.trimEnd(),
  "empty lines": (text) => text.replaceAll("\n", "\n\n"),
  "lines of blanks": (text) => text.replaceAll("\n", "\n \t\u00a0\n"),
  "rows of separators": (text) => `${text},,,\n,\n`,
  "rows of separators and blanks": (text) => `${text} , ,\n`,
  "a row of other blanks": (text) => `${text}\u2003,\u2003\n`,
  "a row of empty quotes": (text) => `${text}"",""\n`,
  "a quoted header": (text) => text.replace(/^([\ufeffa-z]+)/i, '"$1"'),
  "a header in upper case": (text) => text.replace(/^.*\n/, (line) => line.toUpperCase()),
  "a header with a blank": (text) => text.replace("account", " account"),
  "no header": (text) => text.replace(/^.*\n/, ""),
  "the header twice": (text) => text.replace(/^.*\n/, (line) => line + line),
  "a column twice": (text) => text.replaceAll("\n", ",x\n").replace(",x", ",account"),
  "an unknown column": (text) => text.replaceAll("\n", ",x\n"),
  "a field too few": (text) => text.replace(/,[^,\n]*\n$/, "\n"),
  "a quote within": (text) => text.replace(/(0x\w+)/, '$1"'),
  "a quoted field": (text) => text.replace(/(0x\w+)/, '"$1"'),
  "a quoted field and more": (text) => text.replace(/(0x\w+)/, '"$1"x'),
  "an open quote": (text) => text.replace(/(0x\w+)/, '"$1'),
  "a blank after an address": (text) => text.replace(/(0x\w+)/, "$1 "),
  "a no-break space": (text) => text.replace(/(0x\w+)/, "\u00a0$1"),
  "a zero-width space": (text) => text.replace(/(0x\w+)/, "$1\u200b"),
  "the prefix of the chain": (text) => text.replace(/(0x\w+)/, "arb1:$1"),
  "that prefix in upper case": (text) => text.replace(/(0x\w+)/, "ARB1:$1"),
  "the prefix of another chain": (text) => text.replace(/(0x\w+)/, "eth:$1"),
  "a CAIP-10 prefix": (text) => text.replace(/(0x\w+)/, "eip155:42161:$1"),
  "a CAIP-10 prefix of another chain": (text) => text.replace(/(0x\w+)/, "eip155:1:$1"),
  "an address in upper case": (text) => text.replace(/(0x\w+)/, (found) => found.toUpperCase()),
  "an address in lower case": (text) => text.replace(/(0x\w+)/, (found) => found.toLowerCase()),
  "a wrong checksum": (text) => text.replace(/0x0a/, "0x0A"),
  "the zero address": (text) => text.replace(/(0x\w+)/, `0x${"0".repeat(40)}`),
  "a number of 78 digits": (text) => text.replace(/(,"?)\d+(?:\.\d+)?("?[,\n])/, `$1${V78}$2`),
  "a number of 79 digits": (text) => text.replace(/(,"?)\d+(?:\.\d+)?("?[,\n])/, `$19${V78}$2`),
  "a number of zero": (text) => text.replace(/(,"?)\d+(?:\.\d+)?("?[,\n])/, "$10$2"),
  "a number with a plus": (text) => text.replace(/(,"?)(\d)/, "$1+$2"),
  "a number with a comma": (text) => text.replace(/(,"?)(\d)/, '$1"1,$2"'),
  "an exponent": (text) => text.replace(/(,"?\d+)/, "$1e2"),
  "a leading zero": (text) => text.replace(/(,"?)(\d)/, "$10$2"),
  "Arabic digits": (text) => text.replace(/(,"?)\d/, "$1٣"),
  "many zeros after the point": (text) =>
    text.replace(/(,"?\d+)(?:\.\d+)?("?[,\n])/, `$1.${"0".repeat(60)}$2`),
  "the last row twice": (text) => text + (/[^\n]*\n$/.exec(text)?.[0] ?? ""),
  "the first two rows swapped": (text) => text.replace(/(\n.*)(\n.*)\n/, "$2$1\n"),
  "a NUL": (text) => text.replace(/(0x\w+)/, "$1\u0000"),
  "a form feed for a line end": (text) => text.replace("\n", "\f"),
  "a line separator in a field": (text) => text.replace(/(0x\w+)/, "$1\u2028"),
  "tabs for commas": (text) => text.replaceAll(",", "\t"),
  "semicolons for commas": (text) => text.replaceAll(",", ";"),
  "a sep= line": (text) => `sep=,\n${text}`,
  "a comment": (text) => `# list\n${text}`,
  nothing: () => "",
  "a blank line alone": () => "\n",
  "a header alone": (text) => /^.*\n/.exec(text)?.[0] ?? "",
  "a comma at the end": (text) => text.replace(/\}\s*\]\s*$/, "},]"),
  "a comma between lines": (text) => text.replaceAll("}\n", "},\n"),
  "a number for a text": (text) => text.replace(/:"(\d+)/, ':$1,"x":"'),
  "a key twice": (text) => text.replace("{", '{"account":"x",'),
  "a key that JavaScript may lose": (text) => text.replace("{", '{"__proto__":"x",'),
  "a null": (text) => text.replace(/"account":"\w+"/, '"account":null'),
  "an escape": (text) => text.replace("0x0", "\\u0030x0"),
  "an empty array": () => "[]\n",
  "an empty object": () => "{}\n",
  "an ignored number of many digits": (text) => text.replace("{", `{"remark":${"9".repeat(5000)},`),
  "two values": (text) => text + text,
}

const FORMS = SETTINGS.form

describe("Both readers of the formats", function () {
  this.timeout(DEEP ? 3_600_000 : 600_000)
  let scratch: string
  let python: PythonVerifier
  const random = randomFrom(SEED)
  const isTried = (every: number): boolean => DEEP || random(every) === 0

  before(async () => {
    announceSeed()
    scratch = await mkdtemp(join(tmpdir(), "airdrop-crossing-"))
    python = startPythonVerifier()
  })
  after(async () => {
    python.close()
    await rm(scratch, { recursive: true, force: true })
  })

  /** Says how the two readers differ on a program; undefined if they agree. */
  const difference = async (folder: string): Promise<string | undefined> => {
    const [ours, theirs] = [await allocated(folder), await python.allocate(folder)]
    if (typeof ours === "string" && !theirs.ok) return undefined
    if (typeof ours === "string") return `verify.py accepts what allocate refuses: ${ours}`
    if (!theirs.ok) return `allocate accepts what verify.py refuses: ${theirs.findings[0]?.problem ?? ""}`
    const names = Object.entries(ours).filter(([name, text]) => theirs.texts[name] !== text)
    return names.length === 0 ? undefined : `their texts of ${names.map(([name]) => name).join()} differ`
  }

  it("agree on program.json, whichever value of it is changed", async () => {
    const differing: string[] = []
    for (const source of SETTINGS.source) {
      for (const columns of SETTINGS.columns) {
        const folder = join(scratch, `program-${source}-${columns}`)
        await writeProgram(folder, { ...BASE, source, columns })
        const path = join(folder, "program.json")
        const sound: unknown = JSON.parse(await readFile(path, "utf8"))
        const isFirst = source === "amounts" && columns === "ignored"
        for (const [what, text] of alteredTexts(sound, JSON.stringify)) {
          if (!(isFirst || what.startsWith("source")) || !isTried(EVERY.programs)) continue
          await writeFile(path, text)
          const found = await difference(folder)
          if (found !== undefined) differing.push(`${source}: ${what}: ${found}`)
        }
      }
    }
    expect(differing).to.deep.equal([])
  })

  it("agree on snapshot.json, whichever value of it is changed", async () => {
    const folder = join(scratch, "snapshot")
    await writeProgram(folder, { ...BASE, source: "session-staking" })
    const path = join(folder, "snapshot.json")
    const sound: unknown = JSON.parse(await readFile(path, "utf8"))
    const differing: string[] = []
    for (const [what, text] of alteredTexts(sound, JSON.stringify)) {
      if (/^nodes\.[1-9]/.test(what) || !isTried(EVERY.snapshots)) continue
      await writeFile(path, text)
      const found = await difference(folder)
      if (found !== undefined) differing.push(`${what}: ${found}`)
    }
    expect(differing).to.deep.equal([])
  })

  it("agree on tables of every form, however they are edited", async () => {
    const differing: string[] = []
    for (const source of SETTINGS.source.filter((one) => one !== "session-staking")) {
      for (const form of FORMS) {
        const choice: Choice = { ...BASE, source, form, columns: "usual" }
        const folder = join(scratch, `table-${source}-${form}`)
        await writeProgram(folder, choice)
        const { file } = (
          JSON.parse(await readFile(join(folder, "program.json"), "utf8")) as { source: { file?: string } }
        ).source
        if (file === undefined) continue
        const path = join(folder, file)
        const packed = file.endsWith(".gz")
        const sound = packed ? undefined : await readFile(path, "utf8")
        if (sound === undefined) continue
        for (const [what, edit] of Object.entries(EDITS)) {
          if (edit(sound) === sound || !isTried(EVERY.tables)) continue
          await writeFile(path, edit(sound))
          const found = await difference(folder)
          if (found !== undefined) differing.push(`${source} ${form}: ${what}: ${found}`)
        }
        await writeFile(path, Buffer.from(sound, "utf16le"))
        const found = await difference(folder)
        if (found !== undefined) differing.push(`${source} ${form}: UTF-16: ${found}`)
      }
    }
    expect(differing).to.deep.equal([])
  })

  it("agree on packed tables that are damaged", async () => {
    const folder = join(scratch, "packed")
    const differing: string[] = []
    for (const form of ["csv.gz", "json.gz"] as const) {
      await writeProgram(folder, { ...BASE, form, columns: "usual" })
      const path = join(folder, `amounts.${form}`)
      const sound = [...(await readFile(path))]
      const damages: readonly (readonly [string, Uint8Array])[] = [
        ["cut", Uint8Array.from(sound.slice(0, -9))],
        ["not packed", Buffer.from("account,amount\n")],
        ["twice", Uint8Array.from([...sound, ...sound])],
        ["packed twice", gzipSync(Uint8Array.from(sound))],
        ...sound.map(
          (_, at) => [`byte ${at}`, Uint8Array.from(sound.with(at, (sound[at] ?? 0) ^ 0x55))] as const,
        ),
      ]
      for (const [what, bytes] of damages) {
        if (what.startsWith("byte") && !isTried(EVERY.tables)) continue
        await writeFile(path, bytes)
        const found = await difference(folder)
        if (found !== undefined) differing.push(`${form} ${what}: ${found}`)
      }
    }
    expect(differing).to.deep.equal([])
  })

  it("refuse a FIFO, a folder, a device and a link to itself in the place of an input, without waiting", async () => {
    const folder = join(scratch, "special")
    await writeProgram(folder, { ...BASE, columns: "usual" })
    const kinds: Readonly<Record<string, (path: string) => unknown>> = {
      FIFO: (path) => execFileSync("mkfifo", [path]),
      folder: (path) => mkdir(path),
      device: (path) => symlink("/dev/zero", path),
      "link to itself": (path) => symlink(path, path),
    }
    const accepted: string[] = []
    for (const name of ["program.json", "snapshot.json", "recipients.csv", "amounts.csv"]) {
      const path = join(folder, name)
      const sound = await readFile(path)
      for (const [kind, make] of Object.entries(kinds)) {
        await rm(path, { force: true })
        await make(path)
        if (typeof (await allocated(folder)) !== "string") accepted.push(`allocate: ${kind} as ${name}`)
        if ((await python.allocate(folder)).ok) accepted.push(`verify.py: ${kind} as ${name}`)
        await rm(path, { recursive: true })
      }
      await writeFile(path, sound)
    }
    expect(accepted).to.deep.equal([])
  })

  it("agree on grants.jsonl, whichever value of it is changed", async () => {
    const sound = ledgerLines()
    const write = (lines: unknown): string =>
      (lines as readonly unknown[]).map((line) => `${JSON.stringify(line)}\n`).join("")
    const text = write(sound)
    const layouts: readonly (readonly [string, string])[] = [
      ["as it is", text],
      ["Windows line ends", text.replaceAll("\n", "\r\n")],
      ["a byte-order mark", `\ufeff${text}`],
      ["a byte-order mark on line 2", text.replace("\n", "\n\ufeff")],
      ["an empty line", text.replace("\n", "\n\n")],
      ["a torn line", `${text}{`],
      ["no line end", text.slice(0, -1)],
      ["nothing", ""],
      ["a whole number with a point", text.replace('"id":1,', '"id":1.0,')],
      ["a key twice", text.replace('"id":1,', '"id":1,"id":1,')],
      ["a no-break space", text.replaceAll("\n", "\u00a0\n")],
      ["one array", `${JSON.stringify(sound)}\n`],
    ]
    const path = join(scratch, "grants.jsonl")
    const differing: string[] = []
    const compare = async (what: string, bytes: Uint8Array): Promise<void> => {
      await writeFile(path, bytes)
      const [ours, theirs] = [await ledgerFault(path), await python.readLedger(bytes, 9)]
      if ((ours === undefined) !== theirs.ok)
        differing.push(
          `${what}: ${ours ?? "accepted"}, verify.py ${theirs.findings[0]?.problem ?? "accepts"}`,
        )
    }
    for (const [what, changed] of layouts) await compare(what, Buffer.from(changed))
    await compare("text that is not UTF-8", Buffer.from(text.replace('"was', '"\u00ff'), "latin1"))
    for (const [what, changed] of alteredTexts(sound, write))
      if (isTried(EVERY.ledgers)) await compare(what, Buffer.from(changed))
    expect(differing).to.deep.equal([])
  })
})

/** Allocates in this process. Returns the texts of the files, or in words why there are none. */
async function allocated(folder: string): Promise<Readonly<Record<string, string>> | string> {
  try {
    const inputs = await loadInputs(await loadProgram(folder))
    const unpaid = unpaidCollector()
    const allocation = allocate(inputs, { onUnpaid: unpaid.add })
    const [open] = allocation.risks.filter(({ resolved }) => !resolved)
    if (open !== undefined) return open.detail
    const csv = [...allocationCsv(allocation)].join("")
    const entries = createHash("sha256").update(csv).digest("hex")
    const json = [...allocationJson(allocation, { inputs: inputs.hashes, entries })].join("")
    const { token, units } = allocation
    const schema = allocationSchema(token.decimals, units.quantityDecimals, units.valueDecimals)
    expect(schema.safeParse(JSON.parse(json)).error, "build reads what allocate writes").to.equal(undefined)
    const lines = [...unpaidCsv(unpaid.reports)].join("")
    return { "allocation.csv": csv, "allocation.json": json, "unpaid.csv": Buffer.from(lines).toString() }
  } catch (error) {
    if (error instanceof AirdropError) return error.message
    throw error
  }
}

/** Returns why a ledger is refused; undefined if it is sound. */
async function ledgerFault(path: string): Promise<string | undefined> {
  try {
    const { ledger, torn } = await readLedger(path, 9)
    if (torn !== "") return "a torn line"
    for (const { root } of ledger.roots) {
      const granted = ledger.cumulativeAt(root)
      if (granted === undefined || granted.size === 0) return "a root of nothing"
      if (toHex(reserveTree(granted).tree.root) !== root) return "another root"
    }
    return undefined
  } catch (error) {
    if (error instanceof AirdropError) return error.message
    throw error
  }
}

/** Returns a ledger with every kind of line and of evidence. */
function ledgerLines(): readonly object[] {
  const [format, time, reason] = ["merkle-airdrop/grant@1", "2026-01-01T00:00:00Z", "was missed"]
  const grant = (id: number, account: string, amount: string, rest: object): object => ({
    ...{ format, kind: "grant", id, account, amount, reason, time },
    ...rest,
  })
  const hops = [{ to: address(1), amount: "1", time, transaction: HASH }]
  const signed = {
    kind: "link",
    from: address(3),
    to: address(2),
    deadline: "2027-01-01T00:00:00Z",
    scheme: "eip191",
    signature: "0x12",
  }
  const lines = [
    grant(1, address(1), "3", { evidence: { kind: "note", text: "seen" }, overriddenChecks: ["listed"] }),
    grant(2, address(2), "4", { evidence: signed }),
    grant(3, address(1), "5", { evidence: { kind: "transfers", from: address(3), hops } }),
    { format, kind: "revoke", grantId: 2, reason, time },
  ]
  const { current } = foldLedger(lines.map((line) => parseLedgerLine(JSON.stringify(line), 9)))
  const root = toHex(reserveTree(current).tree.root)
  return [...lines, { format, kind: "root", root, accountCount: 1, total: "8", time }]
}
