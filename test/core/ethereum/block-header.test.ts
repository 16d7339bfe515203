import { RLP } from "@ethereumjs/rlp"
import { expect } from "chai"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { headerHash, verifyHeader } from "../../../scripts/core/ethereum/block-header.ts"
import { fromHex, toHex } from "../../../scripts/core/primitives/bytes.ts"
import { keccak256 } from "../../../scripts/core/primitives/keccak.ts"
import { PROJECT_ROOT } from "../../../scripts/io/project/processes.ts"
import { expectThrown } from "../../support/errors.ts"

const VECTORS = join(PROJECT_ROOT, "test", "fixtures", "arbitrum")

async function vector(name: string): Promise<Readonly<Record<string, string>>> {
  return JSON.parse(await readFile(join(VECTORS, name), "utf8")) as Record<string, string>
}

describe("block headers", () => {
  it("of Arbitrum One hash to the block's hash, with any further fields of the RPC", async () => {
    const block = await vector("block-511882413.json")
    const header = verifyHeader(block, block["hash"] ?? "")
    expect(header.rule).to.equal("arbitrum")
    expect(header.number).to.equal(511882413)
    expect(header.stateRoot).to.equal(block["stateRoot"])
    expect(Object.keys(header.fields)).to.have.length(16)
    expect(header.fields).to.not.have.property("sendRoot")
  })

  it("hash to the block hash that Arbitrum's rollup confirmed on Ethereum", async () => {
    const assertion = await vector("assertion-310461897.json")
    const rlp = fromHex(assertion["rlpHeader"] ?? "")
    expect(toHex(keccak256(rlp))).to.equal(assertion["assertionBlockHash"])
    const names = [
      ...["parentHash", "sha3Uncles", "miner", "stateRoot", "transactionsRoot", "receiptsRoot", "logsBloom"],
      ...[
        "difficulty",
        "number",
        "gasLimit",
        "gasUsed",
        "timestamp",
        "extraData",
        "mixHash",
        "nonce",
        "baseFeePerGas",
      ],
    ]
    const values = RLP.decode(rlp) as Uint8Array[]
    const fields = Object.fromEntries(names.map((name, i) => [name, toHex(values[i] ?? new Uint8Array())]))
    expect(headerHash(fields, "arbitrum")).to.equal(assertion["assertionBlockHash"])
    expect(fields["stateRoot"]).to.equal(assertion["stateRoot"])
  })

  it("are refused if any of their fields is changed", async () => {
    const block = await vector("block-511882413.json")
    const hash = block["hash"] ?? ""
    for (const name of Object.keys(verifyHeader(block, hash).fields)) {
      const text = block[name] ?? ""
      const last = text.at(-1) === "1" ? "2" : "1"
      expectThrown(
        () => verifyHeader({ ...block, [name]: text.slice(0, -1) + last }, hash),
        "rpc-answer",
        hash,
      )
    }
  })

  it("have one form, whether numbers come with leading zeros or without", async () => {
    const block = await vector("block-511882413.json")
    const padded = { ...block, difficulty: "0x01", gasUsed: "0x00003d721" }
    const header = verifyHeader(padded, block["hash"] ?? "")
    expect(header.number).to.equal(511882413)
    expect(header.fields).to.deep.equal(verifyHeader(block, block["hash"] ?? "").fields)
    expect([header.fields["difficulty"], header.fields["gasUsed"]]).to.deep.equal(["0x1", "0x3d721"])
  })

  it("are refused without a hashed field, which is named", async () => {
    const block = await vector("block-511882413.json")
    const fields = Object.fromEntries(Object.entries(block).filter(([name]) => name !== "mixHash"))
    expectThrown(() => headerHash(fields, "arbitrum"), "rpc-answer", "mixHash")
  })
})
