/** Faults of sending transactions, for a fault proxy. */
import type { Fault, RpcReply, RpcRequest } from "./fault-proxy.ts"

/** Numbers that look random and are the same for the same seed (mulberry32), from 0 inclusive to 1 exclusive. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Takes a transaction, answers with its hash, and forgets it. */
export function forgottenTransactions(hashOf: (raw: string) => string, when: () => boolean): Fault {
  return {
    onCall: (call) =>
      call.method === "eth_sendRawTransaction" && when()
        ? { reply: answer(call, hashOf(String(call.params[0]))) }
        : call,
  }
}

/** Passes a transaction on, and answers that it failed. */
export function unconfirmedTransactions(when: () => boolean): Fault {
  return {
    onReply: (reply, { method, id }) =>
      method === "eth_sendRawTransaction" && when()
        ? { jsonrpc: "2.0", id, error: { code: -32000, message: "request timed out upstream" } }
        : reply,
  }
}

/** Refuses a transaction for a reason that passes, or that calls for a higher fee. */
export function refusedTransactions(message: string, when: () => boolean): Fault {
  const methods = ["eth_sendRawTransaction", "eth_sendTransaction"]
  return {
    onCall: (call) =>
      methods.includes(call.method) && when()
        ? { reply: { jsonrpc: "2.0", id: call.id, error: { code: -32000, message } } }
        : call,
  }
}

/** Does not know receipts and transactions that are there. */
export function unknownReceipts(when: () => boolean): Fault {
  const methods = ["eth_getTransactionReceipt", "eth_getTransactionByHash"]
  return {
    onReply: (reply, { method, id }) =>
      methods.includes(method) && when() ? { jsonrpc: "2.0", id, result: null } : reply,
  }
}

/** Answers with an older count of transactions, as a node that lags. */
export function laggingNonce(when: () => boolean): Fault {
  let before: RpcReply | undefined
  return {
    onReply: (reply, { method, id }) => {
      if (method !== "eth_getTransactionCount") return reply
      const old = before
      before = reply
      return old !== undefined && when() ? { ...old, id } : reply
    },
  }
}

function answer(call: RpcRequest, result: unknown): RpcReply {
  return { jsonrpc: "2.0", id: call.id, result }
}
