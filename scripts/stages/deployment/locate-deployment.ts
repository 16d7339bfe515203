/** Finds when and by which transaction a contract was created whose address was known beforehand. */
import type { Provider } from "ethers"
import { toChecksum, type Address } from "../../core/primitives/address.ts"
import { AIRDROP } from "../../core/contract/abi.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { RpcError } from "../../io/rpc/rpc-error.ts"
import type { Hex } from "../../core/primitives/bytes.ts"

export interface Creation {
  readonly transaction: Hex
  readonly block: number
}

/**
 * Finds the block in which code first stood at the address, by bisection over the chain's state, and in it the
 * transaction of the constructor's event.
 * @returns undefined if the address has no code
 * @throws AirdropError if the node does not keep the state that far back
 */
export async function locateDeployment(provider: Provider, address: Address): Promise<Creation | undefined> {
  const isThere = async (block: number): Promise<boolean> => {
    try {
      return (await provider.getCode(address, block)) !== "0x"
    } catch (cause) {
      // Only missing state is a matter of how far back the block is.
      if (cause instanceof RpcError && cause.kind !== "no-state") throw cause
      throw new AirdropError(`the node does not keep the code of ${toChecksum(address)} in block ${block}`, {
        code: "rpc-cannot",
        hint: "Use an archive node with --rpc.",
        cause,
      })
    }
  }
  let last = await provider.getBlockNumber()
  if (!(await isThere(last))) return undefined
  // Doubling steps back from now: a deployment is usually recent, and old state is where nodes fail.
  let first = last
  for (let step = 1; first > 0; step *= 2) {
    first = Math.max(0, last - step)
    if (!(await isThere(first))) break
    last = first
  }
  while (last - first > 1) {
    const middle = Math.floor((first + last) / 2)
    if (await isThere(middle)) last = middle
    else first = middle
  }
  const topic = AIRDROP.getEvent("ProofsPublished")?.topicHash ?? null
  const [log] = await provider.getLogs({ address, topics: [topic], fromBlock: last, toBlock: last })
  if (log === undefined) {
    throw new AirdropError(`the creation of ${toChecksum(address)} in block ${last} announced no proofs`, {
      code: "mismatch",
    })
  }
  return { transaction: log.transactionHash as Hex, block: last }
}
