/** The arithmetic of the EVM: words of 256 bits, whose results the caller wraps. */

const WORD = (1n << 256n) - 1n
const SIGN = 1n << 255n

/** Operations that take two words, the top of the stack first, and give one. */
export const BINARY: Readonly<Record<number, (a: bigint, b: bigint) => bigint>> = {
  0x01: (a, b) => a + b,
  0x02: (a, b) => a * b,
  0x03: (a, b) => a - b,
  0x04: (a, b) => (b === 0n ? 0n : a / b),
  0x05: (a, b) => (b === 0n ? 0n : signed(a) / signed(b)),
  0x06: (a, b) => (b === 0n ? 0n : a % b),
  0x07: (a, b) => (b === 0n ? 0n : signed(a) % signed(b)),
  0x0a: power,
  0x0b: (size, value) => (size > 30n ? value : BigInt.asIntN(8 * (Number(size) + 1), value)),
  0x10: (a, b) => (a < b ? 1n : 0n),
  0x11: (a, b) => (a > b ? 1n : 0n),
  0x12: (a, b) => (signed(a) < signed(b) ? 1n : 0n),
  0x13: (a, b) => (signed(a) > signed(b) ? 1n : 0n),
  0x14: (a, b) => (a === b ? 1n : 0n),
  0x16: (a, b) => a & b,
  0x17: (a, b) => a | b,
  0x18: (a, b) => a ^ b,
  0x1a: (place, value) => (place > 31n ? 0n : (value >> (8n * (31n - place))) & 255n),
  0x1b: (shift, value) => (shift > 255n ? 0n : value << shift),
  0x1c: (shift, value) => (shift > 255n ? 0n : value >> shift),
  0x1d: (shift, value) => signed(value) >> (shift > 255n ? 255n : shift),
}

function signed(value: bigint): bigint {
  return (value & SIGN) === 0n ? value : value - (1n << 256n)
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) & WORD
    square = (square * square) & WORD
  }
  return result
}
