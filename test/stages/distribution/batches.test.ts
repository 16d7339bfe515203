import { expect } from "chai"
import fc from "fast-check"
import { countUnclaimed, GAP, planBatches } from "../../../scripts/core/claim/push-batches.ts"
import { levelOf, leafPosition } from "../../../scripts/core/merkle/position.ts"

describe("the batches of a distribution", () => {
  const flags = fc.uint8Array({ minLength: 1, maxLength: 3000, max: 1 })
  const mostlyClaimed = fc
    .tuple(fc.integer({ min: 1, max: 3000 }), fc.array(fc.nat(2999), { maxLength: 40 }))
    .map(([length, open]) => {
      const all = new Uint8Array(length).fill(1)
      for (const index of open) if (index < length) all[index] = 0
      return all
    })

  it("hold every unclaimed leaf once, in order, within their size and on one level", () => {
    fc.assert(
      fc.property(fc.oneof(flags, mostlyClaimed), fc.integer({ min: 1, max: 700 }), (claimed, size) => {
        const covered = new Uint8Array(claimed.length)
        let end = 0
        for (const { start, count } of planBatches(claimed, size)) {
          expect(start).to.be.at.least(end)
          expect(count).to.be.within(1, size)
          expect(claimed[start]).to.equal(0)
          expect(claimed[start + count - 1]).to.equal(0)
          const level = (index: number): number => levelOf(leafPosition(claimed.length, index))
          expect(level(start)).to.equal(level(start + count - 1))
          covered.fill(1, start, start + count)
          end = start + count
        }
        claimed.forEach((flag, i) => {
          if (flag === 0) expect(covered[i], `leaf ${i}`).to.equal(1)
        })
      }),
    )
  })

  it("leave out long stretches of claimed leaves and carry short ones along", () => {
    const claimed = new Uint8Array(256)
    claimed.fill(1, 10, 10 + GAP - 1)
    expect(planBatches(claimed, 256)).to.have.length(1)
    claimed.fill(1, 10, 10 + GAP)
    expect(planBatches(claimed, 256)).to.deep.equal([
      { start: 0, count: 10 },
      { start: 10 + GAP, count: 256 - 10 - GAP },
    ])
    expect(countUnclaimed(claimed)).to.equal(256 - GAP)
  })

  it("are empty when every recipient is paid", () => {
    expect(planBatches(new Uint8Array(1000).fill(1), 100)).to.deep.equal([])
  })
})
