import { expect } from "chai"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { fromHex, toHex, type Hex } from "../../../scripts/core/primitives/bytes.ts"
import { callView, type World } from "../../../scripts/core/ethereum/evm.ts"

const SELF: Address = `0x${"aa".repeat(20)}`
const OTHER: Address = `0x${"bb".repeat(20)}`

/** A world where two addresses have code, and slot n holds n + 100 of the first, n + 200 of any other. */
function worldOf(own: string, other = ""): World {
  return {
    timestamp: 1_763_683_200n,
    chainId: 42161n,
    code: (address) =>
      Promise.resolve(fromHex(`0x${address === SELF ? own : address === OTHER ? other : ""}`)),
    storage: (address, slot) => Promise.resolve(slot + (address === SELF ? 100n : 200n)),
  }
}

async function run(code: string, other = "", input: Hex = "0x"): Promise<string> {
  const { success, data } = await callView(worldOf(code, other), SELF, input)
  return success ? toHex(data) : "failed"
}

/** Returns the word on top of the stack. */
const RETURN_TOP = "5f5260205ff3"
const word = (value: bigint): string => `0x${value.toString(16).padStart(64, "0")}`

describe("views run over proven code", () => {
  it("compute with words of 256 bits as the EVM does", async () => {
    expect(await run(`6001600003${RETURN_TOP}`)).to.equal(word((1n << 256n) - 1n)) // 0 - 1
    expect(await run(`6000600504${RETURN_TOP}`)).to.equal(word(0n)) // 5 / 0
    expect(await run(`6002600a0a${RETURN_TOP}`)).to.equal(word(100n)) // 10 ** 2
    expect(await run(`60ff60000b${RETURN_TOP}`)).to.equal(word((1n << 256n) - 1n)) // sign of byte 0
    expect(await run(`60016101001b${RETURN_TOP}`)).to.equal(word(0n)) // 1 << 256
    expect(await run(`5f1960011d${RETURN_TOP}`)).to.equal(word((1n << 256n) - 1n)) // -1 >> 1, signed
    expect(await run(`600754${RETURN_TOP}`)).to.equal(word(107n)) // storage
    expect(await run(`46${RETURN_TOP}`)).to.equal(word(42161n))
  })

  it("fail where the EVM would: bad jumps, empty stacks, reverts, invalid operations", async () => {
    for (const code of ["600056", "01", "5f5ffd", "fe", "5f", "6003565b"]) {
      expect(await run(code), code).to.equal(code === "5f" || code === "6003565b" ? "0x" : "failed")
    }
    expect(await run("600156605b"), "a JUMPDEST within data is none").to.equal("failed")
  })

  it("read their own storage in a library's code, and another's in a call", async () => {
    const returnData = "3d5f5f3e3d5ff3"
    const toOther = (operation: string): string =>
      operation === "f4"
        ? `5f5f5f5f73${OTHER.slice(2)}5af4${returnData}`
        : `5f5f5f5f73${OTHER.slice(2)}5afa${returnData}`
    expect(await run(toOther("f4"), `600154${RETURN_TOP}`)).to.equal(word(101n))
    expect(await run(toOther("f4"), `30${RETURN_TOP}`)).to.equal(word(BigInt(SELF)))
    expect(await run(toOther("fa"), `30${RETURN_TOP}`)).to.equal(word(BigInt(OTHER)))
  })

  it("refuse what they do not know rather than guess", async () => {
    const cases: Readonly<Record<string, string>> = {
      "33": "operation 0x33", // CALLER
      "5f5f5f5f5f60015af1": "precompiled", // a call of address 1
      [`5f5f5f5f600173${OTHER.slice(2)}5af1`]: "ether",
      "5b5f56": "more steps", // an endless loop
      "63ffffffff51": "memory",
      [`5f5f5f5f73${SELF.slice(2)}5afa`]: "too deep", // calls itself
    }
    for (const [code, words] of Object.entries(cases)) {
      const message: unknown = await run(code).catch((error: unknown) =>
        error instanceof Error ? error.message : error,
      )
      expect(message, code).to.contain(words)
    }
  })
})
