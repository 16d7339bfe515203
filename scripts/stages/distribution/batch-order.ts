import { keccak256, toUtf8Bytes } from "ethers"

/**
 * Returns the batches in an order of the sender's own. Two operators who distribute at the same time so seldom send the
 * same batch: each reads the flags before it sends, and meets the other only by chance.
 */
export function inOwnOrder<Batch extends { readonly start: number }>(
  batches: readonly Batch[],
  sender: string,
): readonly Batch[] {
  const rank = ({ start }: Batch): string => keccak256(toUtf8Bytes(`${sender.toLowerCase()}/${start}`))
  return batches
    .map((batch) => ({ batch, at: rank(batch) }))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ batch }) => batch)
}
