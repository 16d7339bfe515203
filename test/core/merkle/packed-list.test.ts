import { expect } from "chai"
import fc from "fast-check"
import { artifactOf } from "../../../scripts/io/project/artifacts.ts"
import {
  LIST_RECORDER,
  recordCall,
  recordedIn,
  RECORDER,
} from "../../../scripts/core/contract/list-recorder.ts"
import { contractAddress } from "../../../scripts/core/ethereum/create2.ts"
import { Interface } from "ethers"
import { accountOf, amountOf, listOf } from "../../../scripts/core/merkle/leaf-list.ts"
import { MOST_RECORDED_BYTES, packList, unpackEntries } from "../../../scripts/core/merkle/packed-list.ts"
import { toHex, type Hex } from "../../../scripts/core/primitives/bytes.ts"
import { expectThrown } from "../../support/errors.ts"
import { address } from "../../support/made-up.ts"

const ROOT: Hex = `0x${"ab".repeat(32)}`

describe("A packed list", () => {
  it("is read back entry by entry, in parts of any size", () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: (1n << 96n) - 1n }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 2_000 }), (values, mostBytes) => {
        const list = listOf(
          "automatic",
          values.map((amount, i) => ({ account: address(i + 1), amount })),
        )
        const parts = packList(list, mostBytes)
        let position = 0
        for (const part of parts) {
          expect(part.position).to.equal(position)
          expect(part.bytes.length <= mostBytes || part.count === 1).to.equal(true)
          for (const [i, row] of unpackEntries(part.bytes).entries()) {
            expect(row).to.deep.equal({
              account: accountOf(list, position + i),
              amount: amountOf(list, position + i),
            })
          }
          position += part.count
        }
        expect(position).to.equal(list.count)
      }),
    )
  })

  it("takes 26 bytes an entry for amounts of Session's size, and two parts for 800 recipients", () => {
    const list = listOf(
      "automatic",
      Array.from({ length: 800 }, (_, i) => ({ account: address(i + 1), amount: 350_000_000_000_000n / 7n })),
    )
    const parts = packList(list)
    expect(parts.map(({ bytes }) => bytes.length)).to.deep.equal([1 + 769 * 26, 1 + 31 * 26])
    for (const { bytes } of parts) expect(bytes.length).to.be.at.most(MOST_RECORDED_BYTES)
  })

  it("is refused where the bytes are no whole entries", () => {
    for (const bytes of [[], [0], [7], [7, 1, 2], [33, ...new Array<number>(53).fill(1)]])
      expectThrown(() => unpackEntries(Uint8Array.from(bytes)), "file-format", `${bytes.length} bytes`)
  })
})

describe("The recorder's call", () => {
  const [part] = packList(listOf("automatic", [{ account: address(1), amount: 5n }]))
  if (part === undefined) throw new Error("a list has a part")

  it("has the address and the interface of the compiled contract", async () => {
    const { abi, bytecode } = await artifactOf("ListRecorder")
    expect(contractAddress(bytecode as Hex)).to.equal(LIST_RECORDER)
    expect(RECORDER.format()).to.deep.equal(new Interface(abi).format())
  })

  it("is found in the input of whoever makes it, and only for its root and position", () => {
    const { data } = recordCall(ROOT, part)
    const entries = toHex(part.bytes)
    const wrapped = `0x6a761202${"00".repeat(37)}${data.slice(2)}${"00".repeat(5)}`
    for (const input of [data, wrapped]) {
      expect(recordedIn(input, ROOT, 0n)).to.deep.equal([entries])
      expect(recordedIn(input, ROOT, 1n)).to.deep.equal([])
      expect(recordedIn(input, `0x${"ac".repeat(32)}`, 0n)).to.deep.equal([])
    }
    expect(recordedIn(data.slice(0, -64), ROOT, 0n)).to.deep.equal([])
    expect(recordedIn("0x", ROOT, 0n)).to.deep.equal([])
  })
})
