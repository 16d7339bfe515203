import { expect } from "chai"
import fc from "fast-check"
import { distribute, type Bounds, type Distribution } from "../../../scripts/core/allocation/share-pool.ts"
import { largestRemainder } from "../../../scripts/core/allocation/largest-remainder.ts"

const pools = fc.bigInt({ min: 0n, max: 10n ** 16n })
const amounts = fc.oneof(fc.bigInt({ min: 0n, max: 5n }), fc.bigInt({ min: 0n, max: 10n ** 20n }))
const values = fc
  .array(amounts, { minLength: 1, maxLength: 40 })
  .filter((list) => list.some((value) => value > 0n))

/** Bounds around the average share, where they bite. */
function boundsFor(pool: bigint, count: number): fc.Arbitrary<Bounds> {
  const around = fc.bigInt({ min: 0n, max: 3n * (pool / BigInt(count)) + 3n })
  return fc
    .tuple(around, fc.option(around, { nil: undefined }))
    .map(([minimum, cap]) => ({ minimum, cap: cap === undefined || cap >= minimum ? cap : minimum }))
}

const bounded = fc
  .tuple(pools, values)
  .chain(([pool, list]) => fc.tuple(fc.constant(pool), fc.constant(list), boundsFor(pool, list.length)))

function sum(list: readonly bigint[]): bigint {
  return list.reduce((total, one) => total + one, 0n)
}

describe("sharing a pool", () => {
  it("pays it to the last unit, each share within one unit of the exact one", () => {
    fc.assert(
      fc.property(pools, values, (pool, list) => {
        const { amounts } = largestRemainder(pool, list)
        expect(sum(amounts)).to.equal(pool)
        const total = sum(list)
        amounts.forEach((amount, i) => {
          const whole = (pool * (list[i] ?? 0n)) / total
          expect(amount === whole || amount === whole + 1n).to.equal(true)
        })
      }),
    )
  })

  it("gives the units left over to the largest fractions, of equal ones to the earlier", () => {
    expect(largestRemainder(10n, [1n, 1n, 1n]).amounts).to.deep.equal([4n, 3n, 3n])
    expect(largestRemainder(5n, [3n, 3n, 1n]).amounts).to.deep.equal([2n, 2n, 1n])
    expect(largestRemainder(100n, [1n, 2n, 4n]).amounts).to.deep.equal([14n, 29n, 57n])
  })

  it("agrees with an exact sort of all fractions, also when doubles cannot distinguish them", () => {
    const close = fc.array(fc.bigInt({ min: 10n ** 60n, max: 10n ** 60n + 9n }), {
      minLength: 2,
      maxLength: 20,
    })
    fc.assert(
      fc.property(pools, fc.oneof(values, close), (pool, list) => {
        const total = sum(list)
        const exact = list.map((value) => (pool * value) / total)
        const order = list
          .map((value, i) => ({ i, remainder: (pool * value) % total }))
          .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1))
        for (const { i } of order.slice(0, Number(pool - sum(exact)))) exact[i] = (exact[i] ?? 0n) + 1n
        expect(largestRemainder(pool, list).amounts).to.deep.equal(exact)
      }),
    )
  })

  it("is not changed by scaling all values", () => {
    fc.assert(
      fc.property(bounded, fc.bigInt({ min: 1n, max: 10n ** 30n }), ([pool, list, bounds], factor) => {
        const scaled = list.map((value) => value * factor)
        expect(distribute(pool, scaled, bounds)).to.deep.equal(distribute(pool, list, bounds))
      }),
    )
  })

  it("pays larger values at least as much, also with a cap; with a minimum up to one unit of rounding", () => {
    fc.assert(
      fc.property(bounded, fc.nat(), amounts, ([pool, list, bounds], at, more) => {
        const i = at % list.length
        const raised = list.map((value, k) => (k === i ? value + more : value))
        const pay = (values: readonly bigint[], bounds: Bounds): bigint =>
          distribute(pool, values, bounds).amounts[i] ?? 0n
        const free = { minimum: 0n, cap: bounds.cap }
        expect(pay(raised, free) >= pay(list, free)).to.equal(true)
        expect(pay(raised, bounds) >= pay(list, bounds) - 1n).to.equal(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe("minimum and cap", () => {
  it("hold for every amount, and the pool stays exact", () => {
    fc.assert(
      fc.property(bounded, ([pool, list, bounds]) => {
        const result = distribute(pool, list, bounds)
        expect(sum(result.amounts) + result.undistributed).to.equal(pool)
        for (const amount of result.amounts) {
          if (bounds.cap !== undefined) expect(amount <= bounds.cap).to.equal(true)
        }
        result.amounts.forEach((amount, i) => {
          if ((list[i] ?? 0n) > 0n && result.dropped[i] === 0) expect(amount >= bounds.minimum).to.equal(true)
          else expect(amount).to.equal(0n)
        })
        expect(result.undistributed >= 0n).to.equal(true)
      }),
      { numRuns: 500 },
    )
  })

  it("treat equal values equally, up to the rounding unit, and never reverse the order of values", () => {
    fc.assert(
      fc.property(bounded, ([pool, list, bounds]) => {
        const { amounts, dropped } = distribute(pool, list, bounds)
        list.forEach((a, i) => {
          list.forEach((b, k) => {
            if (a === b) expect(dropped[i]).to.equal(dropped[k])
            if (a > b) expect((amounts[i] ?? 0n) >= (amounts[k] ?? 0n)).to.equal(true)
          })
        })
      }),
    )
  })

  it("drop as few as possible: restoring the largest dropped share breaks the minimum", () => {
    fc.assert(
      fc.property(bounded, ([pool, list, bounds]) => {
        const { dropped } = distribute(pool, list, bounds)
        const largest = list.reduce((most, value, i) => (dropped[i] === 1 && value > most ? value : most), 0n)
        if (largest === 0n) return
        const back = list.filter((value, i) => dropped[i] === 0 || value === largest)
        const shares = distribute(pool, back, { minimum: 0n, cap: bounds.cap })
        const least = back.reduce((low, _, i) => {
          const amount = shares.amounts[i] ?? 0n
          return back[i] === largest && amount < low ? amount : low
        }, pool)
        expect(least < bounds.minimum || isRoundedUpTo(shares, back, largest, bounds.minimum)).to.equal(true)
      }),
      { numRuns: 500 },
    )
  })

  it("leave undistributed the amount above all caps", () => {
    const result = distribute(100n, [1n, 1n], { minimum: 0n, cap: 30n })
    expect(result.amounts).to.deep.equal([30n, 30n])
    expect(result.undistributed).to.equal(40n)
  })

  it("redistribute what a cap removes, which may lift others over the minimum", () => {
    const values = [90n, 6n, 4n]
    expect(distribute(100n, values, { minimum: 10n, cap: undefined }).amounts).to.deep.equal([100n, 0n, 0n])
    expect(distribute(100n, values, { minimum: 10n, cap: 50n }).amounts).to.deep.equal([50n, 30n, 20n])
  })

  it("drop every share when none can reach the minimum", () => {
    const result = distribute(10n, [1n, 1n, 1n], { minimum: 4n, cap: undefined })
    expect(result.amounts).to.deep.equal([0n, 0n, 0n])
    expect(result.undistributed).to.equal(10n)
  })
})

/** True if the least one only reached the minimum because rounding gave it a unit: its exact share is below. */
function isRoundedUpTo(
  shares: Distribution,
  list: readonly bigint[],
  value: bigint,
  minimum: bigint,
): boolean {
  return list.some(
    (one, i) => one === value && shares.roundedUp[i] === 1 && (shares.amounts[i] ?? 0n) <= minimum,
  )
}
