/** Temporary faults of nodes and gateways, as reported from the field, for a fault proxy. */
import type { ServerResponse } from "node:http"
import { logRange, type Fault, type RpcReply, type RpcRequest } from "./fault-proxy.ts"
import { seededRandom } from "./send-faults.ts"

/** Errors that pass, each in the words of a provider. */
export const PASSING_ERRORS: readonly (readonly [code: number, message: string])[] = [
  [-32603, "Internal error"],
  [
    -32007,
    "50/second request limit reached - reduce calls per second or upgrade your account at quicknode.com",
  ],
  [-32503, "Errors from the following providers prevented the request from being fulfilled: dRPC, Alchemy."],
  [-32001, "Unable to complete request at this time."],
  [19, "Temporary internal error. Please retry, trace-id: 0"],
  [-32000, "no backend is currently healthy to serve traffic"],
  [-32000, "request timed out"],
]

/** Answers some calls with an error that passes. `when` is asked about each call that matches. */
export function passingError(
  [code, message]: readonly [code: number, message: string],
  when: (call: RpcRequest) => boolean,
): Fault {
  return { onCall: (call) => (when(call) ? { reply: failed(call, code, message) } : call) }
}

/** Answers `null` for some blocks that exist, as a stale back end does. */
export function nullBlock(when: (call: RpcRequest) => boolean): Fault {
  return {
    onReply: (reply, call) =>
      call.method === "eth_getBlockByNumber" && when(call) ? { ...reply, result: null } : reply,
  }
}

/** Answers some HTTP requests with a page of the gateway and status 200. */
export function htmlBody(when: (calls: readonly RpcRequest[]) => boolean, text = "<html>busy</html>"): Fault {
  return {
    onHttp: (response, _count, calls) => {
      if (!when(calls)) return false
      response.writeHead(200, { "content-type": "text/html" }).end(text)
      return true
    },
  }
}

/** Returns a fault that never answers requests for logs of more than `blocks` blocks. */
export function hangingRange(blocks: number): Fault {
  const open: ServerResponse[] = []
  return {
    onHttp: (response, _count, calls) => {
      const hangs = calls.some((call) => logRange(call) > blocks)
      if (hangs) open.push(response)
      return hangs
    },
  }
}

/** Answers questions for a receipt with an error, as a node does that is still indexing. */
export function erringReceipts(
  when: () => boolean,
  [code, message]: readonly [code: number, message: string] = [-32000, "transaction indexing is in progress"],
): Fault {
  return passingError([code, message], ({ method }) => method === "eth_getTransactionReceipt" && when())
}

/**
 * Returns a mixture of all faults, the same for the same seed. Each HTTP request and each call fails with its own
 * probability and in its own form.
 */
export function mixedFaults(seed: number, share = 0.08): readonly Fault[] {
  const random = seededRandom(seed)
  const one = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)]
  const ways: readonly ((response: ServerResponse) => void)[] = [
    (response) => response.writeHead(429).end("<html>429</html>"),
    (response) => response.writeHead(502).end("<html>502 Bad Gateway</html>"),
    (response) => response.writeHead(504).end("upstream request timeout"),
    (response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>busy</html>"),
    (response) => response.writeHead(200).end(""),
    (response) => response.destroy(),
    // Never answered: the client's own time limit ends it.
    () => undefined,
  ]
  return [
    {
      onHttp: (response) => {
        const fails = random() < share
        if (fails) one(ways)?.(response)
        return fails
      },
      onCall: (call) => {
        if (random() >= share) return call
        const [code, message] = one(PASSING_ERRORS) ?? [-32603, "Internal error"]
        return { reply: failed(call, code, message) }
      },
      onReply: (reply, call) =>
        call.method === "eth_getBlockByNumber" && random() < share ? { ...reply, result: null } : reply,
    },
    erringReceipts(() => random() < share),
    ...(random() < 0.5 ? [hangingRange(1 + Math.floor(random() * 4))] : []),
  ]
}

function failed(call: RpcRequest, code: number, message: string): RpcReply {
  return { jsonrpc: "2.0", id: call.id, error: { code, message } }
}
