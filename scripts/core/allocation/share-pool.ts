import { invariant } from "../primitives/error.ts"
import { largestRemainder, type Shares } from "./largest-remainder.ts"
import { descendingOrder } from "../primitives/sorted-indexes.ts"

/** Bounds of one participant's amount, in base units. */
export interface Bounds {
  readonly minimum: bigint
  readonly cap: bigint | undefined
}

export interface Distribution extends Shares {
  /** 1 if the participant is below the minimum and gets nothing. */
  readonly dropped: Uint8Array
  /** 1 if the participant gets the cap. */
  readonly capped: Uint8Array
  /** The amount that the cap leaves undistributed. It is above zero only if all remaining participants are capped. */
  readonly undistributed: bigint
}

/**
 * Shares a pool in proportion to values within bounds, exactly, in three steps that each terminate:
 *
 * 1. *Minimum.* Drops participants in ascending order of value, equal values together, until the smallest remaining
 *    share reaches the minimum. Dropping raises all other shares, so the least number of drops that works is chosen.
 * 2. *Cap.* Caps participants in descending order of value, on exact fractions. A participant is capped if its share
 *    of the pool left by those capped before exceeds the cap. Step 1 tests the smallest share with the cap applied,
 *    so both bounds are met together and not in turns.
 * 3. *Rounding.* Rounds once, at the end, by the largest remainder among the participants neither dropped nor
 *    capped. Both bounds are whole units, so rounding takes no share below the minimum or above the cap.
 */
export function distribute(
  pool: bigint,
  values: readonly bigint[],
  bounds: Bounds,
  ranking?: Ranking,
): Distribution {
  const dropped = new Uint8Array(values.length)
  const capped = new Uint8Array(values.length)
  if (bounds.minimum === 0n && bounds.cap === undefined)
    return { ...largestRemainder(pool, values), dropped, capped, undistributed: 0n }
  const ranked = ranking ?? rankingOf(values)
  const { order } = ranked
  const water = fill(pool, ranked, bounds)
  for (const i of order.subarray(0, water.capped)) capped[i] = 1
  for (const i of order.subarray(water.kept)) dropped[i] = 1
  if (water.capped === water.kept) {
    const amounts = values.map((_, i) => (capped[i] === 1 ? (bounds.cap ?? 0n) : 0n))
    return { amounts, roundedUp: new Uint8Array(values.length), dropped, capped, undistributed: water.rest }
  }
  const free = values.map((value, i) => (capped[i] === 1 || dropped[i] === 1 ? 0n : value))
  const { amounts, roundedUp } = largestRemainder(water.rest, free)
  if (bounds.cap !== undefined) for (const i of order.subarray(0, water.capped)) amounts[i] = bounds.cap
  return { amounts, roundedUp, dropped, capped, undistributed: 0n }
}

/** The values above zero, the largest first. */
export interface Ranking {
  /** Their indexes. */
  readonly order: Uint32Array
  readonly valueAt: (rank: number) => bigint
  /** Returns the sum of the first `count` values. */
  readonly sumOf: (count: number) => bigint
}

/** The number of ranks between two stored running sums. Sums in between are added up on request. */
const STRIDE = 256

/** Ranks values for {@link distribute}, once for several bounds. */
export function rankingOf(values: readonly bigint[]): Ranking {
  const all = descendingOrder(values)
  let positive = all.length
  while (positive > 0 && at(values, at(all, positive - 1)) === 0n) positive--
  const order = all.subarray(0, positive)
  const valueAt = (rank: number): bigint => at(values, at(order, rank))
  const sums: bigint[] = []
  let sum = 0n
  for (let rank = 0; rank < order.length; rank++) {
    if (rank % STRIDE === 0) sums.push(sum)
    sum += valueAt(rank)
  }
  const total = sum
  const sumOf = (count: number): bigint => {
    if (count === order.length) return total
    const block = Math.floor(count / STRIDE)
    let part = at(sums, block)
    for (let rank = block * STRIDE; rank < count; rank++) part += valueAt(rank)
    return part
  }
  return { order, valueAt, sumOf }
}

interface Water {
  /** The number of sorted values with an amount above zero. */
  readonly kept: number
  /** The number of kept values that are capped. */
  readonly capped: number
  /** The amount left over by the capped values. */
  readonly rest: bigint
}

/** Finds how many of the ranked values to keep, by bisection over the runs of equal values. */
function fill(pool: bigint, { order, valueAt, sumOf }: Ranking, { minimum, cap }: Bounds): Water {
  const level = (kept: number): Water => {
    let [low, high] = [0, kept]
    while (cap !== undefined && low < high) {
      const middle = (low + high) >> 1
      const rest = pool - BigInt(middle) * cap
      const isCapped = valueAt(middle) * rest > cap * (sumOf(kept) - sumOf(middle))
      if (isCapped) low = middle + 1
      else high = middle
    }
    return { kept, capped: low, rest: pool - BigInt(low) * (cap ?? 0n) }
  }
  const suffices = ({ kept, capped, rest }: Water): boolean =>
    capped === kept
      ? cap !== undefined && cap >= minimum
      : valueAt(kept - 1) * rest >= minimum * (sumOf(kept) - sumOf(capped))
  const all = level(order.length)
  if (order.length === 0 || suffices(all)) return all
  // Positions at which the ranking can be cut and equal values stay together.
  const cuts: number[] = []
  for (let rank = 1; rank < order.length; rank++) if (valueAt(rank) !== valueAt(rank - 1)) cuts.push(rank)
  let [low, high] = [-1, cuts.length]
  while (low < high - 1) {
    const middle = (low + high) >> 1
    if (suffices(level(at(cuts, middle)))) low = middle
    else high = middle
  }
  return low < 0 ? level(0) : level(at(cuts, low))
}

function at<Value>(list: Readonly<Record<number, Value>>, index: number): Value {
  const value = list[index]
  invariant(value !== undefined, "there is such an element")
  return value
}
