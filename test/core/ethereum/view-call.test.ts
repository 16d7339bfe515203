import { expect } from "chai"
import type { Address } from "../../../scripts/core/primitives/address.ts"
import { fromHex, toHex, type Hex } from "../../../scripts/core/primitives/bytes.ts"
import { openViews, type World } from "../../../scripts/core/ethereum/view-call.ts"
import { NotFollowed } from "../../../scripts/core/ethereum/view-operations.ts"

const SELF: Address = `0x${"aa".repeat(20)}`
const OTHER: Address = `0x${"bb".repeat(20)}`

/** Returns a world where two addresses have code. Slot n holds n + 100 at the first and n + 200 at every other. */
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
  const call = await openViews(worldOf(code, other))
  const { success, data } = await call(SELF, input)
  return success ? toHex(data) : "failed"
}

async function refusal(code: string, other = ""): Promise<string> {
  return await run(code, other).catch((error: unknown) => {
    if (!(error instanceof NotFollowed)) throw error
    return error.message
  })
}

/** Returns the word on top of the stack. */
const RETURN_TOP = "5f5260205ff3"
const RETURN_DATA = "3d5f5f3e3d5ff3"
const word = (value: bigint): string => `0x${value.toString(16).padStart(64, "0")}`
const callOf = (operation: string, to: string): string =>
  `5f5f5f5f${operation === "f1" ? "5f" : ""}73${to.slice(2)}5a${operation}`

describe("a view run over proven code", () => {
  it("computes with words of 256 bits", async () => {
    expect(await run(`6001600003${RETURN_TOP}`)).to.equal(word((1n << 256n) - 1n)) // 0 - 1
    expect(await run(`6000600504${RETURN_TOP}`)).to.equal(word(0n)) // 5 / 0
    expect(await run(`6002600a0a${RETURN_TOP}`)).to.equal(word(100n)) // 10 ** 2
    expect(await run(`60ff60000b${RETURN_TOP}`)).to.equal(word((1n << 256n) - 1n)) // sign of byte 0
    expect(await run(`5f1960011d${RETURN_TOP}`)).to.equal(word((1n << 256n) - 1n)) // -1 >> 1, signed
  })

  it("reads storage, time, chain id and calldata", async () => {
    expect(await run(`600754${RETURN_TOP}`)).to.equal(word(107n))
    expect(await run(`42${RETURN_TOP}`)).to.equal(word(1_763_683_200n))
    expect(await run(`46${RETURN_TOP}`)).to.equal(word(42161n))
    expect(await run(`5f35${RETURN_TOP}`, "", word(9n) as Hex)).to.equal(word(9n))
    expect(await run(`73${OTHER.slice(2)}3b${RETURN_TOP}`, "aabbcc")).to.equal(word(3n))
  })

  it("fails on bad jumps, empty stacks, reverts and invalid operations", async () => {
    for (const code of ["600056", "01", "5f5ffd", "fe", "600156605b"]) {
      expect(await run(code), code).to.equal("failed")
    }
    for (const code of ["5f", "6003565b", "00", ""]) expect(await run(code), code).to.equal("0x")
  })

  it("reads its own storage in the code of a library, and another's in a call", async () => {
    const library = callOf("f4", OTHER) + RETURN_DATA
    expect(await run(library, `600154${RETURN_TOP}`)).to.equal(word(101n))
    expect(await run(library, `30${RETURN_TOP}`)).to.equal(word(BigInt(SELF)))
    for (const operation of ["f1", "fa"]) {
      const call = callOf(operation, OTHER) + RETURN_DATA
      expect(await run(call, `600154${RETURN_TOP}`)).to.equal(word(201n))
      expect(await run(call, `30${RETURN_TOP}`)).to.equal(word(BigInt(OTHER)))
    }
  })

  it("returns the revert data of an inner call", async () => {
    expect(await run(callOf("fa", OTHER) + RETURN_DATA, "602a5f5260205ffd")).to.equal(word(42n))
  })

  it("is unaffected by an earlier call that was refused midway", async () => {
    const call = await openViews(
      worldOf(`5f35156025575b32${RETURN_TOP}`.padEnd(74, "0") + `5b600754${RETURN_TOP}`),
    )
    const answers = await Promise.allSettled([
      call(SELF, word(1n) as Hex),
      call(SELF, "0x"),
      call(SELF, "0x"),
    ])
    expect(answers.map(({ status }) => status)).to.deep.equal(["rejected", "fulfilled", "fulfilled"])
    for (const answer of answers.slice(1)) {
      expect(answer.status === "fulfilled" && toHex(answer.value.data)).to.equal(word(107n))
    }
  })

  const followed = new Set([
    ...[
      "00",
      "01",
      "02",
      "03",
      "04",
      "05",
      "06",
      "07",
      "08",
      "09",
      "0a",
      "0b",
      "10",
      "11",
      "12",
      "13",
      "14",
      "15",
    ],
    ...[
      "16",
      "17",
      "18",
      "19",
      "1a",
      "1b",
      "1c",
      "1d",
      "20",
      "30",
      "33",
      "34",
      "35",
      "36",
      "37",
      "38",
      "39",
      "3b",
      "3d",
    ],
    ...[
      "3e",
      "42",
      "46",
      "50",
      "51",
      "52",
      "53",
      "54",
      "56",
      "57",
      "58",
      "59",
      "5a",
      "5b",
      "5e",
      "f1",
      "f3",
      "f4",
    ],
    ...["fa", "fd", "fe"],
  ])

  it("refuses operations whose result is not proven, and unknown operations", async () => {
    const isPushDupSwap = (code: number): boolean => code >= 0x5f && code <= 0x9f
    for (let code = 0; code < 256; code++) {
      const name = code.toString(16).padStart(2, "0")
      if (followed.has(name) || isPushDupSwap(code)) continue
      // Enough words on the stack for any operation.
      expect(await refusal(`${"5f".repeat(8)}${name}00`), name).to.equal(`it uses operation 0x${name}`)
    }
  })

  it("refuses precompiled contracts, ArbOS, ether, endless work, and answers that depend on gas", async () => {
    const cases: Readonly<Record<string, string>> = {
      [`${callOf("fa", `0x${"00".repeat(19)}01`)}00`]: "precompiled",
      [`${callOf("f4", `0x${"00".repeat(19)}64`)}00`]: "precompiled",
      [`5f5f5f5f600173${OTHER.slice(2)}5af1`]: "ether",
      "5b5f56": "more than 2000000 gas",
      "63ffffffff51": "more than 2000000 gas",
      [`${callOf("fa", SELF)}00`]: "more than 2000000 gas",
      // The callee runs out of gas, and the caller goes on.
      [`${callOf("fa", OTHER)}${RETURN_TOP}`]: "more than 2000000 gas",
      [`5a${RETURN_TOP}`]: "gas that is left",
    }
    for (const [code, words] of Object.entries(cases)) {
      expect(await refusal(code, "5b5f56"), code).to.contain(words)
    }
  })
})
