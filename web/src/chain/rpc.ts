/** Sends JSON-RPC over fetch: several calls in one request if the node takes batches, otherwise one by one. */

import {
  errorIn,
  meaningOf,
  revertData,
  type Meaning,
  type NodeError,
} from "../../../scripts/core/ethereum/json-rpc.ts"

/** Thrown if the RPC did not answer, or answered with something that is no JSON-RPC. */
export class RpcUnreachable extends Error {
  constructor(url: string, cause: unknown) {
    super(`no answer from ${url}`, { cause })
    this.name = "RpcUnreachable"
  }

  /** Recognizes the error by its name: each script of the page brings its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): value is RpcUnreachable {
    return isNamed(value, "RpcUnreachable")
  }
}

/** Thrown if the RPC answered with an error. For a simulated call it carries the contract's error. */
export class RpcRefused extends Error {
  readonly code: number
  /** The revert data as 0x-hex, if there is any. */
  readonly data: string | undefined
  /** The meaning of the refusal. */
  readonly meaning: Meaning

  constructor(error: NodeError) {
    super(typeof error.message === "string" ? error.message : "the RPC refused")
    this.name = "RpcRefused"
    this.code = Number(error.code ?? 0)
    this.data = revertData(error.data)
    this.meaning = meaningOf(error)
  }

  /** Recognizes the error by its name: each script of the page brings its own copy of this class. */
  static override [Symbol.hasInstance](value: unknown): value is RpcRefused {
    return isNamed(value, "RpcRefused")
  }

  /**
   * Returns true if the call itself failed on chain. Other refusals, such as a rate limit, say nothing about the
   * call.
   */
  get isRevert(): boolean {
    return this.meaning.kind === "reverted" || this.data !== undefined || OUT_OF_GAS.test(this.message)
  }
}

/** An error of a call that needs more gas than any node gives. Such a call fails on chain too. */
const OUT_OF_GAS = /out ?of ?gas/i

export interface RpcCall {
  readonly method: string
  readonly params: readonly unknown[]
}

export interface Rpc {
  readonly url: string
  /** Sends one call. @throws RpcUnreachable, RpcRefused */
  readonly send: (method: string, ...params: unknown[]) => Promise<unknown>
  /**
   * Sends calls and returns the answers in their order. A refused call's answer is an RpcRefused. @throws
   * RpcUnreachable
   */
  readonly sendAll: (calls: readonly RpcCall[]) => Promise<unknown[]>
}

const TIMEOUT_MS = 15_000
/** The time that a silent RPC gets at first where another one can be asked. */
const FIRST_TIMEOUT_MS = 5_000
const TOO_MANY_REQUESTS = 429

/** The pauses before a failed request is sent again. */
const PAUSES_MS = [300, 1_200]

/**
 * Creates a client for one RPC.
 * @param spare used when the first does not answer; the RPC that answered last is asked first
 */
export function createRpc(url: string, spare?: string): Rpc {
  let takesBatches = true
  let nextId = 1
  let order = spare === undefined ? [url] : [url, spare]

  const post = async (body: unknown): Promise<unknown> => {
    let fault: unknown
    for (const pause of [0, ...PAUSES_MS]) {
      const timeout = pause === 0 && order.length > 1 ? FIRST_TIMEOUT_MS : TIMEOUT_MS
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause))
      for (const one of order) {
        try {
          const answer = await postTo(one, body, timeout)
          order = [one, ...order.filter((other) => other !== one)]
          return answer
        } catch (error) {
          fault = error
        }
      }
    }
    throw fault
  }

  const postTo = async (url: string, body: unknown, timeout: number): Promise<unknown> => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        referrerPolicy: "no-referrer",
        credentials: "omit",
        signal: AbortSignal.timeout(timeout),
      })
      const answer: unknown = await response.json()
      // Some nodes send a JSON-RPC error with a status other than 200. That is an answer too.
      if (response.status === TOO_MANY_REQUESTS || (!response.ok && !isObject(answer)))
        throw new Error(`status ${response.status}`)
      // After a rate limit or a passing fault of the server, the request is sent again, or to the other RPC.
      const refusal = errorIn(answer)
      if (refusal !== undefined && meaningOf(refusal, response.status).kind === "later")
        throw new RpcRefused(refusal)
      return answer
    } catch (error) {
      throw new RpcUnreachable(url, error)
    }
  }

  const single = async ({ method, params }: RpcCall): Promise<unknown> => {
    const answer = await post({ jsonrpc: "2.0", id: nextId++, method, params })
    return resultOf(url, answer)
  }

  const singly = async (calls: readonly RpcCall[]): Promise<unknown[]> =>
    await Promise.all(calls.map(async (call) => await single(call).catch(refusalAsValue)))

  const sendAll = async (calls: readonly RpcCall[]): Promise<unknown[]> => {
    if (!takesBatches || calls.length < 2) return await singly(calls)
    const first = nextId
    nextId += calls.length
    const answer = await post(calls.map((call, i) => ({ jsonrpc: "2.0", id: first + i, ...call })))
    if (!Array.isArray(answer)) {
      takesBatches = false
      return await singly(calls)
    }
    const byId = new Map<unknown, unknown>(
      answer.map((one: unknown) => [isObject(one) ? one["id"] : undefined, one]),
    )
    return await Promise.all(
      calls.map(async (call, i) => {
        try {
          return resultOf(url, byId.get(first + i))
        } catch (error) {
          // A call that a busy node has put off is sent again by itself.
          const mayPass = !(error instanceof RpcRefused) || error.meaning.kind === "later"
          return mayPass ? await single(call).catch(refusalAsValue) : refusalAsValue(error)
        }
      }),
    )
  }

  return { url, sendAll, send: async (method, ...params) => await single({ method, params }) }
}

function resultOf(url: string, answer: unknown): unknown {
  const refusal = errorIn(answer)
  if (refusal !== undefined) throw new RpcRefused(refusal)
  if (isObject(answer) && "result" in answer) return answer["result"]
  throw new RpcUnreachable(url, new Error("the answer is not JSON-RPC"))
}

/**
 * Returns the answer to one of several calls, or undefined if the call reverted.
 * @throws RpcUnreachable if the RPC refused for any other reason, or answered nothing
 */
export function answerOf({ url }: Rpc, answer: unknown): unknown {
  if (answer instanceof RpcRefused && answer.isRevert) return undefined
  if (answer instanceof RpcRefused || answer === undefined || answer === null) {
    throw new RpcUnreachable(url, answer)
  }
  return answer
}

function refusalAsValue(error: unknown): RpcRefused {
  if (error instanceof RpcRefused) return error
  throw error
}

/** Returns true for an error of this name, whichever script of the page threw it. */
export function isNamed(value: unknown, name: string): boolean {
  return isObject(value) && value["name"] === name
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
