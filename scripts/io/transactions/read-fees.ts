import type { Block, JsonRpcApiProvider } from "ethers"
import { AirdropError } from "../../core/primitives/error.ts"
import { RpcError } from "../rpc/rpc-error.ts"
import { insist } from "../rpc/insist.ts"
import type { FeeLevel } from "./fees.ts"

/**
 * Reads the fees of the next block.
 * @throws AirdropError `rpc-answer` if the node has no latest block
 */
export async function readFeeLevel(provider: JsonRpcApiProvider): Promise<FeeLevel> {
  const { baseFeePerGas } = await requireHead(provider)
  const baseFee = baseFeePerGas ?? undefined
  const gasPrice = await provider.send("eth_gasPrice", []).then(toFee, (error: unknown) => {
    if (baseFee === undefined || !isUnserved(error)) throw error
    return baseFee
  })
  // A chain without priority fees does not have the method.
  const priorityFee =
    baseFee === undefined
      ? 0n
      : await provider.send("eth_maxPriorityFeePerGas", []).then(toFee, (error: unknown) => {
          if (!isUnserved(error)) throw error
          return 0n
        })
  return { baseFee, priorityFee, gasPrice }
}

/** Returns true if the node does not have the method. Any other fault says nothing about fees. */
function isUnserved(error: unknown): boolean {
  return !(error instanceof RpcError) || ["no-method", "refused", "no-access"].includes(error.kind)
}

function toFee(answer: unknown): bigint {
  if (typeof answer === "string" && /^0x[0-9a-f]{1,64}$/i.test(answer)) return BigInt(answer)
  throw new AirdropError("the node answers a gas price that is not a number", { code: "rpc-answer" })
}

/**
 * Reads the latest block. Retries on `null`, which a lagging node behind the same address may answer.
 * @throws AirdropError `rpc-answer` if that is its answer each time
 */
export async function requireHead(provider: JsonRpcApiProvider): Promise<Block> {
  const block = await insist(async () => await provider.getBlock("latest"))
  if (block !== null) return block
  throw new AirdropError("the node answers that there is no latest block", { code: "rpc-answer" })
}
