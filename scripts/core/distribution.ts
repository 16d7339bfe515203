import { invariant } from "./error.ts"
import { largestRemainder, type Shares } from "./largest-remainder.ts"
import { keyOfNumber, sortedIndexes } from "./sorted-indexes.ts"

/** Bounds on what one participant gets, in base units. */
export interface Bounds {
  readonly minimum: bigint
  readonly cap: bigint | undefined
}

export interface Distribution extends Shares {
  /** 1 where the minimum leaves a participant nothing. */
  readonly dropped: Uint8Array
  /** 1 where the cap holds a participant down. */
  readonly capped: Uint8Array
  /** What the cap lets nobody have: above zero only if everybody left is capped. */
  readonly undistributed: bigint
}

/**
 * Shares a pool in proportion to values within bounds, exactly, in three steps that each end:
 *
 * 1. *Minimum.* Participants are dropped in ascending order of value, equal values together, until the one with
 *    the least value of those left gets at least the minimum. Nobody is dropped who need not be: dropping raises
 *    all other shares, so the number to drop is the least that works.
 * 2. *Cap.* Among those left, whoever's proportional share of what the capped ones leave over is above the cap
 *    gets the cap; this is decided in descending order of value, on exact fractions. Step 1 tests the least share
 *    with the cap in force, so that the two bounds are met together and not in turns.
 * 3. *Rounding.* Once, at the end, by the largest remainder among those neither dropped nor capped. As both bounds
 *    are whole units, rounding can carry nobody below the one or above the other.
 */
export function distribute(
  pool: bigint,
  values: readonly bigint[],
  bounds: Bounds,
  order: Uint32Array = descendingOrder(values, bounds),
): Distribution {
  const dropped = new Uint8Array(values.length)
  const capped = new Uint8Array(values.length)
  if (isFree(bounds)) return { ...largestRemainder(pool, values), dropped, capped, undistributed: 0n }
  const water = fill(pool, values, order, bounds)
  order.forEach((i, rank) => {
    if (rank < water.capped) capped[i] = 1
    else if (rank >= water.kept && at(values, i) > 0n) dropped[i] = 1
  })
  const free = values.map((value, i) => (capped[i] === 1 || dropped[i] === 1 ? 0n : value))
  if (water.capped === water.kept) {
    const amounts = values.map((_, i) => (capped[i] === 1 ? (bounds.cap ?? 0n) : 0n))
    return { amounts, roundedUp: new Uint8Array(values.length), dropped, capped, undistributed: water.rest }
  }
  const { amounts, roundedUp } = largestRemainder(water.rest, free)
  if (bounds.cap !== undefined)
    for (let rank = 0; rank < water.capped; rank++) amounts[at(order, rank)] = bounds.cap
  return { amounts, roundedUp, dropped, capped, undistributed: 0n }
}

/** The indexes of values in descending order, for {@link distribute}; computed once for several bounds. */
export function descendingOrder(values: readonly bigint[], bounds: Bounds): Uint32Array {
  if (isFree(bounds)) return new Uint32Array()
  return sortedIndexes(
    values.length,
    (i) => keyOfNumber(at(values, i)),
    (a, b) => descending(at(values, b), at(values, a)),
  ).reverse()
}

function isFree({ minimum, cap }: Bounds): boolean {
  return minimum === 0n && cap === undefined
}

interface Water {
  /** How many of the sorted values get something. */
  readonly kept: number
  /** How many of those are capped. */
  readonly capped: number
  /** What the capped ones leave over. */
  readonly rest: bigint
}

/** Finds how many of the descending values to keep, by bisection over the runs of equal values. */
function fill(pool: bigint, values: readonly bigint[], order: Uint32Array, { minimum, cap }: Bounds): Water {
  const sorted: bigint[] = []
  const sums = [0n]
  let sum = 0n
  for (const i of order) {
    const value = at(values, i)
    if (value === 0n) break
    sums.push((sum += value))
    sorted.push(value)
  }
  const level = (kept: number): Water => {
    let [low, high] = [0, kept]
    while (cap !== undefined && low < high) {
      const middle = (low + high) >> 1
      const rest = pool - BigInt(middle) * cap
      const isCapped = at(sorted, middle) * rest > cap * (at(sums, kept) - at(sums, middle))
      if (isCapped) low = middle + 1
      else high = middle
    }
    return { kept, capped: low, rest: pool - BigInt(low) * (cap ?? 0n) }
  }
  const suffices = ({ kept, capped, rest }: Water): boolean =>
    capped === kept
      ? cap !== undefined && cap >= minimum
      : at(sorted, kept - 1) * rest >= minimum * (at(sums, kept) - at(sums, capped))
  const all = level(sorted.length)
  if (sorted.length === 0 || suffices(all)) return all
  const ends = runEnds(sorted)
  let [low, high] = [-1, ends.length - 1]
  while (low < high - 1) {
    const middle = (low + high) >> 1
    if (suffices(level(at(ends, middle)))) low = middle
    else high = middle
  }
  return low < 0 ? level(0) : level(at(ends, low))
}

/** The lengths at which a descending list can be cut without parting equal values. */
function runEnds(sorted: readonly bigint[]): number[] {
  return sorted.flatMap((value, i) => (value === sorted[i + 1] ? [] : [i + 1]))
}

function descending(a: bigint, b: bigint): number {
  return a > b ? -1 : a < b ? 1 : 0
}

function at<Value>(list: Readonly<Record<number, Value>>, index: number): Value {
  const value = list[index]
  invariant(value !== undefined, `there is no element ${index}`)
  return value
}
