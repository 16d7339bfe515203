import { isCallException } from "ethers"
import { meaningOf } from "../../core/ethereum/json-rpc.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { field, nodeMessage } from "../rpc/node-message.ts"

/** Returns the words for the data of a custom error. */
export type RevertWords = (data: string) => string

/**
 * Returns the reason for a revert, in words; undefined if the error is not a revert. ethers reports every failure of
 * a call as an exception of the call, also a time-out. The node's own answer tells them apart.
 */
export function revertReason(error: unknown, words: RevertWords): string | undefined {
  if (!isCallException(error)) return undefined
  const data = error.data ?? nestedData(error.info)
  if (data !== undefined && data !== "0x") return error.reason ?? words(data)
  const isRevert =
    meaningOf({ code: field(field(error.info, "error"), "code"), message: nodeMessage(error) }).kind ===
    "reverted"
  return isRevert ? "it reverts without a reason" : undefined
}

/**
 * Runs a call or an estimate of gas.
 * @param what the start of the message: the refused action
 * @throws AirdropError `reverted` with the reason, if the call reverts
 */
export async function explained<T>(what: string, words: RevertWords, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    const reason = revertReason(cause, words)
    if (reason === undefined) throw cause
    throw new AirdropError(`${what}: ${reason}`, { code: "reverted", cause })
  }
}

/** Returns revert data from the JSON-RPC error of an estimate, where some nodes put it and ethers leaves it. */
function nestedData(info: unknown): string | undefined {
  const data = field(field(info, "error"), "data")
  const inner = field(data, "data")
  return typeof data === "string" ? data : typeof inner === "string" ? inner : undefined
}
