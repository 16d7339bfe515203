import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { expect } from "chai"
import { parseAddress, toChecksum } from "../../../scripts/core/primitives/address.ts"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { readEntries } from "../../../scripts/stages/allocation/allocation-files.ts"
import { readCsv } from "../../../scripts/io/disk/read-csv.ts"
import { readRecipients } from "../../../scripts/stages/program/recipients.ts"
import { address } from "../../support/made-up.ts"
import { inScratch } from "../../support/scratch.ts"

const [ANN, BOB] = [
  "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
  "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
]

async function readText(text: string | Uint8Array, name = "recipients.csv"): Promise<readonly string[]> {
  return await inScratch(async (folder) => {
    const path = join(folder, name)
    await writeFile(path, text)
    return (await readRecipients(path)).accounts
  })
}

/** Returns the lines of the error, from the file's name on. */
async function faultsOf(text: string | Uint8Array, name?: string): Promise<string[]> {
  const error: unknown = await readText(text, name).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).to.be.instanceOf(AirdropError)
  if (!(error instanceof AirdropError)) return []
  expect(error.exit).to.equal(2)
  return error.message.split("\n").map((line) => line.slice(line.indexOf("recipients.csv")))
}

describe("a CSV file", () => {
  const both = [parseAddress(ANN), parseAddress(BOB)]

  it("is read the same with Windows line ends, a byte-order mark, quotes, empty lines and no last line end", async () => {
    for (const text of [
      `account\n${ANN}\n${BOB}\n`,
      `account\r\n${ANN}\r\n${BOB}\r\n`,
      `\ufeffaccount\n${ANN}\n${BOB}`,
      `account\n"${ANN}"\n\n${BOB}\n\n`,
      `account\n${ANN.toLowerCase()}\n${BOB}\n`,
      `account\n${ANN.toUpperCase()}\n0x${BOB.slice(2).toUpperCase()}\n`,
    ]) {
      expect(await readText(text)).to.deep.equal(both)
    }
    expect(await readText(gzipSync(`account\n${ANN}\n${BOB}\n`), "recipients.csv.gz")).to.deep.equal(both)
  })

  it("is refused with every fault, each with line and value", async () => {
    const wrongChecksum = ANN.replace("aA", "Aa")
    expect(
      await faultsOf(
        [
          "account",
          ANN,
          wrongChecksum,
          "0x12",
          ANN.toLowerCase(),
          `${BOB},`,
          ` ${BOB}`,
          ANN.toUpperCase(),
          "",
        ].join("\n"),
      ),
    ).to.deep.equal([
      `recipients.csv:3: "${wrongChecksum}" has a wrong checksum; copy the address again`,
      `recipients.csv:4: "0x12" is not an address; give 0x and 40 hex digits`,
      `recipients.csv:5: ${ANN} is already on line 2`,
      `recipients.csv:6: 2 fields instead of 1: "${BOB},"`,
      `recipients.csv:7: " ${BOB}" is not an address; remove the blank or the invisible character`,
      `recipients.csv:8: ${ANN} is already on line 2`,
    ])
  })

  it("with many faults of one kind is refused in one line for each kind, up to twenty lines", async () => {
    expect(await faultsOf(`account\n${"nonsense\n".repeat(1000)}`)).to.deep.equal([
      `recipients.csv:2: "nonsense" is not an address; give 0x and 40 hex digits (and 999 more like it: lines 3, 4, 5, 6, 7, …)`,
    ])
    const few = await faultsOf(`account\n${"nonsense\n".repeat(3)}`)
    expect(few.map((line) => line.slice(0, 17))).to.deep.equal([
      "recipients.csv:2:",
      "recipients.csv:3:",
      "recipients.csv:4:",
    ])
  })

  it("must have the columns that are expected, each once", async () => {
    expect(await faultsOf("")).to.deep.equal(["recipients.csv: is empty: its first line must be account"])
    expect((await faultsOf(`${ANN}\n${BOB}\n`)).join()).to.match(/^recipients\.csv:1: .*is no header/)
    expect((await faultsOf(`account,amount\n${ANN},1\n`))[0]).to.contain(`column "amount" is not expected`)
    expect(
      (
        await faultsOf(`account;amount
${ANN};1
`)
      )[0],
    ).to.contain("separated by semicolons")
    expect((await faultsOf(`account,account\n`))[0]).to.contain("comes twice")
  })

  it("that is missing or broken is refused in one line", async () => {
    const missing = await readRecipients("/nowhere/list.csv").catch((error: unknown) => error)
    expect(missing)
      .to.be.instanceOf(AirdropError)
      .with.property("message")
      .that.matches(/list\.csv: does not exist$/)
    const damaged = await readText("not gzip", "recipients.csv.gz").catch((error: unknown) => error)
    expect(damaged)
      .to.be.instanceOf(AirdropError)
      .with.property("message")
      .that.matches(/is not a gzip file/)
    const short = gzipSync(`account\n${ANN}\n${BOB}\n`).subarray(0, 40)
    expect(await faultsOf(short, "recipients.csv.gz")).to.deep.equal([
      "recipients.csv.gz: is a gzip file that ends too early",
    ])
  })

  it("with an unclosed quote is refused with the line where it opens, after the faults before it", async () => {
    const never = "is not CSV: the quote that opens here is never closed"
    const rest = `${BOB}\n`.repeat(20_000) // longer than the file is read at once
    expect(await faultsOf(`account\n"${ANN}\n${rest}`)).to.deep.equal([`recipients.csv:2: ${never}`])
    expect(await faultsOf(`account\n0x12\n\n\n"${ANN}\n${rest}`)).to.deep.equal([
      `recipients.csv:2: "0x12" is not an address; give 0x and 40 hex digits`,
      `recipients.csv:5: ${never}`,
    ])
    for (const end of ["\n", "\r\n"]) {
      const text = ["account,x", `0x12,"a`, `b"`, `0x13,"a`, `b","`, "", ""].join(end)
      expect(await faultsOf(text)).to.deep.equal([
        `recipients.csv:1: column "x" is not expected: the header must be account`,
        `recipients.csv:3: "0x12" is not an address; give 0x and 40 hex digits`,
        `recipients.csv:5: ${never}`,
      ])
    }
  })

  it("with a misplaced quote is refused with its field's line", async () => {
    const [early, within] = [
      "the quote that opens here is not closed before a comma or a line end",
      "a quote is inside a field that does not begin with one",
    ]
    expect(await faultsOf(`account\n"${ANN}\n${BOB}\n"${BOB}"\n`)).to.deep.equal([
      `recipients.csv:2: is not CSV: ${early}`,
    ])
    expect(await faultsOf(`account\n0x12\n${ANN}"\n`)).to.deep.equal([
      `recipients.csv:2: "0x12" is not an address; give 0x and 40 hex digits`,
      `recipients.csv:3: is not CSV: ${within}`,
    ])
  })

  it("has its lines counted right after Windows line ends within quotes", async () => {
    const rows = await inScratch(async (folder) => {
      const path = join(folder, "list.csv")
      await writeFile(path, `account,note\r\n1,"a\r\nb\r\nc"\r\n\r\n2,d\r\n`)
      const lines: number[] = []
      await readCsv(path, { columns: ["account"], ignore: ["note"], row: (_, line) => lines.push(line) })
      return lines
    })
    expect(rows).to.deep.equal([4, 6])
  })

  it("with CR line ends is refused with that reason", async () => {
    const fault = "line ends must be LF or CRLF, and here is a CR alone"
    for (const text of [`account\r${ANN}\r`, `"account"\r"${ANN}"\r`, `account,x\r${ANN},"x"\r${BOB},y`])
      expect(await faultsOf(text), text).to.deep.equal([`recipients.csv:1: ${fault}`])
    expect(await faultsOf(`account\n"${ANN}"\r"${BOB}"\n`)).to.deep.equal([`recipients.csv:2: ${fault}`])
  })

  it("that is not UTF-8 is refused, with the line if it has lines", async () => {
    const utf16 = Buffer.from(`\ufeffaccount\n${ANN}\n`, "utf16le")
    for (const bytes of [utf16, utf16.subarray(2), Buffer.from(utf16).swap16()])
      expect(await faultsOf(bytes)).to.deep.equal(["recipients.csv: is UTF-16, must be UTF-8"])
    const wrong = "is not UTF-8 text: the byte 0xe4 is no character"
    const rest = `${BOB}\n`.repeat(20_000)
    expect(await faultsOf(Buffer.from(`account\n0x12\n${ANN}\xe4\n${rest}`, "latin1"))).to.deep.equal([
      `recipients.csv:2: "0x12" is not an address; give 0x and 40 hex digits`,
      `recipients.csv:3: ${wrong}`,
    ])
    const lines = (await faultsOf(Buffer.from(`account\n${rest}${ANN}\xe4`, "latin1"))).slice(-1)
    expect(lines[0]).to.match(/^recipients\.csv:20002: is not UTF-8 text/)
    expect(await faultsOf(Buffer.from("account\n\xe4\xb8", "latin1"))).to.deep.equal([
      `recipients.csv:2: ${wrong}`,
    ])
  })

  it("may have multi-byte characters across the boundaries of chunks", async () => {
    const text = `account,note\n${`${"\u00e4\u20ac\u{1d7d9}".repeat(9)},x\n`.repeat(9000)}`
    const fields = await inScratch(async (folder) => {
      const path = join(folder, "list.csv")
      await writeFile(path, text)
      const found = new Set<string | undefined>()
      await readCsv(path, { columns: ["account"], ignore: ["note"], row: ([field]) => found.add(field) })
      return [...found]
    })
    expect(fields).to.deep.equal(["\u00e4\u20ac\u{1d7d9}".repeat(9)])
  })
})

describe("an allocation.csv", () => {
  const read = async (...rows: readonly string[]): Promise<unknown> =>
    await inScratch(async (folder) => {
      const path = join(folder, "allocation.csv")
      await writeFile(path, ["account,amount", ...rows, ""].join("\n"))
      return await readEntries(path, 9).then(
        ({ entries }) => entries.map(({ amount }) => amount),
        (error: unknown) =>
          error instanceof AirdropError ? error.message.replace(/^.*?:2: |^.*?:3: /, "") : error,
      )
    })
  const [low, high] = [toChecksum(address(1)), toChecksum(address(2))]

  it("takes amounts only as plain decimals with at most the token's decimals", async () => {
    expect(await read(`${low},1`, `${high},0.000000001`)).to.deep.equal([1_000_000_000n, 1n])
    for (const wrong of [
      "1e3",
      "0x10",
      "1_000",
      "+1",
      "-1",
      "1.",
      ".5",
      "01",
      " 1",
      "1 ",
      "",
      "NaN",
      "1.0000000001",
      "٣",
    ]) {
      expect(await read(`${low},${wrong}`), wrong).to.be.a("string")
    }
    expect(await read(`${low},"1,000"`)).to.equal(`"1,000" is not a plain decimal number such as 1234.5`)
    expect(await read(`${low},0`)).to.equal(`${low} has an amount of zero`)
  })

  it("lists accounts in ascending order, each once", async () => {
    expect(await read(`${high},1`, `${low},1`)).to.equal(`${low} is not above the account before it`)
    expect(await read(`${low},1`, `${low},1`)).to.equal(`${low} is not above the account before it`)
  })
})
