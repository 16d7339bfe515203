import { invariant } from "../primitives/error.ts"

/** Amounts that add up to the pool, and a mark at those that include a unit left over from rounding down. */
export interface Shares {
  readonly amounts: bigint[]
  readonly roundedUp: Uint8Array
}

/**
 * Shares a pool in proportion to values, in whole units, by the largest remainder. Each share is rounded down. The
 * units left over go, one each, to the shares that lost most. Of equal losses the earlier in the list comes first;
 * callers list by ascending address. The amounts add up to the pool exactly.
 *
 * Remainders are compared as plain numbers, which rounds them but never reverses their order. Only those that tie
 * with the last unit are compared exactly. A million shares take about half a second.
 * @param values from zero up, with a sum above zero
 */
export function largestRemainder(pool: bigint, values: readonly bigint[]): Shares {
  const total = values.reduce((sum, value) => sum + value, 0n)
  invariant(total > 0n && pool >= 0n, "a pool is shared by values whose sum is above zero")
  const amounts: bigint[] = new Array<bigint>(values.length)
  const keys = new Float64Array(values.length)
  let left = pool
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0n
    if (value === 0n) {
      amounts[i] = 0n
      continue
    }
    const product = pool * value
    const amount = product / total
    amounts[i] = amount
    keys[i] = Number(product % total)
    left -= amount
  }
  const roundedUp = new Uint8Array(values.length)
  for (const i of largest(keys, Number(left), (index) => (pool * (values[index] ?? 0n)) % total)) {
    amounts[i] = (amounts[i] ?? 0n) + 1n
    roundedUp[i] = 1
  }
  return { amounts, roundedUp }
}

/** Returns the indexes of the `count` largest keys; of equal ones the earlier index first. */
function largest(keys: Float64Array, count: number, exact: (index: number) => bigint): number[] {
  if (count === 0) return []
  const threshold = keys.toSorted()[keys.length - count] ?? 0
  const above: number[] = []
  const level: { readonly index: number; readonly remainder: bigint }[] = []
  keys.forEach((key, index) => {
    if (key > threshold) above.push(index)
    else if (key === threshold) level.push({ index, remainder: exact(index) })
  })
  level.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
  return [...above, ...level.slice(0, count - above.length).map(({ index }) => index)]
}
