import { concatBytes } from "../primitives/bytes.ts"

const [LINE_FEED, CARRIAGE_RETURN, COMMA] = [10, 13, 44]

/** The part of a CSV file after the last row read, to find the line of a fault in it. */
export interface LastRow {
  /** Adds the next bytes of the file, and drops those before the end of the last row. */
  readonly add: (chunk: Uint8Array) => void
  /** Records that a row has ended: its line, and the bytes up to its end. */
  readonly ended: (line: number, bytes: number) => void
  /** Returns the line on which a field begins, from the end of the field before it. */
  readonly lineOfField: (bytes: number) => number
  /** Returns the line on which the bytes so far end. */
  readonly lastLine: () => number
  /** Returns true if the line after it contains a carriage return before its end. */
  readonly hasLoneReturn: () => boolean
}

export function lastRow(): LastRow {
  let chunks: Uint8Array[] = []
  /** The byte at which the first of the chunks begins, and the one at which the last ends. */
  let [start, end] = [0, 0]
  let [line, rowEnd] = [0, 0]
  const rest = (): Uint8Array => concatBytes(chunks).subarray(rowEnd - start)
  const lineAt = (bytes: Uint8Array, length: number): number => line + 1 + count(bytes.subarray(0, length))
  return {
    add: (chunk) => {
      // If a row has ended within the last chunk, only that chunk is needed. Otherwise the row may begin in any of
      // them.
      const lastStart = end - (chunks.at(-1)?.length ?? 0)
      if (rowEnd >= lastStart) [chunks, start] = [chunks.slice(-1), lastStart]
      chunks.push(chunk)
      end += chunk.length
    },
    ended: (rowLine, bytes) => {
      line = rowLine
      rowEnd = bytes
    },
    lineOfField: (bytes) => {
      const after = rest()
      let at = bytes - rowEnd
      while (after[at] === LINE_FEED || after[at] === CARRIAGE_RETURN || after[at] === COMMA) at++
      return lineAt(after, at)
    },
    lastLine: () => {
      const after = rest()
      return lineAt(after, after.length)
    },
    hasLoneReturn: () => hasLoneReturn(rest()),
  }
}

/** Looks for a carriage return that is neither before a line feed nor the last byte. */
function hasLoneReturn(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(LINE_FEED)
  const line = end < 0 ? bytes : bytes.subarray(0, end)
  const at = line.indexOf(CARRIAGE_RETURN)
  return at >= 0 && at < line.length - 1
}

function count(bytes: Uint8Array): number {
  let feeds = 0
  for (const byte of bytes) if (byte === LINE_FEED) feeds++
  return feeds
}
