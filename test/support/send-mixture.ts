/** A seeded mixture of what providers do to one who sends transactions, for a fault proxy. */
import { keccak256 } from "ethers"
import type { Fault, RpcRequest } from "./fault-proxy.ts"
import {
  forgottenTransactions,
  laggingNonce,
  refusedTransactions,
  seededRandom,
  unconfirmedTransactions,
  unknownReceipts,
} from "./send-faults.ts"

/** Errors that pass, as providers write them. */
const PASSING: readonly (readonly [code: number, message: string])[] = [
  [-32603, "Internal error"],
  [-32007, "50/second request limit reached - reduce calls per second or upgrade your account"],
  [-32503, "Errors from the following providers prevented the request from being fulfilled: dRPC, Alchemy."],
  [-32000, "no backend is currently healthy"],
  [-32001, "Unable to complete request at this time."],
  [19, "Temporary internal error. Please retry, trace-id: 0"],
]
/** Faults of one kind in a row, after which it pauses: these are providers that fail for a while. */
const LONGEST_ROW = 2
const SENDS = ["eth_sendRawTransaction", "eth_sendTransaction"]

/**
 * Returns the faults of a seed: each kind of fault is among them by chance, and strikes by chance.
 * @param oneIn how seldom a fault strikes
 */
export function sendMixture(seed: number, oneIn = 6): readonly Fault[] {
  const random = seededRandom(seed)
  const strikes = (): (() => boolean) => {
    let row = 0
    return () => {
      row = row < LONGEST_ROW && random() * oneIn < 1 ? row + 1 : 0
      return row > 0
    }
  }
  const kinds: readonly Fault[] = [
    passingErrors(random, strikes()),
    nullBlocks(strikes()),
    htmlBodies(strikes()),
    failingReceipts(random, strikes()),
    unknownReceipts(strikes()),
    forgottenTransactions(keccak256, strikes()),
    unconfirmedTransactions(strikes()),
    cutAnswersToSends(strikes()),
    hangingAnswers(random, strikes()),
    laggingNonce(strikes()),
    refusedTransactions("replacement transaction underpriced", strikes()),
    refusedTransactions("max fee per gas less than block base fee", strikes()),
    refusedTransactions("intrinsic gas too low", strikes()),
    refusedTransactions("sequencer temporarily not available", strikes()),
  ]
  return kinds.filter(() => random() < 0.5)
}

function passingErrors(random: () => number, when: () => boolean): Fault {
  return {
    onCall: (call) => {
      if (!when()) return call
      const [code, message] = PASSING[Math.floor(random() * PASSING.length)] ?? [-32603, "Internal error"]
      return { reply: { jsonrpc: "2.0", id: call.id, error: { code, message } } }
    },
  }
}

/** Returns a fault of a node behind the same address that lags behind the others. */
function nullBlocks(when: () => boolean): Fault {
  return {
    onReply: (reply, { method, id }) =>
      method === "eth_getBlockByNumber" && when() ? { jsonrpc: "2.0", id, result: null } : reply,
  }
}

function htmlBodies(when: () => boolean): Fault {
  return {
    onHttp: (response) => {
      const strikes = when()
      if (strikes) response.writeHead(200, { "content-type": "text/html" }).end("<html>Bad gateway</html>")
      return strikes
    },
  }
}

/** Leaves one in four of the chosen requests unanswered, so that the client's time limit ends it. */
function hangingAnswers(random: () => number, when: () => boolean): Fault {
  return { onHttp: () => when() && random() * 4 < 1 }
}

function failingReceipts(random: () => number, when: () => boolean): Fault {
  return {
    onCall: (call) => {
      if (call.method !== "eth_getTransactionReceipt" || !when()) return call
      const message = random() < 0.5 ? "transaction indexing is in progress" : "Internal error"
      return { reply: { jsonrpc: "2.0", id: call.id, error: { code: -32000, message } } }
    },
  }
}

/** Ends the connection after the transaction was accepted. */
function cutAnswersToSends(when: () => boolean): Fault {
  const isSend = ({ method }: RpcRequest): boolean => SENDS.includes(method)
  return { onText: (text, _count, calls) => (calls.some(isSend) && when() ? text.slice(0, 9) : text) }
}
