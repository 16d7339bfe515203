import { addressInWord } from "../../core/primitives/words.ts"
import { id, type JsonRpcApiProvider } from "ethers"
import type { Address } from "../../core/primitives/address.ts"
import type { Transfer } from "../../core/ethereum/transfer.ts"
import { readLogs, type BlockRange } from "./read-logs.ts"

const TRANSFER = id("Transfer(address,address,uint256)")

/**
 * Every transfer of a token within the range, in the chain's order; those of nothing are left out.
 * @param onProgress blocks done, and of how many
 */
export async function readTransfers(
  provider: JsonRpcApiProvider,
  token: Address,
  range: BlockRange,
  onProgress: (done: number, total: number) => void,
): Promise<readonly Transfer[]> {
  const transfers: Transfer[] = []
  await readLogs(provider, { address: token, topics: [TRANSFER] }, range, (logs, upTo) => {
    for (const { topics, data, blockNumber, transactionHash } of logs) {
      const [, from, to] = topics
      const amount = BigInt(data)
      if (from === undefined || to === undefined || amount === 0n) continue
      transfers.push({
        from: addressInWord(BigInt(from)),
        to: addressInWord(BigInt(to)),
        amount,
        order: transfers.length,
        block: blockNumber,
        transaction: transactionHash,
      })
    }
    onProgress(upTo - range.from + 1, range.to - range.from + 1)
    return Promise.resolve()
  })
  return transfers
}
