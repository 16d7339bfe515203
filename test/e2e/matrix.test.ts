/**
 * One format, two readers: programs that use every documented key of program.json and every form of a table, each pair of
 * settings at least once, go through allocate, build, verify and verify.py. Programs with one fault each are refused by
 * both readers.
 */
import { execFile } from "node:child_process"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { expect } from "chai"
import * as allocateVerb from "../../scripts/commands/allocate.ts"
import * as buildVerb from "../../scripts/commands/build.ts"
import * as verifyVerb from "../../scripts/commands/verify.ts"
import { PROJECT_ROOT } from "../../scripts/io/project/processes.ts"
import { address, OWNER } from "../support/made-up.ts"
import { BASE, type Choice, pairwise, writeProgram } from "../support/matrix-programs.ts"
import { runVerb } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"

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

/** Faults, each as an edit of a file of a program that both verifiers accept. */
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

/** The same faults in tables in JSON. */
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

/** Words that formats.md sets as code among the keys, and that are none. */
const NO_KEYS: ReadonlySet<string> = new Set(["allocate", "build", "merge", "status"])

/** Returns the keys and values of program.json that docs/formats.md documents. */
async function documentedWords(): Promise<ReadonlySet<string>> {
  const page = await readFile(join(PROJECT_ROOT, "docs", "formats.md"), "utf8")
  const between = (first: string, after: string): string =>
    page.slice(page.indexOf(`\n${first}\n`), page.indexOf(`\n${after}\n`))
  const text = between("## program.json", "## CSV files") + between("## Rules", "### Payees at risk")
  const words = [...text.matchAll(/`([a-z][A-Za-z.-]*)`|"([a-z][A-Za-z]*)":/g)].map(
    ([, code = "", key = ""]) => (code + key).split(".").at(-1) ?? "",
  )
  return new Set(words.filter((word) => word !== "ts" && !NO_KEYS.has(word)))
}

/** Adds the keys and the values of a JSON value, however deep. */
function addWords(value: unknown, words: Set<string>): void {
  if (typeof value !== "object" || value === null) {
    words.add(String(value))
    return
  }
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) words.add(key)
    addWords(inner, words)
  }
}

describe("program.json and its tables, read by both verifiers", () => {
  it("are tried with every key and every word that formats.md documents", async () => {
    await inScratch(async (scratch) => {
      const used = new Set<string>()
      for (const [i, choice] of pairwise().entries()) {
        await writeProgram(join(scratch, `p${i}`), choice)
        addWords(JSON.parse(await readFile(join(scratch, `p${i}`, "program.json"), "utf8")), used)
      }
      const documented = await documentedWords()
      expect(documented.size).to.be.above(60)
      expect([...documented].filter((word) => !used.has(word))).to.deep.equal([])
    })
  })

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
