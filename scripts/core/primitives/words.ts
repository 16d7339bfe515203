import type { Address } from "./address.ts"
import { shortened } from "./text.ts"
import type { Hex } from "./bytes.ts"
import { AirdropError } from "./error.ts"

export const MAX_UINT256 = (1n << 256n) - 1n
const UINT160 = (1n << 160n) - 1n
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** Writes a number as a word of 32 bytes. */
export function wordHex(value: bigint): Hex {
  return `0x${value.toString(16).padStart(64, "0")}`
}

/** Returns the address in a word of the ABI; undefined if the word holds more than an address. */
export function addressOfWord(word: bigint): Address | undefined {
  return word >> 160n === 0n ? addressInWord(word) : undefined
}

/** Returns the address in the low 20 bytes of a word and ignores the rest. */
export function addressInWord(word: bigint): Address {
  return `0x${(word & UINT160).toString(16).padStart(40, "0")}`
}

/** Writes a number as a big-endian word of 32 bytes at an offset of an array that is zero there. */
export function putNumber(target: Uint8Array, offset: number, value: bigint): void {
  if (value < 0n || value > MAX_UINT256) {
    throw new AirdropError(`${shortened(value.toString(), 80)} does not fit a uint256`, {
      code: "invalid-value",
    })
  }
  // Plain numbers are several times as fast as bigints, and most amounts are below 2^53.
  let end = offset + 31
  let high = value
  for (; high > MAX_SAFE; high >>= 48n) {
    let low = Number(high & 0xffffffffffffn)
    for (let i = 0; i < 6; i++, low = Math.floor(low / 256)) target[end--] = low % 256
  }
  for (let low = Number(high); low > 0; low = Math.floor(low / 256)) target[end--] = low % 256
}
