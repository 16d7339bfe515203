import { expect } from "chai"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { Interface } from "ethers"
import fc from "fast-check"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { toChecksum } from "../../../scripts/core/primitives/address.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { parseBatch } from "../../../scripts/stages/multisig/batch-file.ts"
import { fuzzing } from "../../support/fuzz.ts"

/** An encoding by the Transaction Builder 1.18.2 with its web3 1.8.2; "0x" if it fails. */
interface Vector {
  readonly method: { readonly name: string; readonly inputs?: readonly { readonly type: string }[] }
  readonly values: Readonly<Record<string, unknown>>
  readonly data: string
}

const fixture = join(PROJECT_ROOT, "test", "fixtures", "safe", "transaction-builder.json")
const VECTORS = JSON.parse(readFileSync(fixture, "utf8")) as readonly Vector[]
/** Batches as users wrote them, with the calldata that the app makes of their first transaction. */
const CASES = join(PROJECT_ROOT, "test", "fixtures", "safe-batches")

interface Read {
  readonly data: string | undefined
  readonly flags: readonly string[]
  readonly refusal: string | undefined
}

function read(text: string): Read {
  try {
    const { calls, flags } = parseBatch(text, "batch.json")
    return { data: calls[0]?.data, flags, refusal: undefined }
  } catch (error) {
    if (!(error instanceof AirdropError)) throw error
    expect(error.code).to.be.oneOf(["invalid-value", "invalid-address", "file-format"])
    return { data: undefined, flags: [], refusal: error.message }
  }
}

function batchOf(contractMethod: unknown, contractInputsValues: unknown, data: unknown = null): string {
  return JSON.stringify({
    version: "1.0",
    chainId: "42161",
    meta: { name: "" },
    transactions: [
      {
        to: "0x474e5Ded6b5D078163BFB8F6dBa355C3aA5478C8",
        value: "0",
        data,
        contractMethod,
        contractInputsValues,
      },
    ],
  })
}

const doubts = (flags: readonly string[]): readonly string[] =>
  flags.filter((flag) => flag.includes("as the file has no bytes"))

describe("A batch of texts", () => {
  it(`is read to the Transaction Builder's own bytes or refused, ${VECTORS.length} cases`, () => {
    const refused: string[] = []
    for (const { method, values, data } of VECTORS) {
      const shown = `${JSON.stringify(method)} ${JSON.stringify(values)}`
      const { data: found, refusal } = read(batchOf(method, values))
      if (refusal === undefined) expect(found, shown).to.equal(data)
      else {
        // The reader of JSON refuses the key __proto__ before it knows whose it is.
        expect(refusal, shown).to.match(/^batch\.json(:\d+: key "__proto__" is not|(:\d+)?: transaction 1: )/)
        if (data !== "0x") refused.push(shown)
      }
    }
    // What a person would hardly type, such as "0x" for zero: refused, though the app has a reading.
    expect(refused.length, refused.join("\n")).to.be.below(60)
  })

  it("that the Transaction Builder cannot encode is refused with transaction, parameter and value", () => {
    const method = { name: "pay", inputs: [{ name: "amounts", type: "uint256[]" }] }
    expect(read(batchOf(method, { amounts: "[1,2.5]" })).refusal).to.equal(
      'batch.json: transaction 1: parameter "amounts" (uint256[]): "2.5" is not a whole number',
    )
  })

  it("with a wrong field is refused with the value, counted from 1 as the web app counts", () => {
    const refusalOf = (changes: object): string | undefined => {
      const batch = JSON.parse(batchOf(null, null)) as { transactions: object[] }
      const [first = {}] = batch.transactions
      return read(JSON.stringify({ ...batch, transactions: [first, { ...first, ...changes }] })).refusal
    }
    const lineOf: readonly (readonly [changes: object, line: string])[] = [
      [{ value: "1e3" }, 'transaction 2: value: "1e3" is not a whole number in decimal digits'],
      [{ value: 5 }, "transaction 2: value: must be a text in quotes, not 5"],
      [{ to: "0x12" }, 'transaction 2: to: "0x12" is not an address; give 0x and 40 hex digits'],
      [{ to: undefined }, "transaction 2: to: is missing"],
      [{ data: "0xabc" }, 'transaction 2: data: "0xabc" is not 0x and pairs of hex digits'],
      [{ data: ["0x"] }, "transaction 2: data: must be a text in quotes, not a list"],
      [
        { contractMethod: { name: "f", inputs: [{ type: "bool" }, { type: 7 }] } },
        "transaction 2: parameter 2.type: must be a text in quotes, not 7",
      ],
      [{ contractMethod: { inputs: [] } }, "transaction 2: contractMethod.name: is missing"],
    ]
    for (const [changes, line] of lineOf)
      expect(refusalOf(changes)?.replace(/^batch\.json(:\d+)?: /, ""), JSON.stringify(changes)).to.equal(line)
    expect(read('{"version":"1.0","chainId":"x","meta":{},"transactions":[]}').refusal).to.match(
      /chainId: "x" is not a whole number[^]*transactions: must hold a transaction, not a list|transactions: must hold/,
    )
  })

  it("shows a value that was read without doubled quotes", () => {
    const reading = (type: string, text: string): string => {
      const method = { name: "f", inputs: [{ name: "x", type }] }
      return doubts(read(batchOf(method, { x: text })).flags).join()
    }
    expect(reading("uint256", "0x1E3")).to.match(/written "0x1E3" and read as 483$/)
    expect(reading("uint256[]", "['1', 0x2]")).to.match(/read as \[1, 2\]$/)
    expect(reading("bool", "1")).to.match(/written "1" and read as true$/)
    expect(reading("bytes4", "0xab")).to.match(/written "0xab" and read as "0xab000000"$/)
    expect(reading("string", "\u202eevil")).to.match(/read as "\\u\{202e\}evil"$/)
  })

  it("is flagged if another reader could decode it differently", () => {
    const reading = (type: string, text: string): readonly string[] => {
      const method = { name: "f", inputs: [{ name: "x", type }] }
      return doubts(read(batchOf(method, { x: text })).flags)
    }
    expect(reading("uint256", "1a")[0]).to.include('"x" is written "1a" and read as 26')
    for (const [type, text] of [
      ["uint256", "1e3"],
      ["uint256", " 5"],
      ["uint256", "007"],
      ["bool", "1"],
      ["bool", "False"],
      ["bytes32", "0xab"],
      ["bytes", "0xabc"],
      ["uint256[]", "[1 0]"],
      ["uint256[]", "['1']"],
      ["string", "‮evil"],
      ["address", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"],
    ] as const) {
      expect(reading(type, text), `${type} ${text}`).to.have.length(1)
    }
    for (const [type, text] of [
      ["uint256", "1000"],
      ["bool", "true"],
      ["bytes32", `0x${"ab".repeat(32)}`],
      ["string", "ipfs://bafy"],
      ["uint256[]", '["1", "20"]'],
      ["address[]", "[0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed]"],
    ] as const) {
      expect(reading(type, text), `${type} ${text}`).to.deep.equal([])
    }
  })

  it("names values that no parameter takes, and bytes that a method beside them does not make", () => {
    const method = { name: "f", inputs: [{ name: "x", type: "uint256" }] }
    expect(read(batchOf(method, { x: "1", to: "me" })).flags).to.include(
      'transaction 1: no parameter takes the value "to"',
    )
    expect(read(batchOf(method, { x: "no number" }, "0x12345678")).flags).to.include(
      'transaction 1: its bytes do not call "f" with the values shown beside them',
    )
  })

  it("of plain values is encoded as a contract's interface encodes them, and not flagged", () => {
    const address = fc
      .uint8Array({ minLength: 20, maxLength: 20 })
      .map((bytes) => toChecksum(`0x${Buffer.from(bytes).toString("hex")}`))
    const number = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map(String)
    const hash = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .map((bytes) => `0x${Buffer.from(bytes).toString("hex")}`)
    const list = fc.array(number, { maxLength: 4 })
    const values = fc.record({ a: address, b: number, c: hash, d: fc.boolean(), e: list })
    const types = { a: "address", b: "uint256", c: "bytes32", d: "bool", e: "uint256[]" }
    const inputs = Object.entries(types).map(([name, type]) => ({ name, type }))
    const contract = new Interface([`function f(${Object.values(types).join(",")})`])
    fc.assert(
      fc.property(values, ({ a, b, c, d, e }) => {
        const texts = { a, b, c, d: d.toString(), e: JSON.stringify(e) }
        const found = read(batchOf({ name: "f", inputs }, texts))
        expect(found.data).to.equal(contract.encodeFunctionData("f", [a, b, c, d, e]))
        expect(doubts(found.flags)).to.deep.equal([])
      }),
      fuzzing({ cases: 200 }),
    )
  })

  it("from the field is read to the calldata that the app was seen to make", () => {
    const expected = JSON.parse(readFileSync(join(CASES, "expected.json"), "utf8")) as Record<string, string>
    for (const [name, data] of Object.entries(expected)) {
      const { data: found, refusal } = read(readFileSync(join(CASES, name), "utf8"))
      // The app fails to encode this one and would call with no data at all.
      if (name === "17-components-on-plain-type.json") expect(refusal).to.include('parameter "to" (address)')
      else expect(found, name).to.equal(data)
    }
  })
})
