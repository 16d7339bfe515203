/**
 * Reads which leaves are claimed, many thousands in one call. The call runs the creation code of a contract that is never
 * deployed. It asks isClaimed() for each index and returns one byte for each flag:
 *
 *   appended  20 bytes airdrop · 4 bytes first index · 4 bytes count
 */
import { AIRDROP } from "../../core/contract/abi.ts"
import type { Address } from "../../core/primitives/address.ts"
import { fromHex } from "../../core/primitives/bytes.ts"
import type { PinnedReader } from "../../io/rpc/pinned-reader.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import { askInPieces } from "../../io/rpc/split-requests.ts"

/** Flags in one call: a created contract may hold 24,576 bytes. They take some 20 million gas. */
const AT_ONCE = 16_384

const SELECTOR = AIRDROP.encodeFunctionData("isClaimed", [0]).slice(2, 10)

const CODE = [
  "601c 6069 6000 39 6000 51", //          head = the appended word, which begins at byte 0x69
  "80 6060 1c", //                         airdrop
  "81 6040 1c 63ffffffff 16", //           first index
  "91 6020 1c 63ffffffff 16", //           count in place of head: first airdrop count
  `63${SELECTOR} 60e0 1b 6000 52`, //      selector to memory
  "6000", //                               i = 0: first airdrop count i
  "5b 81 81 10 15 605f 57", //       0x2f  loop: leave at i = count
  "80 84 01 6004 52", //                   index behind the selector
  "6020 6040 6024 6000 86 5a fa", //       isClaimed(index)
  "3d 6020 14 16 15 6064 57", //           fails without success and one word
  "6040 51 81 6060 01 53", //              flag to its byte
  "6001 01 602f 56", //                    i += 1, again
  "5b 81 6060 f3", //                0x5f  return the flags
  "5b 6000 80 fd", //                0x64  revert
]
  .join("")
  .replaceAll(" ", "")

/**
 * Reads which leaves are claimed at the reader's block.
 * @returns undefined if the provider does not run the code
 */
export async function lookAtClaimed(
  reader: PinnedReader,
  airdrop: Address,
  leafCount: number,
): Promise<Uint8Array | undefined> {
  const indexes = Array.from({ length: leafCount }, (_, index) => index)
  const ask = async (piece: readonly number[]): Promise<readonly number[]> => {
    const hex4 = (value: number): string => value.toString(16).padStart(8, "0")
    const data = `0x${CODE}${airdrop.slice(2)}${hex4(piece[0] ?? 0)}${hex4(piece.length)}`
    return await reader.ask("eth_call", [{ data }], (answer) => {
      const isFlags = typeof answer === "string" && /^0x(0[01])*$/.test(answer)
      if (!isFlags || answer.length !== 2 + 2 * piece.length) {
        throw new RpcError("bad-answer", reader.host, "it does not run the code that reads flags")
      }
      return [...fromHex(answer)]
    })
  }
  try {
    return Uint8Array.from(
      await askInPieces(indexes, ask, { size: AT_ONCE, what: "flags in a request", host: reader.host }),
    )
  } catch (error) {
    if (error instanceof RpcError && error.kind !== "later") return undefined
    throw error
  }
}
