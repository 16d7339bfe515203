/** Encodes and decodes the part of the contract ABI that views need: static arguments and static results. */
import { toHex } from "../../../scripts/core/primitives/bytes.ts"
import { keccak256 } from "../keccak.ts"

const encoder = new TextEncoder()

/** Returns the 4-byte selector of a function or custom error, as 0x-hex: selector("sweep()"). */
export function selector(signature: string): string {
  return toHex(keccak256(encoder.encode(signature)).subarray(0, 4))
}

/** Encodes the calldata of a function whose arguments are all single words. */
export function callData(signature: string, ...words: (bigint | string)[]): string {
  return selector(signature) + words.map((word) => BigInt(word).toString(16).padStart(64, "0")).join("")
}

/**
 * Splits a result into words. Returns undefined if it is not whole words, or fewer than expected (no contract
 * there).
 */
export function wordsOf(result: unknown, atLeast: number): readonly bigint[] | undefined {
  if (typeof result !== "string" || !/^0x(?:[0-9a-fA-F]{64})*$/.test(result)) return undefined
  const words = result.slice(2).match(/.{64}/g) ?? []
  return words.length < atLeast ? undefined : words.map((word) => BigInt(`0x${word}`))
}

/** Writes a word as 32 bytes in hex. */
export function asHash(word: bigint): `0x${string}` {
  return `0x${word.toString(16).padStart(64, "0")}`
}

/** Returns a word as an address in lower case, or undefined if it is above 20 bytes. */
export function asAddress(word: bigint): `0x${string}` | undefined {
  return word >> 160n === 0n ? `0x${word.toString(16).padStart(40, "0")}` : undefined
}
