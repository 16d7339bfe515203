/** A JSON-RPC client: few requests at a time, retries where they help, batches as large as the provider takes. */
import { createAttempts, type AttemptOptions, type RpcAnswer } from "./attempts.ts"
import { RpcError } from "./rpc-error.ts"
import { askInPieces, pieceSize } from "./split-requests.ts"
import { createTransport, type RpcCall, type RpcStats } from "./transport.ts"

export interface RpcClient {
  /** The provider's host, for messages. The rest of its URL may contain a key. */
  readonly host: string
  readonly stats: Readonly<RpcStats>
  /** Sends one call in one request. @throws RpcError */
  call(method: string, params: readonly unknown[]): Promise<unknown>
  /** Sends many calls in as few requests as the provider takes. Each has its own answer, in the order of the calls. */
  batch(calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]>
}

export type { RpcCall, RpcStats }
export type RpcOptions = Partial<AttemptOptions>

let defaults: AttemptOptions = { concurrency: 4, attempts: 8, pause: 250, timeout: 30_000 }
const LARGEST_BATCH = 1_000

/**
 * Sets options of the clients that are created from now on, in a program that uses this as a library. Returns those
 * before.
 * @public
 */
export function setRpcDefaults(options: RpcOptions): AttemptOptions {
  const before = defaults
  defaults = { ...defaults, ...options }
  return before
}

/** Creates a client. @throws AirdropError if the URL does not begin with http:// or https:// */
export function createRpc(url: string, options: RpcOptions = {}): RpcClient {
  const transport = createTransport(url)
  const attempt = createAttempts(transport, { ...defaults, ...options })
  const { host, stats } = transport
  const size = pieceSize(LARGEST_BATCH)
  let takesBatches = true

  const alone = async (call: RpcCall): Promise<RpcAnswer> => {
    const { answers } = await attempt([call], false)
    return answers[0] ?? { ok: false, error: new RpcError("bad-answer", host, `no answer to ${call.method}`) }
  }
  const together = async (calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]> => {
    const [first, ...rest] = calls
    if (first === undefined) return []
    if (rest.length === 0) return [await alone(first)]
    if (takesBatches) {
      const { answers, whole } = await attempt(calls, true)
      if (whole === undefined) return answers
      if (whole.orLess && whole.kind !== "refused") throw whole
      if (whole.kind !== "refused" && whole.kind !== "no-batch") return answers
    }
    // A whole batch was refused. If its first call is answered alone, the provider takes no batches.
    const probe = await alone(first)
    if (takesBatches && !probe.ok && probe.error.kind !== "reverted") {
      const { error } = probe
      return calls.map(() => ({ ok: false, error }))
    }
    takesBatches = false
    return [probe, ...(await Promise.all(rest.map(alone)))]
  }
  return {
    host,
    stats,
    call: async (method, params) => {
      const answer = await alone({ method, params })
      if (!answer.ok) throw answer.error
      return answer.result
    },
    batch: async (calls) =>
      await askInPieces(calls, together, { size, what: "calls in a request", host, concurrency: 1 }),
  }
}
