import { expect } from "chai"
import fc from "fast-check"
import { MOST_COLUMNS, shortNumber } from "../../../scripts/core/report/histogram.ts"
import { amountColumns } from "../../../scripts/core/report/concentration.ts"

const UNIT = 1e18

describe("the columns of a histogram", () => {
  it("count every amount once, in a readable number of columns", () => {
    const amount = fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 99 }))
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 60 }), (given) => {
        const amounts = Float64Array.from(given, ([power, digits]) => digits * 10 ** power).sort()
        const columns = amountColumns(amounts, UNIT)
        expect(columns.length).to.be.at.most(MOST_COLUMNS)
        expect(columns.reduce((sum, { count }) => sum + count, 0)).to.equal(amounts.length)
        expect(new Set(columns.map(({ from }) => from)).size).to.equal(columns.length)
        expect(Math.max(...columns.map(({ fraction }) => fraction))).to.equal(1)
        for (const { from } of columns) expect(from.length, from).to.be.at.most(5)
      }),
    )
  })

  it("are one step wide while they fit, then a power of ten, then several", () => {
    const from = (...tokens: number[]): string[] =>
      amountColumns(
        Float64Array.from(tokens, (value) => value * UNIT),
        UNIT,
      ).map((column) => column.from)
    expect(from(3, 60)).to.deep.equal(["2", "5", "10", "20", "50"])
    expect(from(3, 60_000)).to.deep.equal(["1", "10", "100", "1k", "10k"])
    expect(from(1e-18, 3)).to.have.length(10)
    expect(from()).to.deep.equal([])
  })

  it("have counts of at most four characters", () => {
    const short: readonly (readonly [number, string])[] = [
      [0, "0"],
      [7, "7"],
      [999, "999"],
      [1000, "1k"],
      [3388, "3.4k"],
      [9949, "9.9k"],
      [9950, "10k"],
      [246_555, "247k"],
      [999_499, "999k"],
      [999_500, "1M"],
      [12_345_678, "12M"],
      [1e9, "1B"],
    ]
    for (const [count, text] of short) expect(shortNumber(count)).to.equal(text)
    fc.assert(fc.property(fc.nat(), (count) => shortNumber(count).length <= 4))
  })
})
