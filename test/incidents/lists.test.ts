import { join } from "node:path"
import { expect } from "chai"
import * as allocate from "../../scripts/commands/allocate.ts"
import { largestRemainder } from "../../scripts/core/allocation/largest-remainder.ts"
import { readEntries } from "../../scripts/stages/allocation/allocation-files.ts"
import { testAddress, writeAmountsProgram, type AmountsProgram } from "../support/amounts-program.ts"
import { runVerb } from "../support/run-verb.ts"
import { inScratch } from "../support/scratch.ts"

/** Runs allocate over a list and returns its output and what it would pay. */
async function allocated(given: AmountsProgram): Promise<{ paid: bigint | undefined; error: string }> {
  return await inScratch(async (folder) => {
    await writeAmountsProgram(folder, given)
    const { status, error } = await runVerb(allocate, [folder])
    if (status !== 0) return { paid: undefined, error: error instanceof Error ? error.message : "" }
    const { entries } = await readEntries(join(folder, "allocation.csv"), given.decimals ?? 9)
    return { paid: entries.reduce((sum, { amount }) => sum + amount, 0n), error: "" }
  })
}

const [first, second] = [testAddress(1), testAddress(2)]

describe("incidents: lists", () => {
  it("ENS: a list may not sum to more than its pool, not even by one unit", async () => {
    const csv = `account,amount\n${first},0.600000000\n${second},0.400000001\n`
    expect((await allocated({ csv, pool: "1" })).error).to.match(/0\.000000001|more than/)
    expect((await allocated({ csv, pool: "1.000000001" })).paid).to.equal(1_000_000_001n)
  })

  it("Uniswap: shares of a pool add up to it, with nothing left over by rounding", () => {
    const values = Array.from({ length: 252_803 }, (_, i) => BigInt((i * 2_654_435_761) % 1_000_003) + 1n)
    const pool = 150_000_000n * 10n ** 18n
    const { amounts } = largestRemainder(pool, values)
    expect(amounts.reduce((sum, amount) => sum + amount, 0n)).to.equal(pool)
  })

  it("the same address in two casings is one account, and named as a duplicate with both lines", async () => {
    const mixed = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
    const { error } = await allocated({
      csv: `account,amount\n${mixed},1\n${first},1\n${mixed.toLowerCase()},1\n`,
      pool: "3",
    })
    expect(error).to.match(/list\.csv:4: .*line 2/)
  })

  for (const [what, amount] of [
    ["hex", "0x10"],
    ["exponent", "1e-7"],
    ["large exponent", "1E18"],
    ["thousands separator", '"1,000"'],
    ["decimal comma", '"1,5"'],
    ["sign", "-1"],
    ["blank", " 1"],
    ["no leading digit", ".5"],
    ["more decimals than the token has", "0.1234567891"],
    ["not a number", "NaN"],
    ["full-width digits", "１"],
  ] as const) {
    it(`an amount written with ${what} is refused with its line, never read as another number`, async () => {
      const { error } = await allocated({
        csv: `account,amount\n${first},1\n${second},${amount}\n`,
        pool: "100",
      })
      expect(error).to.match(/list\.csv:3: /)
    })
  }

  it("base units and tokens are not mixed: the program says which a list is in, and base units have no fraction", async () => {
    const base = { unit: "base" }
    const whole = { csv: `account,amount\n${first},1500000000\n`, pool: "1.5" }
    expect((await allocated({ ...whole, source: base })).paid).to.equal(1_500_000_000n)
    expect((await allocated(whole)).error, "taken for tokens it exceeds the pool").to.not.equal("")
    const fraction = { csv: `account,amount\n${first},1.5\n`, pool: "1.5" }
    expect((await allocated({ ...fraction, source: base })).error).to.match(/list\.csv:2: /)
  })

  it("Uniswap: addresses without a key are refused until they are excluded by name", async () => {
    const burned = "0x0000000000000000000000000000000000000001"
    const csv = `account,amount\n${burned},1\n${first},1\n`
    expect((await allocated({ csv, pool: "2" })).error).to.include(burned)
    expect((await allocated({ csv, pool: "2", exclude: [burned] })).paid).to.equal(1_000_000_000n)
  })
})
