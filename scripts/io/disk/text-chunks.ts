import { isUtf8 } from "node:buffer"
import type { Hash } from "node:crypto"
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream"
import { createGunzip } from "node:zlib"
import { AirdropError } from "../../core/primitives/error.ts"
import { shownPath } from "./paths.ts"

const CHUNK = 1 << 18
const BYTE_ORDER_MARK = Buffer.from("\ufeff")

/** Bytes that are not UTF-8. Thrown after all text before them was handed over. */
export class NotUtf8 extends Error {
  constructor(byte: number) {
    super(
      `is not UTF-8 text: the byte 0x${byte.toString(16).padStart(2, "0")} stands where a character should`,
    )
  }
}

/**
 * The text of a file as UTF-8, unpacked if its name ends in .gz, without a byte-order mark. It comes in chunks that
 * split no character.
 * @param hash gets the bytes as they stand on disk
 * @throws AirdropError if it is UTF-16, NotUtf8 if it is not text, and the errors of the system
 */
export async function* textChunks(path: string, hash: Hash): AsyncGenerator<Buffer> {
  const stored = bytesOnDisk(path, hash)
  const bytes: AsyncIterable<Buffer> = path.endsWith(".gz")
    ? // What goes wrong comes out of the iteration: nothing is left for the callback.
      pipeline(stored, createGunzip({ chunkSize: CHUNK }), () => undefined)
    : stored
  let rest: Buffer = Buffer.alloc(0)
  let isStart = true
  for await (const chunk of bytes) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (isStart && rest.length < BYTE_ORDER_MARK.length) continue
    if (isStart) rest = withoutMark(rest, path)
    isStart = false
    const whole = wholeLength(rest, rest.length)
    yield* validText(rest.subarray(0, whole))
    rest = rest.subarray(whole)
  }
  if (rest.length > 0) yield* validText(isStart ? withoutMark(rest, path) : rest)
}

async function* bytesOnDisk(path: string, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    yield chunk
  }
}

/** UTF-16 is told by its byte-order mark, or by the zero byte that each plain letter has. */
function withoutMark(start: Buffer, path: string): Buffer {
  const [first, second] = start
  if (
    (first === 0xff && second === 0xfe) ||
    (first === 0xfe && second === 0xff) ||
    first === 0 ||
    second === 0
  )
    throw new AirdropError(`${shownPath(path)}: is UTF-16, must be UTF-8`)
  const isMarked = start.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK)
  return isMarked ? start.subarray(BYTE_ORDER_MARK.length) : start
}

function* validText(bytes: Buffer): Generator<Buffer> {
  if (isUtf8(bytes)) {
    yield bytes
    return
  }
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (isUtf8(bytes.subarray(0, wholeLength(bytes, middle)))) good = middle
    else bad = middle
  }
  const valid = wholeLength(bytes, good)
  yield bytes.subarray(0, valid)
  throw new NotUtf8(bytes[valid] ?? 0)
}

/** The bytes up to an end, less a last character of which only the beginning is there. */
function wholeLength(bytes: Buffer, end: number): number {
  for (let at = end - 1; at >= Math.max(0, end - 3); at--) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) return end
    if (byte >= 0xc0) return at + (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > end ? at : end
  }
  return end
}
