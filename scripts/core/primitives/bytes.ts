import { AirdropError } from "./error.ts"
import { quote } from "./text.ts"

/** Bytes as text: `0x` and lower-case digits. */
export type Hex = `0x${string}`

const HEX = /^0x(?:[0-9a-fA-F]{2})*$/
/** The character codes of the two digits of each byte, one pair after the other. */
const DIGITS = new TextEncoder().encode(
  Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0")).join(""),
)
const decoder = new TextDecoder("latin1")

/** Writes bytes as `0x` and two lower-case digits each. */
export function toHex(bytes: Uint8Array): Hex {
  // Writing bytes and decoding them is four times as fast as joining strings, and trees are large.
  const codes = new Uint8Array(2 * bytes.length)
  for (let i = 0; i < bytes.length; i++) {
    const digits = 2 * (bytes[i] ?? 0)
    codes[2 * i] = DIGITS[digits] ?? 0
    codes[2 * i + 1] = DIGITS[digits + 1] ?? 0
  }
  return `0x${decoder.decode(codes)}`
}

/**
 * Reads `0x` and an even number of digits of either case.
 * @param length the required number of bytes; any number if omitted
 * @throws AirdropError that quotes the text
 */
export function fromHex(text: string, length?: number): Uint8Array {
  if (!HEX.test(text))
    throw new AirdropError(`${quote(text)} is not 0x and pairs of hex digits`, { code: "invalid-value" })
  const size = text.length / 2 - 1
  if (length !== undefined && size !== length) {
    throw new AirdropError(`${quote(text)} has ${size} bytes, not ${length}`, { code: "invalid-value" })
  }
  const bytes = new Uint8Array(size)
  for (let i = 0; i < size; i++) bytes[i] = nibble(text, 2 * i + 2) * 16 + nibble(text, 2 * i + 3)
  return bytes
}

/** Returns arrays joined into one. */
export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Returns true if both hold the same bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

/**
 * Compares two ranges of bytes as big-endian numbers, as Solidity compares hashes and addresses.
 * @returns below zero if the range in `a` is lower, zero if both are equal
 */
export function compareBytes(
  a: Uint8Array,
  aStart: number,
  b: Uint8Array,
  bStart: number,
  length: number,
): number {
  for (let i = 0; i < length; i++) {
    const difference = (a[aStart + i] ?? 0) - (b[bStart + i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * Returns the value of a hex digit that the pattern above has accepted: "a" and "A" are 97 and 65, both 1 modulo
 * 8.
 */
function nibble(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < 58 ? code - 48 : (code & 7) + 9
}
