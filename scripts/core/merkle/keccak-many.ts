/**
 * Keccak-256 of many short messages, two at a time: a WebAssembly module of 128-bit vectors, each of which holds a word of
 * two states. It is written here instruction by instruction, as a compiler's output could not be read. Where it cannot
 * run, messages are hashed one after the other.
 */
import { keccak256 } from "../primitives/keccak.ts"

/** Lengths of messages in bytes. */
const LENGTHS = [32, 64, 96] as const
export type MessageLength = (typeof LENGTHS)[number]

/** Messages that are hashed together. */
export const CAPACITY = 256

export interface ManyHasher {
  /** Room for {@link CAPACITY} messages, one after the other. */
  readonly messages: Uint8Array
  /** The hashes of the messages, 32 bytes each. */
  readonly hashes: Uint8Array
  /** Hashes the first `count` messages. */
  readonly hash: (count: number) => void
}

const HASH_BYTES = 32
const RATE_WORDS = 17
const PAGE_BYTES = 65_536
/** The places in the module's memory: the round constants, then the messages, then the hashes. */
const MESSAGES_AT = 256
const HASHES_AT = MESSAGES_AT + CAPACITY * Math.max(...LENGTHS)

/** Returns a hasher of messages of one length. All hashers of a length share their memory. */
export function manyHasher(length: MessageLength): ManyHasher {
  const found = hashers.get(length)
  if (found !== undefined) return found
  const hasher = vectorHasher(length) ?? plainHasher(length)
  hashers.set(length, hasher)
  return hasher
}

const hashers = new Map<MessageLength, ManyHasher>()

/** Hashes one message after the other. */
export function plainHasher(length: MessageLength): ManyHasher {
  const messages = new Uint8Array(CAPACITY * length)
  const hashes = new Uint8Array(CAPACITY * HASH_BYTES)
  return {
    messages,
    hashes,
    hash: (count) => {
      for (let i = 0; i < count; i++)
        hashes.set(keccak256(messages.subarray(length * i, length * i + length)), HASH_BYTES * i)
    },
  }
}

/** Returns a hasher of two messages at a time; undefined where vectors, or WebAssembly, are not available. */
export function vectorHasher(length: MessageLength): ManyHasher | undefined {
  const run = instantiate(length)
  if (run === undefined) return undefined
  const { memory, pairs } = run
  return {
    messages: new Uint8Array(memory.buffer, MESSAGES_AT, CAPACITY * length),
    hashes: new Uint8Array(memory.buffer, HASHES_AT, CAPACITY * HASH_BYTES),
    hash: (count) => {
      if (count > 0) pairs(MESSAGES_AT, HASHES_AT, Math.ceil(count / 2))
    },
  }
}

/** The part of WebAssembly that is used here. The compiler knows it for pages only. */
interface Engine {
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

interface Running {
  readonly memory: { readonly buffer: ArrayBuffer }
  readonly pairs: (messages: number, hashes: number, pairs: number) => void
}

function instantiate(length: MessageLength): Running | undefined {
  const engine = (globalThis as { readonly WebAssembly?: Engine }).WebAssembly
  if (engine === undefined) return undefined
  try {
    return new engine.Instance(new engine.Module(moduleOf(length))).exports as Running
  } catch {
    return undefined // a policy forbids WebAssembly, or the engine has no vectors
  }
}

// The module. All numbers in it are LEB128.

type Bytes = readonly number[]

function leb(value: number): Bytes {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)]
}

/** A signed number, as i32.const takes it. */
function signed(value: number): Bytes {
  const low = value & 0x7f
  const rest = value >> 7
  return (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40) ? [low] : [low | 0x80, ...signed(rest)]
}

const vector = (operation: number, ...rest: Bytes): Bytes => [0xfd, ...leb(operation), ...rest]
const get = (local: number): Bytes => [0x20, ...leb(local)]
const set = (local: number): Bytes => [0x21, ...leb(local)]
const number = (value: number): Bytes => [0x41, ...signed(value)]
const XOR = vector(0x51)
const OR = vector(0x50)
/** First and not second. */
const AND_NOT = vector(0x4f)

/** Rotates each word of the vector in a local to the left. */
function rotated(local: number, by: number): Bytes {
  if (by === 0) return get(local)
  // Whole bytes are moved by one instruction.
  if (by % 8 === 0) {
    const lanes = Array.from({ length: 16 }, (_, i) => (i & 8) | ((i - by / 8) & 7))
    return [...get(local), ...get(local), ...vector(0x0d, ...lanes)]
  }
  const [left, right] = [vector(0xcb), vector(0xcd)]
  return [...get(local), ...number(by), ...left, ...get(local), ...number(64 - by), ...right, ...OR]
}

/** The offsets of rho, by x + 5y. */
const ROTATIONS: Bytes = rhoOffsets()

function rhoOffsets(): Bytes {
  const offsets = new Array<number>(25).fill(0)
  let [x, y] = [1, 0]
  for (let t = 0; t < 24; t++) {
    offsets[x + 5 * y] = (((t + 1) * (t + 2)) / 2) % 64
    ;[x, y] = [y, (2 * x + 3 * y) % 5]
  }
  return offsets
}

/** The constants of iota, from the shift register of the standard. */
function roundConstants(): readonly bigint[] {
  let register = 1
  const bit = (): bigint => {
    const out = BigInt(register & 1)
    register = register & 0x80 ? ((register << 1) ^ 0x171) & 0xff : register << 1
    return out
  }
  return Array.from({ length: 24 }, () =>
    Array.from({ length: 7 }, (_, j) => bit() << BigInt(2 ** j - 1)).reduce((sum, one) => sum | one, 0n),
  )
}

// The locals: three parameters and a pointer, then the vectors.
const [IN, OUT, LEFT, ROUND] = [0, 1, 2, 3]
const [STATE, NEXT, COLUMN, SUM, ROW] = [4, 29, 54, 59, 64]
const VECTORS = 65

/** One round from the state at `from` to the one at `to`. */
function round(from: number, to: number, constantAt: number): Bytes {
  const code: number[] = []
  const lane = (x: number, y: number): number => (x % 5) + 5 * (y % 5)
  for (let x = 0; x < 5; x++) {
    code.push(...get(from + x))
    for (let y = 1; y < 5; y++) code.push(...get(from + lane(x, y)), ...XOR)
    code.push(...set(COLUMN + x))
  }
  for (let x = 0; x < 5; x++)
    code.push(...get(COLUMN + ((x + 4) % 5)), ...rotated(COLUMN + ((x + 1) % 5), 1), ...XOR, ...set(SUM + x))
  for (let y = 0; y < 5; y++) {
    for (let x = 0; x < 5; x++) {
      // pi: the lane that moves to (x, y) comes from (x + 3y, x).
      const column = (x + 3 * y) % 5
      const source = from + lane(column, x)
      code.push(...get(source), ...get(SUM + column), ...XOR, ...set(source))
      code.push(...rotated(source, ROTATIONS[lane(column, x)] ?? 0), ...set(ROW + x))
    }
    for (let x = 0; x < 5; x++) {
      code.push(...get(ROW + x), ...get(ROW + ((x + 2) % 5)), ...get(ROW + ((x + 1) % 5)), ...AND_NOT, ...XOR)
      if (x === 0 && y === 0) code.push(...get(ROUND), ...vector(0x0a, 3, ...leb(constantAt)), ...XOR)
      code.push(...set(to + lane(x, y)))
    }
  }
  return code
}

/** Hashes pairs of messages: (messages, hashes, pairs). */
function pairsCode(length: MessageLength): Bytes {
  const words = length / 8
  const code: number[] = [0x03, 0x40] // for each pair
  for (let word = 0; word < 25; word++) {
    if (word < words) {
      const [first, second] = [8 * word, 8 * word + length]
      code.push(
        ...get(IN),
        ...get(IN),
        ...vector(0x5d, 3, ...leb(first)),
        ...vector(0x57, 3, ...leb(second), 1),
      )
    } else {
      // The padding begins after the message and ends with the rate.
      const padding = (word === words ? 1n : 0n) | (word === RATE_WORDS - 1 ? 1n << 63n : 0n)
      const bytes = Array.from({ length: 8 }, (_, i) => Number((padding >> BigInt(8 * i)) & 255n))
      code.push(...vector(0x0c, ...bytes, ...bytes))
    }
    code.push(...set(STATE + word))
  }
  code.push(...number(0), ...set(ROUND), 0x03, 0x40) // two rounds at a time
  code.push(...round(STATE, NEXT, 0), ...round(NEXT, STATE, 8))
  code.push(...get(ROUND), ...number(16), 0x6a, 0x22, ROUND, ...number(24 * 8), 0x49, 0x0d, 0, 0x0b)
  for (let word = 0; word < 4; word++)
    for (const side of [0, 1])
      code.push(...get(OUT), ...get(STATE + word), ...vector(0x5b, 3, ...leb(8 * word + 32 * side), side))
  code.push(...get(IN), ...number(2 * length), 0x6a, ...set(IN))
  code.push(...get(OUT), ...number(2 * HASH_BYTES), 0x6a, ...set(OUT))
  code.push(...get(LEFT), ...number(1), 0x6b, 0x22, LEFT, 0x0d, 0, 0x0b, 0x0b)
  return code
}

function moduleOf(length: MessageLength): Uint8Array {
  const sized = (content: Bytes): Bytes => [...leb(content.length), ...content]
  const section = (id: number, content: Bytes): Bytes => [id, ...sized(content)]
  const name = (text: string): Bytes => sized([...new TextEncoder().encode(text)])
  const [I32, V128] = [0x7f, 0x7b]
  const constants = roundConstants().flatMap((constant) =>
    Array.from({ length: 8 }, (_, i) => Number((constant >> BigInt(8 * i)) & 255n)),
  )
  const locals = [2, 1, I32, VECTORS, V128]
  const memory = Math.ceil((HASHES_AT + CAPACITY * HASH_BYTES) / PAGE_BYTES)
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 3, I32, I32, I32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, memory]),
    ...section(7, [2, ...name("pairs"), 0, 0, ...name("memory"), 2, 0]),
    ...section(10, [1, ...sized([...locals, ...pairsCode(length)])]),
    ...section(11, [1, 0, ...number(0), 0x0b, ...sized(constants)]),
  ])
}
