/**
 * Compares two lists of amounts: the sum of all losses, and the numbers of losers and winners. A unit of rounding
 * may change hands too. It is counted like the rest, so that the sums stay exact.
 */
export function differenceOf(
  before: readonly bigint[],
  after: readonly bigint[],
): { readonly moved: bigint; readonly losers: number; readonly gainers: number } {
  let [moved, losers, gainers] = [0n, 0, 0]
  for (const [i, had] of before.entries()) {
    const has = after[i] ?? 0n
    if (has === had) continue
    if (has < had) {
      moved += had - has
      losers++
    } else gainers++
  }
  return { moved, losers, gainers }
}
