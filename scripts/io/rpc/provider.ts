import {
  JsonRpcApiProvider,
  type Block,
  type EthersError,
  type JsonRpcError,
  type JsonRpcPayload,
  type JsonRpcResult,
} from "ethers"
import { meaningOf } from "../../core/ethereum/json-rpc.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { visible } from "../../core/primitives/text.ts"
import { isWideCall, type RpcAnswer } from "./attempts.ts"
import type { RpcCall, RpcClient, RpcOptions } from "./client.ts"
import { openRpc } from "./endpoints.ts"
import { field, nodeMessage } from "./node-message.ts"
import { RpcError } from "./rpc-error.ts"
import { askSmallest, mayPass } from "./split-requests.ts"

/**
 * An ethers provider over this project's client. A failure of the node is thrown as an {@link RpcError}. ethers sees
 * only reverts and refusals of transactions, because it treats every error of a call as a revert.
 */
export class NodeProvider extends JsonRpcApiProvider {
  readonly rpc: RpcClient
  readonly #faults = new WeakMap<object, RpcError>()

  constructor(rpc: RpcClient, chainId: number) {
    super(chainId, { staticNetwork: true, batchMaxCount: 50, cacheTimeout: -1 })
    this.rpc = rpc
  }

  override async send(method: string, params: unknown[] | Record<string, unknown>): Promise<unknown> {
    this._start()
    try {
      return (await super.send(method, params)) as unknown
    } catch (error) {
      const said = field(field(error, "info"), "error") ?? field(error, "error")
      const fault = typeof said === "object" && said !== null ? this.#faults.get(said) : undefined
      if (fault === undefined || fault.kind === "reverted") throw error
      // The sender classifies errors about a transaction.
      if (method.startsWith("eth_send") && fault.kind !== "later") throw error
      throw fault
    }
  }

  /** Returns a block that exists. @throws RpcError if the node keeps answering `null` */
  override async getBlock(...args: Parameters<JsonRpcApiProvider["getBlock"]>): Promise<Block> {
    const block = await super.getBlock(...args)
    if (block !== null) return block
    throw new RpcError("bad-answer", this.rpc.host, `null for block ${String(args[0])}, which exists`)
  }

  override async _send(
    payload: JsonRpcPayload | JsonRpcPayload[],
  ): Promise<(JsonRpcResult | JsonRpcError)[]> {
    const payloads = Array.isArray(payload) ? payload : [payload]
    const calls = payloads.map(({ method, params }) => ({
      method,
      params: Array.isArray(params) ? params : [],
    }))
    const first = await this.rpc.batch(calls)
    const answers = await Promise.all(first.map(async (answer, i) => await this.#insist(answer, calls[i])))
    return payloads.map(({ id }, i): JsonRpcResult | JsonRpcError => {
      const answer = answers[i]
      if (answer?.ok === true) return { id, result: answer.result }
      return { id, error: this.#rawError(answer) }
    })
  }

  /** Repeats a wide request after a passing failure, because callers of ethers cannot make it smaller. */
  async #insist(answer: RpcAnswer, call: RpcCall | undefined): Promise<RpcAnswer> {
    if (answer.ok || call === undefined || !isWideCall(call) || !mayPass(answer.error)) return answer
    if (call.method.startsWith("eth_send")) return answer
    try {
      const result = await askSmallest(true, async () => await this.rpc.call(call.method, call.params))
      return { ok: true, result }
    } catch (error) {
      if (error instanceof RpcError) return { ok: false, error }
      throw error
    }
  }

  /** Returns the node's own error, from which ethers reads the data of a revert. */
  #rawError(answer: (RpcAnswer & { readonly ok: false }) | undefined): JsonRpcError["error"] {
    const fault = answer?.error ?? new RpcError("bad-answer", this.rpc.host, "no answer")
    const { cause } = fault
    const error = isNodeError(cause)
      ? { code: cause.code ?? -32000, message: cause.message ?? "", data: cause.data }
      : { code: -32000, message: fault.message }
    this.#faults.set(error, fault)
    return error
  }
}

/** Returns the host of a provider's node, for messages. */
export function hostOf(provider: unknown): string {
  return provider instanceof NodeProvider ? provider.rpc.host : "the node"
}

/**
 * Connects to a node.
 * @param url of its JSON-RPC; the one configured for the chain if omitted
 * @param chainId that it must serve
 * @throws AirdropError `wrong-chain` if it serves another chain, RpcError if it does not answer
 */
export async function connect(
  url: string | undefined,
  chainId: number,
  options: RpcOptions = {},
): Promise<NodeProvider> {
  return new NodeProvider(await openRpc(chainId, url, options), chainId)
}

interface NodeError {
  readonly code?: number
  readonly message?: string
  readonly data?: unknown
}

function isNodeError(cause: unknown): cause is NodeError {
  return typeof cause === "object" && cause !== null && !(cause instanceof Error) && "message" in cause
}

/**
 * Runs `run` and turns an ethers error about a node's refusal into one line. Passes on errors that are one line
 * already.
 */
export async function withNode<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    if (cause instanceof AirdropError || !isEthersError(cause)) throw cause
    if (cause.code === "BAD_DATA") {
      throw new AirdropError("an answer of the node cannot be decoded", { code: "rpc-answer", cause })
    }
    const said = nodeMessage(cause)
    const { kind } = meaningOf({ message: said })
    throw new AirdropError(`the node refuses: ${visible(said)}`, {
      code: kind === "reverted" ? "reverted" : "rpc-cannot",
      cause,
    })
  }
}

function isEthersError(error: unknown): error is EthersError {
  return error instanceof Error && "shortMessage" in error
}
