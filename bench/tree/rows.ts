/** A made-up list of any length: ascending addresses, different amounts, the same in each run. */

export interface Row {
  readonly account: string
  readonly amount: bigint
}

/** Returns row i of n. It is cheap to compute, so that no list of objects has to be in memory. */
export function rowOf(index: number, count: number): Row {
  const first = Math.floor((index * 0x1_0000_0000) / count)
  let account = `0x${hex(first)}`
  let state = (index ^ 0x9e3779b9) >>> 0
  for (let word = 0; word < 4; word++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0
    state = (state + 0x6d2b79f5) >>> 0
    account += hex(state)
  }
  return { account, amount: BigInt(1 + (state % 1_000_000_007)) * 1_000_003n }
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0")
}
