/** Pieces are gathered to about this many characters. */
const CHUNK = 1 << 20

/** Joins pieces of text into chunks that are worth a write. */
export function* gather(pieces: Iterable<string>): Generator<string> {
  let chunk = ""
  for (const piece of pieces) {
    chunk += piece
    if (chunk.length >= CHUNK) {
      yield chunk
      chunk = ""
    }
  }
  yield chunk
}
