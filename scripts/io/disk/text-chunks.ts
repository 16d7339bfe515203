import { isUtf8 } from "node:buffer"
import type { Hash } from "node:crypto"
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream"
import { createGunzip } from "node:zlib"
import { AirdropError } from "../../core/primitives/error.ts"
import { requireFile } from "./input-file.ts"
import { shownPath } from "./paths.ts"

const CHUNK = 1 << 18
const BYTE_ORDER_MARK = Buffer.from("\ufeff")

/** Bytes that are not UTF-8. Thrown after all text before them was handed over. */
export class NotUtf8 extends Error {
  constructor(byte: number) {
    super(`is not UTF-8 text: the byte 0x${byte.toString(16).padStart(2, "0")} is no character`)
  }
}

/**
 * Yields the text of a file as UTF-8, unpacked if its name ends in .gz, with no byte-order mark. It comes in chunks
 * that split no character.
 * @param hash receives the bytes as they are on disk
 * @throws AirdropError if it is UTF-16, NotUtf8 if it is not text, and the errors of the system
 */
export async function* textChunks(path: string, hash: Hash): AsyncGenerator<Buffer> {
  const stored = bytesOnDisk(path, hash)
  const bytes: AsyncIterable<Buffer> = path.endsWith(".gz")
    ? // errors come out of the iteration, so the callback has nothing to do
      pipeline(stored, createGunzip({ chunkSize: CHUNK }), () => undefined)
    : stored
  let rest: Buffer = Buffer.alloc(0)
  let isStart = true
  for await (const chunk of bytes) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (isStart && rest.length < 4) continue
    if (isStart) rest = withoutMark(rest, path)
    isStart = false
    const whole = wholeLength(rest, rest.length)
    yield* validText(rest.subarray(0, whole))
    rest = rest.subarray(whole)
  }
  if (rest.length > 0) yield* validText(isStart ? withoutMark(rest, path) : rest)
}

async function* bytesOnDisk(path: string, hash: Hash): AsyncGenerator<Buffer> {
  await requireFile(path)
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    yield chunk
  }
}

/** Kinds of files that people give instead of a table, by their first bytes, with what to do. */
const OTHERS: readonly (readonly [start: readonly (number | undefined)[], kind: string, hint: string])[] = [
  [[0xff, 0xfe], "is UTF-16, must be UTF-8", 'In Excel, save as "CSV UTF-8".'],
  [[0xfe, 0xff], "is UTF-16, must be UTF-8", 'In Excel, save as "CSV UTF-8".'],
  [[0], "is UTF-16, must be UTF-8", 'In Excel, save as "CSV UTF-8".'],
  [
    [0x50, 0x4b, 3, 4],
    "is an Excel workbook (.xlsx) or another archive, not a table as text",
    'Save the sheet as "CSV UTF-8".',
  ],
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    "is an old Excel workbook (.xls), not a table as text",
    'Save the sheet as "CSV UTF-8".',
  ],
  [[0x1f, 0x8b], "is packed with gzip", "Give it a name that ends in .gz."],
  [[0x25, 0x50, 0x44, 0x46], "is a PDF, not a table as text", "Ask for the table as CSV."],
  [[undefined, 0], "is UTF-16, must be UTF-8", 'In Excel, save as "CSV UTF-8".'],
]

function withoutMark(start: Buffer, path: string): Buffer {
  const other = OTHERS.find(([bytes]) => bytes.every((byte, i) => byte === undefined || byte === start[i]))
  if (other !== undefined) {
    const [, kind, hint] = other
    throw new AirdropError(`${shownPath(path)}: ${kind}`, { code: "file-format", hint })
  }
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

/** Returns the number of bytes up to an end, not counting an incomplete last character. */
function wholeLength(bytes: Buffer, end: number): number {
  for (let at = end - 1; at >= Math.max(0, end - 3); at--) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) return end
    if (byte >= 0xc0) return at + (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > end ? at : end
  }
  return end
}
