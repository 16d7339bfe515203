import { JsonRpcApiProvider, type JsonRpcError, type JsonRpcPayload, type JsonRpcResult } from "ethers"
import { setTimeout as sleep } from "node:timers/promises"
import { AirdropError } from "../../core/primitives/error.ts"
import { isTooMuchByKind } from "./split-requests.ts"
import { nodeMessage } from "./node-message.ts"
import { kindOf, RpcError } from "./rpc-error.ts"
import { chainName, rpcUrl } from "./endpoints.ts"
import { createRpc, type RpcAnswer, type RpcCall, type RpcClient, type RpcOptions } from "./client.ts"

const LAG_ATTEMPTS = 6
const LAG_PAUSE_MS = 50

/** ethers over the polite client: what fails for a moment is asked again, and hosts are named without their keys. */
class PoliteProvider extends JsonRpcApiProvider {
  readonly #rpc: RpcClient
  #takesBatches = true

  constructor(rpc: RpcClient, chainId: number) {
    super(chainId, { staticNetwork: true, batchMaxCount: 50, cacheTimeout: -1 })
    this.#rpc = rpc
  }

  override async send(method: string, params: unknown[] | Record<string, unknown>): Promise<unknown> {
    this._start()
    for (let attempt = 1; ; attempt++) {
      try {
        return (await super.send(method, params)) as unknown
      } catch (error) {
        // Behind one address may be several nodes, and one that lags does not know the newest block yet.
        const lags = kindOf(undefined, nodeMessage(error)) === "missing-state"
        if (!lags || attempt === LAG_ATTEMPTS) throw error
        await sleep(LAG_PAUSE_MS * 2 ** attempt)
      }
    }
  }

  override async _send(
    payload: JsonRpcPayload | JsonRpcPayload[],
  ): Promise<(JsonRpcResult | JsonRpcError)[]> {
    const calls = Array.isArray(payload) ? payload : [payload]
    const requests = calls.map(({ method, params }) => ({
      method,
      params: Array.isArray(params) ? params : [],
    }))
    try {
      const answers =
        requests.length === 1
          ? await Promise.all(requests.map(async (request) => await single(this.#rpc, request)))
          : await this.#batch(requests)
      return calls.map(({ id }, i): JsonRpcResult | JsonRpcError => {
        const answer = answers[i]
        if (answer?.ok === true) return { id, result: answer.result }
        return { id, error: rawError(answer?.error) }
      })
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
      throw new AirdropError(error.message, { exit: 1, cause: error })
    }
  }

  /** A batch that is too much, whether by its size or by one of its calls, is sent one by one. */
  async #batch(requests: readonly RpcCall[]): Promise<readonly RpcAnswer[]> {
    if (this.#takesBatches) {
      try {
        return await this.#rpc.batch(requests)
      } catch (error) {
        if (!isTooMuchByKind(error)) throw error
      }
    }
    const alone = async (request: RpcCall): Promise<RpcAnswer> =>
      await single(this.#rpc, request).catch((error: unknown) => {
        if (error instanceof RpcError && error.kind === "too-much") return { ok: false, error }
        throw error
      })
    const answers = await Promise.all(requests.map(alone))
    if (answers.every((answer) => answer.ok || !isTooMuchByKind(answer.error))) this.#takesBatches = false
    return answers
  }
}

/**
 * Connects to a node.
 * @param url of its JSON-RPC; the one that is configured for the chain if not given
 * @param chainId that it must be of
 * @throws AirdropError if it is of another chain (exit 2) or cannot be reached (exit 1)
 */
export async function connect(
  url: string | undefined,
  chainId: number,
  options: RpcOptions = {},
): Promise<JsonRpcApiProvider> {
  const rpc = createRpc(await rpcUrl(chainId, url), options)
  const answer = await rpc.call("eth_chainId", []).catch((error: unknown) => {
    throw error instanceof RpcError ? new AirdropError(error.message, { exit: 1, cause: error }) : error
  })
  if (Number(answer) !== chainId) {
    throw new AirdropError(
      `${rpc.host} is a node of chain ${chainName(answer)}, the program is on ${chainId}`,
    )
  }
  return new PoliteProvider(rpc, chainId)
}

/** A single call is no batch of one, which some nodes refuse; a node's own error is an answer, not a failure. */
async function single(rpc: RpcClient, { method, params }: RpcCall): Promise<RpcAnswer> {
  try {
    return { ok: true, result: await rpc.call(method, params) }
  } catch (error) {
    if (!(error instanceof RpcError) || error.kind === "unreachable" || !isNodeError(error.cause)) throw error
    return { ok: false, error }
  }
}

/** What the node itself said: ethers reads the revert data out of it. */
function rawError(error: RpcError | undefined): JsonRpcError["error"] {
  const cause = error?.cause
  return isNodeError(cause)
    ? { code: cause.code ?? -32000, message: cause.message ?? "", data: cause.data }
    : { code: -32000, message: error?.message ?? "no answer" }
}

interface NodeError {
  readonly code?: number
  readonly message?: string
  readonly data?: unknown
}

function isNodeError(cause: unknown): cause is NodeError {
  return typeof cause === "object" && cause !== null && !(cause instanceof Error) && "message" in cause
}

/** Turns what ethers makes of a node's refusal into one line, exit 1. Errors that are already one pass. */
export async function withNode<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    if (cause instanceof RpcError) throw new AirdropError(cause.message, { exit: 1, cause })
    if (!isEthersError(cause)) throw cause
    throw new AirdropError(`the node refuses: ${nodeMessage(cause)}`, { exit: 1, cause })
  }
}

function isEthersError(error: unknown): boolean {
  return error instanceof Error && "shortMessage" in error
}
