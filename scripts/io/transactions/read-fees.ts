import type { JsonRpcApiProvider } from "ethers"
import { AirdropError } from "../../core/primitives/error.ts"
import type { FeeLevel } from "./fees.ts"

/**
 * Reads what the next block asks for.
 * @throws AirdropError `rpc-answer` if the node has no latest block
 */
export async function readFeeLevel(provider: JsonRpcApiProvider): Promise<FeeLevel> {
  const block = await provider.getBlock("latest")
  if (block === null) throw new AirdropError("the node has no latest block", { code: "rpc-answer" })
  const baseFee = block.baseFeePerGas ?? undefined
  const gasPrice = await provider.send("eth_gasPrice", []).then(toFee, (error: unknown) => {
    if (baseFee === undefined) throw error
    return baseFee
  })
  // A chain without priority fees does not have the method.
  const priorityFee =
    baseFee === undefined ? 0n : await provider.send("eth_maxPriorityFeePerGas", []).then(toFee, () => 0n)
  return { baseFee, priorityFee, gasPrice }
}

function toFee(answer: unknown): bigint {
  if (typeof answer === "string" && /^0x[0-9a-f]{1,64}$/i.test(answer)) return BigInt(answer)
  throw new AirdropError("the node answers a gas price that is not a number", { code: "rpc-answer" })
}
