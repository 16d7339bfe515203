/** Requests many items in pieces as large as the provider takes. */
import pLimit from "p-limit"
import { setTimeout as sleep } from "node:timers/promises"
import { notice } from "./notices.ts"
import { mayShrink, RpcError } from "./rpc-error.ts"

export interface PieceOptions<Item = never, Answer = unknown> {
  /** The number of items in the first pieces, or the size that earlier requests have found. */
  readonly size: number | PieceSize
  /** The number of pieces requested at a time. */
  readonly concurrency?: number
  /** The name of the items in the notice about their number, such as "nodes in a request". */
  readonly what: string
  readonly host: string
  /** Returns true for a failure that a too large piece may cause. */
  readonly isTooMuch?: (error: unknown) => boolean
  /** Returns the answer for an item that fails alone, or undefined to throw its error. */
  readonly rescue?: (item: Item, error: unknown) => Answer | undefined
  readonly onProgress?: (done: number, total: number) => void
}

/** The number of items that a piece may hold, estimated from the provider's answers. */
export interface PieceSize {
  readonly largest: number
  current: number
  /** Pieces of the current size that were answered since it was set. */
  steady: number
  /** The number of answers needed before a larger size is tried. */
  patience: number
  /** True if the last change was to a larger size. */
  grown: boolean
}

/** The number of answered pieces after which a doubled size is tried again: the provider may only have been busy. */
const STEADY = 8
/** Pauses, in milliseconds, before a smallest piece is requested again whose refusal may pass. */
const LAST_PAUSES = [1_000, 4_000]

export function pieceSize(largest: number): PieceSize {
  return { largest, current: largest, steady: 0, patience: STEADY, grown: false }
}

/**
 * Runs `ask` over pieces of `items` and returns the answers in the items' order. A piece that is too large is
 * halved. If one half fails alone, it is halved further, and the other pieces keep their size. If both fail, the
 * provider's limit is lower, and all pieces become smaller until enough of them were answered.
 * @param ask returns one answer for each item of its piece
 * @throws the error of `ask` for a single item
 */
export async function askInPieces<Item, Answer>(
  items: readonly Item[],
  ask: (piece: readonly Item[]) => Promise<readonly Answer[]>,
  options: PieceOptions<Item, Answer>,
): Promise<Answer[]> {
  const { concurrency = 3, isTooMuch = mayShrink, onProgress } = options
  const size = typeof options.size === "number" ? pieceSize(options.size) : options.size
  let done = 0

  const solve = async (piece: readonly Item[]): Promise<Solved<Answer>> => {
    try {
      const answers = await askSmallest(piece.length === 1, async () => await ask(piece))
      note(size, piece.length, options)
      done += piece.length
      onProgress?.(done, items.length)
      return { answers, isWhole: true }
    } catch (error) {
      const [item] = piece
      const rescued = piece.length === 1 && item !== undefined ? options.rescue?.(item, error) : undefined
      if (rescued !== undefined) return { answers: [rescued], isWhole: false }
      if (piece.length < 2 || !isTooMuch(error)) throw error
      const middle = Math.ceil(piece.length / 2)
      const first = await solve(piece.slice(0, middle))
      const second = await solve(piece.slice(middle))
      if (first.isWhole === second.isWhole) {
        shrinkTo(size, first.isWhole ? middle : Math.ceil(middle / 2), { ...options, error })
      }
      return { answers: [...first.answers, ...second.answers], isWhole: false }
    }
  }
  const answers = new Map<number, readonly Answer[]>()
  let cursor = 0
  // The size is decided when a slot is free, from the answers until then.
  const takeNext = async (): Promise<void> => {
    const start = cursor
    if (start >= items.length) return
    cursor = Math.min(items.length, start + size.current)
    answers.set(start, (await solve(items.slice(start, cursor))).answers)
  }

  const slots = pLimit(concurrency)
  while (cursor < items.length) {
    const count = Math.ceil((items.length - cursor) / size.current)
    const tasks = Array.from({ length: count }, async () => {
      await slots(takeNext)
    })
    await Promise.all(tasks).finally(() => {
      slots.clearQueue()
    })
  }
  return [...answers].sort(([a], [b]) => a - b).flatMap(([, piece]) => piece)
}

/**
 * Runs a request, and repeats the smallest one after a failure that may pass, because it cannot be made smaller.
 * @param isSmallest true if the request cannot be made smaller
 */
export async function askSmallest<T>(isSmallest: boolean, ask: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      const pause = LAST_PAUSES[attempt]
      const mayPass = error instanceof RpcError && error.kind === "later" && error.orLess
      if (!isSmallest || !mayPass || pause === undefined) throw error
      notice(`${error.message}; asking again in ${pause / 1000} s`)
      await sleep(pause)
    }
  }
}

/** Returns true for a fault of the server that was mistaken for one of the request's size. */
export function mayPass(error: unknown): error is RpcError {
  return error instanceof RpcError && error.kind === "later" && error.orLess
}

interface Solved<Answer> {
  readonly answers: readonly Answer[]
  /** True if the piece was answered at the first attempt. */
  readonly isWhole: boolean
}

type Named = Pick<PieceOptions, "what" | "host">

function note(size: PieceSize, length: number, { what, host }: Named): void {
  if (length < size.current || size.current === size.largest || ++size.steady < size.patience) return
  size.current = Math.min(size.largest, size.current * 2)
  size.grown = true
  size.steady = 0
  notice(`${host}: ${what}: ${size.current} again`)
}

function shrinkTo(
  size: PieceSize,
  length: number,
  { what, host, error }: Named & { readonly error: unknown },
): void {
  if (length >= size.current) return
  // A size that failed again is tried later each time.
  if (size.grown) size.patience *= 4
  size.grown = false
  size.current = Math.max(1, length)
  size.steady = 0
  const words = error instanceof Error ? error.message.replace(`${host}: `, "") : ""
  notice(`${host}: ${what}: only ${size.current} from here on (${words})`)
}
