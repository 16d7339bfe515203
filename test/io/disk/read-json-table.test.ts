import { createHash } from "node:crypto"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { expect } from "chai"
import fc from "fast-check"
import type { Contribution } from "../../../scripts/core/sources/valuation.ts"
import { parseAmount } from "../../../scripts/core/primitives/amount.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import type { LoadedInputs } from "../../../scripts/core/allocation/read-inputs.ts"
import { loadInputs } from "../../../scripts/stages/allocation/load-inputs.ts"
import { loadProgram } from "../../../scripts/stages/program/load-program.ts"
import { readTable } from "../../../scripts/io/disk/read-table.ts"
import { testAddress, writeAmountsProgram } from "../../support/amounts-program.ts"
import { fuzzing, survives } from "../../support/fuzz.ts"
import { mutatedText } from "../../support/mutate.ts"
import { inScratch } from "../../support/scratch.ts"

const ROW = `{"account":"a","amount":"1"}`

interface Result {
  readonly sha256: string
  readonly count: number
  readonly rows: readonly (readonly [line: number, ...fields: string[]])[]
}

/** Reads a table of accounts and amounts, besides which there may be notes. */
async function readText(text: string | Uint8Array, name = "list.json"): Promise<Result> {
  return await inScratch(async (folder) => {
    const rows: [number, ...string[]][] = []
    const path = join(folder, name)
    await writeFile(path, text)
    const { sha256, rows: count } = await readTable(path, {
      columns: ["account", "amount"],
      ignore: ["note"],
      row: (fields, line) => {
        rows.push([line, ...fields])
        parseAmount(fields[1] ?? "", 9)
      },
    })
    return { sha256, count, rows }
  })
}

/** Returns the lines of the error, from the file's name on. */
async function faultsOf(text: string | Uint8Array, name = "list.json"): Promise<string[]> {
  const error: unknown = await readText(text, name).catch((reason: unknown) => reason)
  if (!(error instanceof AirdropError)) throw new Error("it was accepted", { cause: error })
  return error.message.split("\n").map((line) => line.slice(line.indexOf(name) + name.length))
}

function partsOf({ valuation: { contributions } }: LoadedInputs): (Contribution | undefined)[] {
  return Array.from({ length: contributions.length }, (_, i) => contributions.at(i))
}

describe("a table in JSON", () => {
  it("is an array of objects with the columns as keys, in any order and layout", async () => {
    for (const [text, lines] of [
      [`[\n${ROW},\n{"amount":"2","note":null,"account":"b"}\n]\n`, [2, 3]],
      [`\ufeff[${ROW},{"note":7,"account":"\\u0062","amount":"2"}]`, [1, 1]],
      [`[\r\n${ROW}\r\n,{"account":"b",\r\n"amount"\r\n:"2"}]`, [2, 3]],
    ] as const)
      expect((await readText(text)).rows).to.deep.equal([
        [lines[0], "a", "1"],
        [lines[1], "b", "2"],
      ])
    expect((await readText("[ ]")).rows).to.deep.equal([])
  })

  it("may be packed, and has the hash of the bytes on disk", async () => {
    const packed = gzipSync(`[${ROW}]`)
    const { sha256, count } = await readText(packed, "list.json.gz")
    expect(count).to.equal(1)
    expect(sha256).to.equal(createHash("sha256").update(packed).digest("hex"))
  })

  it("is refused with every fault and its line", async () => {
    const text = [
      "[",
      `{"account":"a","amount":12.5},`,
      `{"account":"a","amount":"1e3"},`,
      `{"account":true,"amount":null},`,
      `{"account":{"x":[1,{}]},"amount":["1"],"note":[]},`,
      `{"account":"a","points":{"x":1},"other":1},`,
      `7, [${ROW}],`,
      `{"account":"a",`,
      `"amount":1}`,
      "]",
    ].join("\n")
    const keys = "a row must have the keys account,amount"
    expect(await faultsOf(text)).to.deep.equal([
      `:2: "amount" is a number: write it in quotes, as numbers lose digits`,
      `:3: "1e3" is not a plain decimal number such as 1234.5`,
      `:4: "account" is true: it must be a text in quotes`,
      `:4: "amount" is null: it must be a text in quotes`,
      `:5: "account" is nested: a row is flat`,
      `:5: "amount" is nested: a row is flat`,
      `:5: "note" is nested: a row is flat`,
      `:6: key "points" is not expected: ${keys}`,
      `:6: key "other" is not expected: ${keys}`,
      `:6: no key "amount": ${keys}`,
      `:7: a row must be an object with the keys account,amount`,
      `:7: a row must be an object with the keys account,amount`,
      `:9: "amount" is a number: write it in quotes, as numbers lose digits`,
    ])
  })

  it("may have no key __proto__, which an object of JavaScript would not keep", async () => {
    expect(await faultsOf(`[${ROW},\n{"account":"b","amount":"1","__proto__":1}]`)).to.deep.equal([
      `:2: key "__proto__" is not expected`,
    ])
  })

  it("with many faults of one kind is refused in one line", async () => {
    expect(await faultsOf(`[\n${`{"account":"a","amount":1},\n`.repeat(20_000)}${ROW}]`)).to.deep.equal([
      `:2: "amount" is a number: write it in quotes, as numbers lose digits (and 19,999 more like it: lines 3, 4, 5, 6, 7, …)`,
    ])
  })

  it("that is broken is refused with the line", async () => {
    for (const [text, line] of [
      [",]", 4],
      [`${ROW}]`, 4],
      ["]\n\n[]", 4],
      ["]\n]x", 4],
      ["", 4],
      [`,{"account":"a`, 4],
      [`,{"account":"a\n"}]`, 4],
      [`,{"account":[`, 4],
      [`,{"account" "a"}]`, 4],
      [`,{"account":01}]`, 4],
      [`,{'account':"a"}]`, 4],
      [`,{"account":"\\x"}]`, 4],
      [`,\n{"account":"a","amount":"1","account":"b"}]`, 5],
    ] as const) {
      const faults = await faultsOf(`[\n${ROW},\n${ROW}\n${text}`)
      expect(faults, text).to.have.length(1)
      expect(faults[0], text).to.match(new RegExp(`^:[${line}-6]: (is not JSON: |key "account" comes twice)`))
    }
    const long = `${ROW},\n`.repeat(20_000) // longer than the file is read at once
    expect((await faultsOf(`[\n${long}{"account":"a","amount":x}]`)).join()).to.match(/^:20002: is not JSON/)
    expect(await faultsOf(Buffer.from(`[\n${long}{"account":"\xe4","amount":"1"}]`, "latin1"))).to.deep.equal(
      [":20002: is not UTF-8 text: the byte 0xe4 is no character"],
    )
  })

  it("that is empty, or holds something else, is refused with that reason", async () => {
    for (const name of ["list.json", "list.jsonl"])
      expect(await faultsOf(" \n", name)).to.deep.equal([
        ": is empty: it must hold objects with the keys account,amount",
      ])
    expect(await faultsOf(ROW)).to.deep.equal([":1: is a single row: put it into an array"])
    expect(await faultsOf("account,amount\n")).to.deep.equal([
      `:1: is not JSON: "account,amount" is not expected here`,
    ])
    expect(await faultsOf(Buffer.from(`\ufeff[${ROW}]`, "utf16le"))).to.deep.equal([
      ": is UTF-16, must be UTF-8",
    ])
  })

  it("may have one object a line instead of an array, if its name says so", async () => {
    const { rows } = await readText(`${ROW}\n\n${ROW}\n`, "list.jsonl")
    expect(rows.map(([line]) => line)).to.deep.equal([1, 3])
    expect((await readText(gzipSync(ROW), "list.jsonl.gz")).count).to.equal(1)
    const faults = await faultsOf(`${ROW} ${ROW}\n{"account":"a",\n"amount":"1"}\n7\n${ROW},`, "list.jsonl")
    expect(faults.map((line) => line.slice(0, 41))).to.deep.equal([
      ":1: a row must be one object on one line,",
      ":2: a row must be one object on one line,",
      ":3: a row must be one object on one line,",
      ":4: a row must be an object with the keys",
      ":5: a row must be one object on one line,",
    ])
  })

  it("gives the rows that the same table gives as CSV", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 12 })
    // A row of several lines has its last told in CSV.
    const value = text.map((value) => value.replace(/[\r\n]/g, ""))
    const row = fc.record({ account: value, amount: fc.oneof(fc.nat().map(String), value), note: value })
    const order = fc.shuffledSubarray(["account", "amount", "note"] as const, { minLength: 3 })
    const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 30 }), order, async (rows, columns) => {
        const lines = rows.map((row) => columns.map((column) => cell(row[column])).join(","))
        const objects = rows.map((row) => JSON.stringify(row, [...columns]))
        const outcomes = await Promise.all([
          survives(() => readText([columns.join(","), ...lines].join("\n"), "list.csv")),
          survives(() => readText(`[\n${objects.join(",\n")}\n]`)),
        ])
        const [csv, json] = outcomes.map((outcome) =>
          outcome.accepted
            ? outcome.value.rows
            : outcome.error.message.replaceAll(/^.*?list\.(csv|json)/gm, "list"),
        )
        expect(json).to.deep.equal(csv)
      }),
      fuzzing({ cases: 200 }),
    )
  })

  it("however it is changed is read, or refused with its name and a line", async () => {
    const original = `[\n${ROW},\n{"account":"b","amount":"2","note":null}\n]\n`
    await fc.assert(
      fc.asyncProperty(
        mutatedText(original),
        fc.constantFrom("list.json", "list.jsonl"),
        async (text, name) => {
          const outcome = await survives(() => readText(text, name))
          if (!outcome.accepted) expect(outcome.error.message).to.match(/list\.jsonl?(:\d+)?: /)
          else if (name === "list.json" && !text.startsWith("\ufeff"))
            expect((JSON.parse(text) as unknown[]).length).to.equal(outcome.value.count)
        },
      ),
      fuzzing({ cases: 300 }),
    )
  })

  it("serves a program as the same list in CSV does", async () => {
    const accounts = [testAddress(3), testAddress(1), testAddress(2)]
    const rows = accounts.map((account, i) => ({ account, amount: `${i + 1}.5` }))
    const csv = ["account,amount", ...rows.map(({ account, amount }) => `${account},${amount}`), ""].join(
      "\n",
    )
    await inScratch(async (folder) => {
      await writeAmountsProgram(join(folder, "list"), { csv, pool: "10" })
      const fromCsv = await loadInputs(await loadProgram(join(folder, "list")))
      await writeAmountsProgram(join(folder, "list"), { csv: "", pool: "10", source: { file: "list.json" } })
      const json = `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`
      await writeFile(join(folder, "list", "list.json"), json)
      const fromJson = await loadInputs(await loadProgram(join(folder, "list")))
      expect(partsOf(fromJson)).to.deep.equal(partsOf(fromCsv))
      expect(fromJson.hashes["list.json"]).to.equal(createHash("sha256").update(json).digest("hex"))
    })
  })
})
