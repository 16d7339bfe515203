/**
 * Reads the code of many accounts in one call. The call runs the creation code of a contract that is never deployed. It
 * reads each address appended to it and returns one word for each:
 *
 *   size of the code × 2 + (1 if the account exists) in the 9 high bytes · first 23 bytes of the code in the low ones
 *
 * 23 bytes are what an EIP-7702 delegation is. The account exists unless EXTCODEHASH is zero.
 */
import type { Address } from "../../core/primitives/address.ts"

/** The code of an account in short. `prefix` is its first 23 bytes, as 0x-hex. */
export interface CodeSummary {
  readonly exists: boolean
  readonly size: number
  readonly prefix: string
}

/** Addresses in one call at most. A created contract may hold 24,576 bytes, 32 for each address. */
export const ACCOUNTS_PER_CALL = 700

const CREATION_CODE = [
  "6041 80 38 03", //          n = size of the appended words, which begin at byte 0x41
  "80 91 6020 39", //          copy them to memory at 0x20; i = n on the stack
  "5b 80 15 6039 57", //  0x0a loop: leave at i = 0
  "80 51", //                  the address in the word at i
  "6000 6000 52", //           clear the scratch word at 0
  "6017 6000 6009 83 3c", //   its first 23 bytes of code to the scratch word's low end
  "80 3b 6001 1b", //          size of its code, times two
  "90 3f 15 15 17", //         plus one if it exists
  "60b8 1b 6000 51 17", //     above the 23 bytes
  "81 52", //                  put in place of the address
  "6020 90 03", //             i -= 32
  "600a 56", //                again
  "5b 6041 38 03 6020 f3", //  0x39 return the words
]
  .join("")
  .replaceAll(" ", "")

/** Returns the data of an eth_call without `to`. */
export function summaryCallData(addresses: readonly Address[]): string {
  return `0x${CREATION_CODE}${addresses.map((address) => address.slice(2).padStart(64, "0")).join("")}`
}

/** Reads the answer of such a call; undefined if it is not one word for each address. */
export function readSummaries(answer: unknown, count: number): readonly CodeSummary[] | undefined {
  if (typeof answer !== "string" || answer.length !== 2 + 64 * count) return undefined
  return Array.from({ length: count }, (_, i) => {
    const word = answer.slice(2 + 64 * i, 66 + 64 * i)
    const head = BigInt(`0x${word.slice(0, 18)}`)
    return { exists: (head & 1n) === 1n, size: Number(head >> 1n), prefix: `0x${word.slice(18)}` }
  })
}
