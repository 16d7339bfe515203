/**
 * A JSON-RPC provider with faults: it stands before a healthy endpoint on 127.0.0.1, passes requests on, and does
 * to them or to their answers what a test wants.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface RpcRequest {
  readonly id: unknown
  readonly method: string
  readonly params: readonly unknown[]
}

export interface RpcReply {
  readonly jsonrpc: string
  readonly id: unknown
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
}

/** One fault. Each function is asked about every HTTP request, or every JSON-RPC call within. */
export interface Fault {
  /** Ends the HTTP request in its own way if it returns true. `count` begins at 1. */
  readonly onHttp?: (
    response: ServerResponse,
    count: number,
    calls: readonly RpcRequest[],
    isBatch: boolean,
  ) => boolean
  /** Changes a call before it is passed on, or answers it itself. */
  readonly onCall?: (call: RpcRequest, count: number) => RpcRequest | { readonly reply: RpcReply }
  /** Changes the answer to a call. */
  readonly onReply?: (reply: RpcReply, call: RpcRequest, count: number) => RpcReply
  /** Changes the text of the HTTP answer. */
  readonly onText?: (text: string, count: number, calls: readonly RpcRequest[]) => string
}

export interface FaultProxy {
  readonly url: string
  /** Every call seen so far, in order. */
  readonly calls: readonly RpcRequest[]
  readonly requests: () => number
  /** Replaces the faults. */
  readonly setFaults: (faults: readonly Fault[]) => void
  readonly close: () => Promise<void>
}

export async function startFaultProxy(upstream: string, faults: readonly Fault[] = []): Promise<FaultProxy> {
  let active = faults
  let requests = 0
  let callCount = 0
  const calls: RpcRequest[] = []

  const passOn = async (call: RpcRequest, count: number): Promise<RpcReply> => {
    let current = call
    for (const { onCall } of active) {
      const changed = onCall?.(current, count)
      if (changed === undefined) continue
      if ("reply" in changed) return changed.reply
      current = changed
    }
    const response = await fetch(upstream, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", ...current }),
    })
    let reply = (await response.json()) as RpcReply
    for (const { onReply } of active) reply = onReply?.(reply, call, count) ?? reply
    return reply
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as RpcRequest | readonly RpcRequest[]
    const own = Array.isArray(body) ? (body as readonly RpcRequest[]) : [body as RpcRequest]
    const count = ++requests
    calls.push(...own)
    if (active.some(({ onHttp }) => onHttp?.(response, count, own, Array.isArray(body)) === true)) return
    const replies: RpcReply[] = []
    for (const call of own) replies.push(await passOn(call, ++callCount))
    let text = JSON.stringify(Array.isArray(body) ? replies : replies[0])
    for (const { onText } of active) text = onText?.(text, count, own) ?? text
    response.writeHead(200, { "content-type": "application/json" }).end(text)
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    requests: () => requests,
    setFaults: (next) => {
      active = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** True for each n-th of the counted: a fault that comes and goes. */
type When = (count: number) => boolean

export const every =
  (n: number): When =>
  (count) =>
    count % n === 0
export const always: When = () => true

/** Answers some HTTP requests with a status, such as 429 with a Retry-After in seconds, or 500. */
export function httpStatus(status: number, when: When, retryAfter?: number): Fault {
  return {
    onHttp: (response, count) => {
      if (!when(count)) return false
      const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter.toString() }
      response.writeHead(status, headers).end(`<html>${status}</html>`)
      return true
    },
  }
}

/** Drops the connection without an answer. */
export function droppedConnection(when: When): Fault {
  return {
    onHttp: (response, count) => {
      if (when(count)) response.destroy()
      return when(count)
    },
  }
}

/** Breaks off in the middle of the answer, though the headers promise more. */
export function brokenOff(when: When): Fault {
  return {
    onHttp: (response, count) => {
      if (!when(count)) return false
      response.writeHead(200, { "content-type": "application/json", "content-length": "5000" })
      response.write('{"jsonrpc":"2.0","id":1,"resu', () => response.destroy())
      return true
    },
  }
}

/** Cuts the answer's text short: what arrives is no JSON. */
export function truncatedText(when: When): Fault {
  return { onText: (text, count) => (when(count) ? text.slice(0, text.length / 2) : text) }
}

/** Answers with something that is JSON, but no JSON-RPC. */
export function wrongJson(when: When, text = '{"status":"maintenance"}'): Fault {
  return { onText: (right, count) => (when(count) ? text : right) }
}

/** Answers a method as a provider does that does not serve it. */
export function missingMethod(method: string): Fault {
  return errorFor(
    (call) => call.method === method,
    -32601,
    `the method ${method} does not exist/is not available`,
  )
}

/** Answers the calls that match with a JSON-RPC error. */
export function errorFor(matches: (call: RpcRequest) => boolean, code: number, message: string): Fault {
  return {
    onCall: (call) =>
      matches(call) ? { reply: { jsonrpc: "2.0", id: call.id, error: { code, message } } } : call,
  }
}

/** Lets an eth_call have no more gas than this. */
export function gasCap(gas: number): Fault {
  return {
    onCall: (call) => {
      if (call.method !== "eth_call") return call
      const [transaction, ...rest] = call.params
      return { ...call, params: [{ ...(transaction as object), gas: `0x${gas.toString(16)}` }, ...rest] }
    },
  }
}

/** Refuses eth_getLogs over more than so many blocks. */
export function logRangeLimit(blocks: number): Fault {
  return errorFor((call) => logRange(call) > blocks, -32600, `eth_getLogs is limited to a ${blocks} range`)
}

/** Refuses requests that match with an HTTP status and no JSON-RPC, as gateways do. */
export function httpRefusal(status: number, matches: (call: RpcRequest) => boolean, text: string): Fault {
  return {
    onHttp: (response, _, calls) => {
      const refused = calls.some(matches)
      if (refused) response.writeHead(status).end(text)
      return refused
    },
  }
}

/** Refuses requests of several calls as a whole. */
export function noBatches(status: number, text: string): Fault {
  return {
    onHttp: (response, _count, _calls, isBatch) => {
      if (isBatch) response.writeHead(status).end(text)
      return isBatch
    },
  }
}

/** Refusals of batches by nodes: the HTTP status and the body. */
export const BATCH_REFUSALS: readonly (readonly [status: number, text: string])[] = [
  [200, '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}'],
  [200, '[{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"batching is disabled"}}]'],
  [400, '{"jsonrpc":"2.0","error":{"code":-32700,"message":"parse error"}}'],
  [400, '{"error":"no batches"}'],
  [413, "too large"],
  [400, "Bad Request"],
]

/** Returns the number of blocks that a call requests logs of; 0 for other calls. */
export function logRange({ method, params: [filter] }: RpcRequest): number {
  if (method !== "eth_getLogs") return 0
  const { fromBlock, toBlock } = filter as Record<string, string>
  return Number(toBlock) - Number(fromBlock) + 1
}

/** Refuses eth_getLogs that would answer more than so many. */
export function logResultLimit(results: number): Fault {
  return {
    onReply: (reply, { method }) => {
      if (method !== "eth_getLogs" || !Array.isArray(reply.result) || reply.result.length <= results)
        return reply
      const message = `query returned more than ${results} results`
      return { jsonrpc: "2.0", id: reply.id, error: { code: -32005, message } }
    },
  }
}

/** Knows blocks by number only: refuses the object of EIP-1898, as older nodes do. */
export function numbersOnly(): Fault {
  return errorFor(
    ({ params }) => typeof params.at(-1) === "object" && Object.hasOwn(params.at(-1) as object, "blockHash"),
    -32602,
    "invalid argument 1: json: cannot unmarshal object into Go value of type string",
  )
}

/** Answers reads of state from another block than the one asked for. */
export function otherBlock(number: number, when: When): Fault {
  const methods = ["eth_call", "eth_getCode", "eth_getBalance", "eth_getTransactionCount", "eth_getProof"]
  return {
    onCall: (call, count) =>
      methods.includes(call.method) && when(count)
        ? { ...call, params: [...call.params.slice(0, -1), `0x${number.toString(16)}`] }
        : call,
  }
}

/** Answers another block from the n-th request for a block by its number on: the chain was reorganised. */
export function changedBlock(fromCount: number, other: Readonly<Record<string, unknown>>): Fault {
  let seen = 0
  return {
    onReply: (reply, { method, params }) => {
      if (method !== "eth_getBlockByNumber" || params[0] !== other["number"]) return reply
      return ++seen < fromCount ? reply : { ...reply, result: other }
    },
  }
}
