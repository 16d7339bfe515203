import { AirdropError } from "../primitives/error.ts"
import { formatAmount } from "../primitives/amount.ts"
import type { Bounds, Distribution } from "./share-pool.ts"

/**
 * Computes fixed amounts: values rounded down to whole units. Amounts below the minimum, above the cap or not listed
 * stay undistributed; no other account gets them.
 * @param divisor units of value in a base unit of the token
 */
export function fixedAmounts(
  pool: bigint,
  values: readonly bigint[],
  divisor: bigint,
  { minimum, cap }: Bounds,
): Distribution {
  const dropped = new Uint8Array(values.length)
  const capped = new Uint8Array(values.length)
  const amounts = values.map((value, i) => {
    const amount = divisor === 1n ? value : value / divisor
    if (amount > 0n && amount < minimum) {
      dropped[i] = 1
      return 0n
    }
    if (cap !== undefined && amount > cap) {
      capped[i] = 1
      return cap
    }
    return amount
  })
  const undistributed = pool - amounts.reduce((sum, amount) => sum + amount, 0n)
  return { amounts, roundedUp: new Uint8Array(values.length), dropped, capped, undistributed }
}

/** Throws AirdropError if the amounts exceed the pool. */
export function refuseExcess(undistributed: bigint, pool: bigint, decimals: number): void {
  if (undistributed >= 0n) return
  const sum = formatAmount(pool - undistributed, decimals)
  throw new AirdropError(
    `the amounts add up to ${sum}, more than the tranche of ${formatAmount(pool, decimals)}`,
    {
      code: "invalid-amount",
      hint: "Raise tranches.automatic in program.json, or correct the list.",
    },
  )
}
