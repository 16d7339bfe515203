const [LINE_FEED, CARRIAGE_RETURN, COMMA] = [10, 13, 44]

/** What of a CSV file comes after the last row that was read: to tell where in it something goes wrong. */
export interface LastRow {
  /** Adds the next bytes of the file, and forgets those before the end of the last row. */
  readonly add: (chunk: Buffer) => void
  /** Notes that a row has ended: its line, and the bytes up to its end. */
  readonly ended: (line: number, bytes: number) => void
  /** The line on which a field begins, given where the field before it ended. */
  readonly lineOfField: (bytes: number) => number
  /** The line on which the bytes so far end. */
  readonly lastLine: () => number
  /** Returns true if the line after it contains a carriage return before its end. */
  readonly hasLoneReturn: () => boolean
}

export function lastRow(): LastRow {
  let chunks: Buffer[] = []
  /** Where the first of the chunks begins, and the last one ends. */
  let [start, end] = [0, 0]
  let [line, rowEnd] = [0, 0]
  const rest = (): Buffer => Buffer.concat(chunks).subarray(rowEnd - start)
  const lineAt = (bytes: Buffer, length: number): number => line + 1 + count(bytes.subarray(0, length))
  return {
    add: (chunk) => {
      // A row has ended within the last chunk, or the one that has not may begin in any of them.
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
    hasLoneReturn: () => /\r(?!\n|$)/.test(rest().toString("latin1").split("\n", 1)[0] ?? ""),
  }
}

function count(bytes: Buffer): number {
  let feeds = 0
  for (const byte of bytes) if (byte === LINE_FEED) feeds++
  return feeds
}
