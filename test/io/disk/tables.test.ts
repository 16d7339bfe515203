import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { readdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { expect } from "chai"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { loadInputs } from "../../../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { writeAmountsProgram } from "../../support/amounts-program.ts"
import { inScratch } from "../../support/scratch.ts"

const [ANN, BOB] = [
  "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
  "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
]
const CASES = join(PROJECT_ROOT, "..", "shared", "cases", "tables")

interface Case {
  readonly content: string | Uint8Array
  readonly name?: string
  /** Further fields of "source". */
  readonly source?: object
}

interface Outcome {
  /** Amounts in base units, in the order of the file; undefined if the table is refused. */
  readonly amounts: readonly bigint[] | undefined
  readonly warnings: readonly string[]
  /** The lines of the error, without the folder, and its hint. */
  readonly lines: readonly string[]
  readonly hint: string | undefined
}

const READ_IN_PYTHON = `
import importlib.util, sys
spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
inputs = verify.Inputs(sys.argv[2])
try:
    program = verify.program_of(inputs)
    found = []
    source = program["source"]
    verify_rows = lambda fields, line: found.append((verify.address_of(fields[0]), verify.units_of(fields[1], 9)))
    inputs.rows(source["file"], verify.columns_of(source, "account", "amount"), source.get("ignore", []), verify_rows)
    print(" ".join(str(amount) for _, amount in found))
except verify.Wrong as error:
    print("refused", error)
`

/** Reads a list of amounts as `allocate` does and as verify.py does, and expects both to agree. */
async function read({ content, name = "list.csv", source = {} }: Case): Promise<Outcome> {
  return await inScratch(async (folder) => {
    await writeAmountsProgram(folder, { csv: "", pool: "1000000000", source: { ...source, file: name } })
    await writeFile(join(folder, name), content)
    const outcome = await loadProgram(folder)
      .then(loadInputs)
      .then(
        ({ valuation: { contributions }, warnings }): Outcome => ({
          amounts: Array.from(
            { length: contributions.length },
            (_, i) => contributions.at(i)?.quantity ?? 0n,
          ),
          warnings: warnings.map((line) => line.slice(line.indexOf(name))),
          lines: [],
          hint: undefined,
        }),
        (error: unknown): Outcome => {
          if (!(error instanceof AirdropError)) throw error
          expect(error.exit).to.equal(2)
          const lines = error.lines.map((line) => line.slice(line.indexOf(name) + name.length))
          return { amounts: undefined, warnings: [], lines, hint: error.hint }
        },
      )
    const script = join(PROJECT_ROOT, "scripts", "verify.py")
    const { stdout } = await promisify(execFile)("python3", ["-c", READ_IN_PYTHON, script, folder])
    const [first = ""] = stdout.split("\n")
    const isZero = outcome.lines.some((line) => line.includes("amount of zero"))
    if (!isZero) {
      const inPython = first.startsWith("refused")
        ? undefined
        : first
            .split(" ")
            .filter((text) => text !== "")
            .map(BigInt)
      expect(inPython, `verify.py: ${stdout}`).to.deep.equal(outcome.amounts)
    }
    return outcome
  })
}

const list = (...rows: readonly string[]): Case => ({ content: ["account,amount", ...rows, ""].join("\n") })
const HUNDRED = 100_000_000_000n

describe("A table as people have it", function () {
  this.timeout(120_000)

  it("may have zeros beyond the token's decimals, an upper-case address and the chain's prefix", async () => {
    const rows = [`${ANN},29.000000000000000000`, `arb1:${BOB},16.185603484000000000`]
    expect((await read(list(...rows))).amounts).to.deep.equal([29_000_000_000n, 16_185_603_484n])
    expect((await read(list(`0x${ANN.slice(2).toUpperCase()},100`))).amounts).to.deep.equal([HUNDRED])
    expect((await read(list(`${ANN.toUpperCase()},100`))).amounts).to.deep.equal([HUNDRED])
    expect((await read(list(`arb1:${ANN.toUpperCase()},100`))).amounts).to.deep.equal([HUNDRED])
  })

  it("may have rows of separators alone, which are left out with a warning", async () => {
    const { amounts, warnings } = await read(list(`${ANN},100`, ",", ",,,", `${BOB},100`, ","))
    expect(amounts).to.deep.equal([HUNDRED, HUNDRED])
    expect(warnings).to.deep.equal(["list.csv: 3 rows without any value left out"])
  })

  it("may have rows of blanks, tabs, semicolons and bars alone, before the header and behind", async () => {
    for (const row of [
      "   ",
      "\t",
      "\t\t",
      ";",
      ";;",
      "|",
      " ; ",
      "\u00a0",
      " , ",
      "\t,\t",
      '"",""',
      '" ",;',
      "\t;|,",
    ]) {
      const content = [row, "account,amount", `${ANN},100`, row, ""].join("\n")
      const { amounts, warnings, lines } = await read({ content })
      expect(amounts, `${JSON.stringify(row)}: ${lines.join()}`).to.deep.equal([HUNDRED])
      expect(warnings, JSON.stringify(row)).to.deep.equal(["list.csv: 2 rows without any value left out"])
    }
    const one = await read(list(`${ANN},100`, "\t"))
    expect(one.warnings).to.deep.equal(["list.csv: 1 row without any value left out"])
    for (const row of [".", "0", "-", ",0", "\u200b", '"\n"', "x"])
      expect((await read(list(`${ANN},100`, row))).amounts, JSON.stringify(row)).to.equal(undefined)
  })

  it("with a row of one field has it counted in the right number", async () => {
    expect((await read(list(ANN, `${BOB},1,`))).lines).to.deep.equal([
      `:2: 1 field instead of 2: "${ANN}"`,
      `:3: 3 fields instead of 2: "${BOB},1,"`,
    ])
  })

  it("is refused in one line if its header differs in blanks or letter case", async () => {
    const lineOf = async (header: string): Promise<readonly string[]> =>
      (await read({ content: `${header}\n${ANN},1\n` })).lines
    expect(await lineOf("Account, AMOUNT ")).to.deep.equal([
      `:1: the header "Account, AMOUNT " has 2 names with other blanks or letter case: write account,amount`,
    ])
    expect(await lineOf("account,\u200bamount")).to.deep.equal([
      `:1: the header "account,\\u{200b}amount" has 1 name with other blanks or letter case: write account,amount`,
    ])
    expect(await lineOf("Account,total")).to.have.length(4)
  })

  it("has each kind of text that is no address named", async () => {
    const kinds: readonly (readonly [string, RegExp])[] = [
      [`https://arbiscan.io/address/${ANN}`, /is a link, not an address/],
      [`arbiscan.io/address/${ANN}`, /is a link/],
      ["0x5aAe…eAed", /is a shortened address/],
      ["0x5aAe...eAed", /is a shortened address/],
      ["0x5aAe..", /is a shortened address/],
      [`"=""${ANN}"""`, /is a formula/],
      ["name.eth", /is a name/],
      [ANN.slice(2), /has no 0x before its digits/],
      [ANN.slice(0, -1), /has 39 digits after 0x, not 40/],
      [`${ANN}0`, /has 41 digits/],
      [`0x${"ab".repeat(32)}`, /has 64 digits, as hashes have/],
      [` ${ANN}`, /remove the blank or the invisible character/],
      [`${ANN.slice(0, 20)} ${ANN.slice(20)}`, /remove the blank/],
      [`foo bar:${ANN}`, /is not an address/],
      ["0x12", /"0x12" is not an address; give 0x and 40 hex digits$/],
    ]
    for (const [text, words] of kinds) {
      const { lines } = await read(list(`${text},1`))
      expect(lines, text).to.have.length(1)
      expect(lines[0], text).to.match(words)
    }
  })

  it("may have no header where the columns are given by position", async () => {
    const source = { columns: { account: 2, amount: 1 }, ignore: [3] }
    const content = `100,${ANN},x\n100,${BOB},\n`
    expect((await read({ content, source })).amounts).to.deep.equal([HUNDRED, HUNDRED])
    expect((await read({ content, source: { columns: source.columns } })).lines).to.deep.equal([
      `:1: column 3 is not expected: give its position in "ignore" to leave it out`,
    ])
    expect((await read({ content: `${ANN}\n`, source })).lines).to.deep.equal([
      ":1: there is no column 2 among 1",
      ":1: there is no column 3 among 1",
    ])
    const headed = { content: `amount,account,note\n${content}`, source }
    expect((await read(headed)).lines).to.deep.equal([
      `:1: "account" is not an address; give 0x and 40 hex digits`,
    ])
    expect((await read({ content, source: { columns: { account: 2 } } })).lines.join()).to.contain(
      "by position",
    )
  })

  it("may be a JSON object of an amount for each address", async () => {
    const content = JSON.stringify({ [ANN]: "100", [`arb1:${BOB}`]: "100.0000000000" }, undefined, 2)
    expect((await read({ content, name: "list.json" })).amounts).to.deep.equal([HUNDRED, HUNDRED])
    const wrong = `{\n"${ANN}": 100,\n"${BOB}": {"amount": "1"}\n}`
    expect((await read({ content: wrong, name: "list.json" })).lines).to.deep.equal([
      `:2: "${ANN}" is a number: write it in quotes, as numbers lose digits`,
      `:3: "${BOB}" is nested: a row is flat`,
    ])
    const twice = `{"${ANN}": "1",\n"${ANN}": "1"}`
    expect((await read({ content: twice, name: "list.json" })).lines.join()).to.match(
      /:2: key .* comes twice/,
    )
    const casing = `{"${ANN}": "1",\n"${ANN.toLowerCase()}": "1"}`
    const refused = await read({ content: casing, name: "list.jsonx" })
    expect(refused.amounts).to.equal(undefined)
    for (const odd of [
      `{"5": "1"}`,
      `{"__proto__": "1"}`,
      `{"a": null}`,
      `{"a": ["1"]}`,
      `{"a" "1"}`,
      `{"a":"1"}x`,
    ])
      expect((await read({ content: odd, name: "list.json" })).amounts, odd).to.equal(undefined)
    expect((await read({ content: "{}", name: "list.json" })).amounts ?? []).to.deep.equal([])
  })

  it("has the prefix of another chain refused", async () => {
    for (const prefix of ["ARB1", "Arb1", "eip155:42161"])
      expect((await read(list(`${prefix}:${ANN},100`))).amounts, prefix).to.deep.equal([HUNDRED])
    for (const prefix of [
      "eth",
      "matic",
      "arb1 ",
      "nonsense",
      "eip155:1",
      "eip155",
      "arb1:arb1",
      "42161",
      "eip155:042161",
    ]) {
      expect((await read(list(`${prefix}:${ANN},1`))).amounts, prefix).to.equal(undefined)
    }
    expect((await read(list(`eth:${ANN},1`))).lines).to.deep.equal([
      `:2: "eth:${ANN}" has the prefix of another chain; that of chain 42161 is "arb1"`,
    ])
  })

  it("is refused with the cause if another program wrote it differently", async () => {
    const causes: readonly (readonly [what: string, content: string | Uint8Array, cause: RegExp])[] = [
      ["semicolons", `account;amount\n${ANN};100,5\n`, /^:1: the fields are separated by semicolons/],
      [
        "semicolons, European",
        `account;amount, total\n${ANN};1\n`,
        /^:1: the fields are separated by semicolons/,
      ],
      ["tabs", `account\tamount\n${ANN}\t100\n`, /^:1: the fields are separated by tabs/],
      ["bars", `account|amount\n${ANN}|100\n`, /^:1: the fields are separated by bars/],
      ["sep=,", `sep=,\naccount,amount\n${ANN},100\n`, /^:1: "sep=," is an instruction for Excel/],
      ["sep=;", `sep=;\naccount;amount\n${ANN};100\n`, /^:1: "sep=;" is an instruction for Excel/],
      ["UTF-16", Buffer.from(`\ufeffaccount,amount\n`, "utf16le"), /^: is UTF-16, must be UTF-8$/],
      ["UTF-16 without a mark", Buffer.from("account,amount\n", "utf16le"), /^: is UTF-16, must be UTF-8$/],
      [".xlsx", Buffer.from("PK\u0003\u0004rest of it"), /^: is an Excel workbook \(\.xlsx\)/],
      [".xls", Buffer.from("d0cf11e0a1b11ae1", "hex"), /^: is an old Excel workbook/],
      ["gzip", Buffer.from("1f8b080000000000", "hex"), /^: is packed with gzip$/],
      [
        "no header",
        `${ANN},100\n${BOB},250\n`,
        /^:1: the first line .* is no header: add the line account,amount/,
      ],
      ["a blank in the header", `account, amount\n${ANN}, 1\n`, /has 1 name with other blanks/],
    ]
    for (const [what, content, cause] of causes) {
      const { lines } = await read({ content })
      expect(lines.at(-1), what).to.match(cause)
      expect(lines.length, what).to.be.at.most(2)
    }
    expect((await read({ content: Buffer.from("PK\u0003\u0004 rest") })).hint).to.contain("CSV UTF-8")
  })

  it("has blanks that cannot be seen shown", async () => {
    for (const [blank, shown] of [
      ["\u00a0", "\\u{a0}"],
      ["\u200b", "\\u{200b}"],
      ["\u202f", "\\u{202f}"],
      ["\ufeff", "\\u{feff}"],
      ["\u00ad", "\\u{ad}"],
    ] as const) {
      expect((await read(list(`${ANN}${blank},100`))).lines, shown).to.deep.equal([
        `:2: "${ANN}${shown}" is not an address; remove the blank or the invisible character`,
      ])
      const [line = ""] = (await read(list(`${ANN},1${blank}000`))).lines
      expect(line).to.contain(`"1${shown}000" is not a plain decimal`)
    }
  })

  it("has numbers refused that may mean several things", async () => {
    const numbers = [
      "1e3",
      "2E+3",
      '"1,234.5"',
      '"100,5"',
      "+5",
      ".5",
      "5.",
      "0x10",
      "1'000",
      "$5",
      "5%",
      "１２",
      " 5",
      "",
      "1_000",
    ]
    for (const number of numbers) {
      const { lines } = await read(list(`${ANN},${number}`))
      expect(lines.join(), number).to.match(/^:2: ".*" is not a plain decimal number/)
    }
    expect((await read(list(`${ANN},29.047068684226095637`))).lines.join()).to.match(/has 18 decimals/)
  })

  it("is refused with a name instead of an address", async () => {
    expect((await read(list("somebody.eth,100"))).lines).to.deep.equal([
      `:2: "somebody.eth" is a name, not an address; give 0x and 40 hex digits`,
    ])
  })

  it("has many faults of one kind in one line with their number", async () => {
    const zeros = Array.from({ length: 40 }, (_, i) => `0x${(i + 1).toString(16).padStart(40, "a")},0`)
    expect((await read(list(`${ANN},100`, ...zeros, `${BOB},x`))).lines).to.deep.equal([
      `:3: 0x${"1".padStart(40, "a")} has an amount of zero; leave the line out (and 39 more like it: lines 4, 5, 6, 7, 8, …)`,
      `:43: "x" is not a plain decimal number such as 1234.5`,
    ])
  })

  // More tables, where they are beside the repository; the ones above hold each kind.
  const cases = existsSync(CASES) ? [CASES] : []
  for (const folder of cases) {
    it("is read as the cases from the field ask", async () => {
      const accepted: Readonly<Record<string, Case["source"]>> = {
        "all-upper.csv": {},
        "bom-crlf.csv": {},
        "eip3770.csv": {},
        "empty-rows-with-commas.csv": {},
        "etherscan-plain.csv": {
          columns: { account: "HolderAddress", amount: "Balance" },
          ignore: ["PendingBalanceUpdate"],
        },
        "headerless.csv": { columns: { account: 1, amount: 2 } },
        "one-row.csv": {},
        "trailing-zeros.csv": {},
        "two-rows.csv": {},
      }
      for (const name of await readdir(folder)) {
        const content = await readFile(join(folder, name))
        const source = accepted[name]
        const { amounts, lines } = await read({ content, name, ...(source === undefined ? {} : { source }) })
        expect(amounts === undefined, `${name}: ${lines.join("\n")}`).to.equal(source === undefined)
        for (const line of lines) expect(line.length, name).to.be.at.most(320)
      }
    })
  }
})
