import { expect } from "chai"
import fc from "fast-check"
import { addressTable } from "../../../scripts/core/primitives/address-table.ts"
import { keyOfNumber, sortedIndexes } from "../../../scripts/core/primitives/sorted-indexes.ts"
import { address } from "../../support/made-up.ts"

describe("tables for millions of rows", () => {
  it("number addresses as a Map does, in the order in which they come, over any growth", () => {
    const numbers = fc.array(fc.nat({ max: 1500 }), { maxLength: 4000, size: "max" })
    fc.assert(
      fc.property(numbers, (given) => {
        const table = addressTable()
        const map = new Map<string, number>()
        for (const one of given.map(address)) {
          if (!map.has(one)) map.set(one, map.size)
          expect(table.add(one)).to.equal(map.get(one))
        }
        expect(table.addresses).to.deep.equal([...map.keys()])
      }),
      { numRuns: 20 },
    )
  })

  it("sort as by comparison alone, also when keys are equal", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 40n })), fc.nat({ max: 3 }), (values, coarse) => {
        const compare = (a: number, b: number): number =>
          (values[a] ?? 0n) < (values[b] ?? 0n) ? -1 : (values[a] ?? 0n) > (values[b] ?? 0n) ? 1 : a - b
        const key = (i: number): number => Math.floor(keyOfNumber(values[i] ?? 0n) / 2 ** (10 * coarse))
        const expected = values.map((_, i) => i).sort(compare)
        expect([...sortedIndexes(values.length, key, compare)]).to.deep.equal(expected)
      }),
    )
  })
})
