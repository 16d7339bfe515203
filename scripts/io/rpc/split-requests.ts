/** Asks for many things in pieces as large as the provider takes: a piece that is too much is halved. */
import { AirdropError } from "../../core/primitives/error.ts"
import { RpcError } from "./rpc-error.ts"

export interface AdaptiveOptions {
  /** How many things the first pieces hold. */
  readonly size: number
  /** How many pieces are asked for at a time. */
  readonly concurrency?: number
  /** What tells a piece that was too much from other failures; an RpcError of that kind unless given. */
  readonly isTooMuch?: (error: unknown) => boolean
  readonly onProgress?: (done: number, total: number) => void
}

/**
 * Runs `ask` over pieces of `items`; its answers come back in the items' order.
 * @param ask gives one answer for each item of its piece
 */
export async function askInPieces<Item, Answer>(
  items: readonly Item[],
  ask: (piece: readonly Item[]) => Promise<readonly Answer[]>,
  { size, concurrency = 3, isTooMuch = isTooMuchByKind, onProgress }: AdaptiveOptions,
): Promise<Answer[]> {
  const answers = new Map<number, readonly Answer[]>()
  const waiting: { readonly start: number; readonly piece: readonly Item[] }[] = []
  for (let start = 0; start < items.length; start += size) {
    waiting.push({ start, piece: items.slice(start, start + size) })
  }
  let accepted = size
  let done = 0
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { start, piece } = next
      if (piece.length > accepted) {
        waiting.unshift(...halves(start, piece))
        continue
      }
      try {
        answers.set(start, await ask(piece))
      } catch (error) {
        if (piece.length === 1 || !isTooMuch(error)) throw error
        accepted = Math.min(accepted, Math.ceil(piece.length / 2))
        waiting.unshift(...halves(start, piece))
        continue
      }
      done += piece.length
      onProgress?.(done, items.length)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return [...answers].sort(([a], [b]) => a - b).flatMap(([, piece]) => piece)
}

/** Also where a provider's refusal has been put into one line already. */
export function isTooMuchByKind(error: unknown): boolean {
  if (error instanceof AirdropError) return isTooMuchByKind(error.cause)
  return error instanceof RpcError && error.kind === "too-much"
}

function halves<Item>(start: number, piece: readonly Item[]): { start: number; piece: readonly Item[] }[] {
  const middle = Math.ceil(piece.length / 2)
  return [
    { start, piece: piece.slice(0, middle) },
    { start: start + middle, piece: piece.slice(middle) },
  ]
}
