import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { expect } from "chai"
import { parseAddress, toChecksum } from "../../scripts/core/address.ts"
import { AirdropError } from "../../scripts/core/error.ts"
import { readEntries } from "../../scripts/files/allocation.ts"
import { readRecipients } from "../../scripts/files/recipients.ts"
import { address } from "../support/made-up.ts"
import { inScratch } from "../support/scratch.ts"

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

/** The lines of the error, from the file's name on. */
async function faultsOf(text: string): Promise<string[]> {
  const error: unknown = await readText(text).then(
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
    ]) {
      expect(await readText(text)).to.deep.equal(both)
    }
    expect(await readText(gzipSync(`account\n${ANN}\n${BOB}\n`), "recipients.csv.gz")).to.deep.equal(both)
  })

  it("has each of its faults told with its line and value, together", async () => {
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
      `recipients.csv:3: "${wrongChecksum}" has a wrong checksum`,
      `recipients.csv:4: "0x12" is not an address`,
      `recipients.csv:5: ${ANN} is already on line 2`,
      `recipients.csv:6: 2 fields instead of 1: "${BOB},"`,
      `recipients.csv:7: " ${BOB}" is not an address`,
      `recipients.csv:8: "${ANN.toUpperCase()}" is not an address`,
    ])
  })

  it("with very many faults has the first twenty told, and how many there are more", async () => {
    const lines = await faultsOf(`account\n${"nonsense\n".repeat(1000)}`)
    expect(lines.length).to.equal(21)
    expect(lines[20]).to.equal("recipients.csv: and 980 more")
  })

  it("must have the columns that are expected, each once", async () => {
    expect(await faultsOf("")).to.deep.equal(["recipients.csv: is empty: its first line must be account"])
    expect(await faultsOf(`${ANN}\n${BOB}\n`)).to.have.length(2)
    expect((await faultsOf(`account,amount\n${ANN},1\n`))[0]).to.contain(`column "amount" is not expected`)
    expect((await faultsOf(`account;amount\n${ANN};1\n`))[0]).to.contain(`no column "account" in the header`)
    expect((await faultsOf(`account,account\n`))[0]).to.contain("comes twice")
  })

  it("that is missing or broken is told in one line", async () => {
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
    expect((await faultsOf(`account\n"${ANN}`))[0]).to.match(
      /^recipients\.csv:\d+: is not CSV: .*Quote Not Closed/,
    )
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
