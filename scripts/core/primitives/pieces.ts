/** Runs of bytes in one array, each preceded by its length. Lengths and numbers are 4 bytes, big-endian. */

/** Writes a run. */
export function sized(piece: Uint8Array): readonly Uint8Array[] {
  return [uint32(piece.length), piece]
}

/** Writes the number of runs, and those. */
export function counted(pieces: readonly Uint8Array[]): readonly Uint8Array[] {
  return [uint32(pieces.length), ...pieces.flatMap(sized)]
}

/** Reads what {@link sized} and {@link counted} have written. */
export interface PieceReader {
  readonly piece: () => Uint8Array
  readonly list: () => readonly Uint8Array[]
}

/**
 * Reads an array from its beginning to its end.
 * @throws RangeError if a run reaches beyond the end, or bytes are left over
 */
export function readPieces<T>(bytes: Uint8Array, read: (reader: PieceReader) => T): T {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const number = (): number => {
    at += 4
    return view.getUint32(at - 4)
  }
  const piece = (): Uint8Array => {
    const size = number()
    if (at + size > bytes.length) throw new RangeError("a piece is longer than the file")
    at += size
    return bytes.slice(at - size, at)
  }
  const list = (): readonly Uint8Array[] => {
    const count = number()
    if (4 * count > bytes.length) throw new RangeError("there are fewer pieces than their number says")
    return Array.from({ length: count }, piece)
  }
  const value = read({ piece, list })
  if (at !== bytes.length) throw new RangeError("bytes are left over")
  return value
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
