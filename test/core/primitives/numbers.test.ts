import { expect } from "chai"
import { AirdropError } from "../../../scripts/core/primitives/error.ts"
import { formatAmount, parseAmount } from "../../../scripts/core/primitives/amount.ts"
import { compareBytes, fromHex } from "../../../scripts/core/primitives/bytes.ts"
import { parseDecimal } from "../../../scripts/core/primitives/decimal.ts"
import { duration, isoDay, isoTime } from "../../../scripts/core/primitives/time.ts"
import { addressInWord, addressOfWord } from "../../../scripts/core/primitives/words.ts"

const codeOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof AirdropError) return error.code
    throw error
  }
  return "accepted"
}

describe("Numbers as text", () => {
  it("take zeros after the last decimal, as they change nothing", () => {
    expect(parseAmount("29.000000000000000000", 9)).to.equal(29_000_000_000n)
    expect(parseAmount("1.50", 1)).to.equal(15n)
    expect(parseAmount("7.000", 0)).to.equal(7n)
    expect(parseDecimal("1.25" + "0".repeat(60), 18)).to.deep.equal({
      digits: 125n * 10n ** 16n,
      scale: 18,
    })
  })

  it("refuse a decimal that is finer than the token", () => {
    expect(codeOf(() => parseAmount("1.0000000001", 9))).to.equal("invalid-amount")
    expect(codeOf(() => parseAmount("1.00000000010", 9))).to.equal("invalid-amount")
  })

  it("refuse every other notation of a number", () => {
    const written = [
      "",
      "+1",
      "-1",
      "1e3",
      "1,5",
      "1.000,5",
      "1,000",
      "1 000",
      "1\u00a0000",
      "1'000",
      "0x10",
      "01",
    ]
    written.push(".5", "5.", "1_000", "１２", "٣", "$5", "5%", "1.5 ", "NaN", "Infinity", "1.5.0")
    for (const text of written)
      expect(
        codeOf(() => parseAmount(text, 9)),
        text,
      ).to.equal("invalid-amount")
    expect(codeOf(() => parseAmount("9".repeat(79), 9))).to.equal("invalid-amount")
  })

  it("are written with all of the token's decimals", () => {
    expect(formatAmount(1_500_000_000n, 9)).to.equal("1.500000000")
  })
})

describe("Times as text", () => {
  it("are in UTC to the second, from a date as from seconds", () => {
    expect(isoTime(1_763_683_200)).to.equal("2025-11-21T00:00:00Z")
    expect(isoTime(1_763_683_200n)).to.equal("2025-11-21T00:00:00Z")
    expect(isoTime(new Date("2025-11-21T00:00:00.900Z"))).to.equal("2025-11-21T00:00:00Z")
    expect(isoDay(1_763_683_200)).to.equal("2025-11-21")
  })

  it("are the number itself after the year 9999, so that two moments are never written alike", () => {
    expect(isoTime(253_402_300_799n)).to.equal("9999-12-31T23:59:59Z")
    expect(isoTime(253_402_300_800n)).to.contain("253402300800 seconds since 1970")
    expect(isoTime(2n ** 256n - 1n)).to.contain((2n ** 256n - 1n).toString())
  })

  it("are durations in the largest unit that divides them", () => {
    expect(duration(0n)).to.equal("no delay")
    expect(duration(86_400n)).to.equal("1 day")
    expect(duration(604_800n)).to.equal("7 days")
    expect(duration(5_400n)).to.equal("90 minutes")
    expect(duration(61n)).to.equal("61 seconds")
  })
})

describe("Bytes and words", () => {
  it("compare as numbers", () => {
    const bytes = fromHex("0x00ff0100")
    expect(compareBytes(bytes, 0, bytes, 2, 2)).to.be.below(0)
    expect(compareBytes(bytes, 2, bytes, 0, 2)).to.be.above(0)
    expect(compareBytes(bytes, 1, bytes, 1, 3)).to.equal(0)
  })

  it("give an address only if the rest of the word is zero", () => {
    const word = BigInt(`0x${"ab".repeat(20)}`)
    expect(addressOfWord(word)).to.equal(`0x${"ab".repeat(20)}`)
    expect(addressOfWord(word + (1n << 160n))).to.equal(undefined)
    expect(addressInWord(word + (1n << 160n))).to.equal(`0x${"ab".repeat(20)}`)
  })
})
