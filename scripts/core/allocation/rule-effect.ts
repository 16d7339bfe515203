/**
 * What changed from one list of amounts to another: what the losers lost, and how many lost and gained. Only who gets
 * a rounding unit can change without a rule's doing; that counts like the rest, or sums would not be exact.
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
