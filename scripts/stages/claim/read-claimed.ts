import type { MerkleAirdrop } from "../../../types/MerkleAirdrop.ts"
import { AirdropError, invariant } from "../../core/primitives/error.ts"
import type { LeafRange } from "../../core/merkle/range-proof.ts"
import { shortened } from "../../core/primitives/text.ts"
import { hostOf } from "../../io/rpc/provider.ts"
import { mayShrink, RpcError } from "../../io/rpc/rpc-error.ts"
import { askInPieces } from "../../io/rpc/split-requests.ts"

/** The number of flags in one request. They take about 1.6 million gas and 100 KB of answer. */
const AT_ONCE = 1_000

/**
 * Reads which leaves are claimed, all at one block, through the contract's own multicall.
 * @param block to read at
 * @param range of leaves; all of them if not given
 */
export async function readClaimed(
  airdrop: MerkleAirdrop,
  leafCount: number,
  block: number,
  range: LeafRange = { start: 0, count: leafCount },
): Promise<Uint8Array> {
  const host = hostOf(airdrop.runner?.provider)
  const indexes = Array.from({ length: range.count }, (_, i) => range.start + i)
  const ask = async (piece: readonly number[]): Promise<readonly number[]> => {
    const calls = piece.map((index) => airdrop.interface.encodeFunctionData("isClaimed", [index]))
    const answers = await airdrop.multicall.staticCall(calls, { blockTag: block })
    invariant(answers.length === piece.length, "a multicall answers each of its calls")
    return answers.map((answer) => {
      if (answer.length !== 66 || !/^0x0*[01]$/.test(answer)) {
        throw new RpcError("bad-answer", host, `isClaimed() answers ${shortened(answer, 80)}`)
      }
      return Number(answer)
    })
  }
  const options = { size: AT_ONCE, what: "flags in a request", host, isTooMuch }
  return Uint8Array.from(await askInPieces(indexes, ask, options))
}

/**
 * Returns true if a smaller call may succeed. Nodes word their limits in many ways, so that only an unreachable node
 * rules it out.
 */
function isTooMuch(error: unknown): boolean {
  return !(error instanceof AirdropError) || mayShrink(error)
}
