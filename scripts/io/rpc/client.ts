/**
 * A polite JSON-RPC client over fetch: few requests at a time, a pause for everybody when the provider asks for one,
 * attempts with growing pauses, and an error that says in one line what the provider could not do.
 */
import { AirdropError } from "../../core/primitives/error.ts"
import { errorOf, isTimeout, parseAnswers, reasonOf, Retry, retryAfter } from "./response.ts"
import { RpcError } from "./rpc-error.ts"

export interface RpcCall {
  readonly method: string
  readonly params: readonly unknown[]
}

export type RpcAnswer =
  { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: RpcError }

export interface RpcStats {
  /** HTTP requests, repeated ones included. */
  requests: number
  /** JSON-RPC calls in them. */
  calls: number
  retries: number
  bytesSent: number
  bytesReceived: number
}

export interface RpcClient {
  /** The provider's host, for messages: the rest of its URL may hold a key. */
  readonly host: string
  readonly stats: Readonly<RpcStats>
  /** One call in one request. @throws RpcError */
  call(method: string, params: readonly unknown[]): Promise<unknown>
  /**
   * Many calls, in one request unless the provider takes no batches. Each has its own answer.
   * @throws RpcError if the whole request came to nothing
   */
  batch(calls: readonly RpcCall[]): Promise<readonly RpcAnswer[]>
}

export interface RpcOptions {
  readonly concurrency?: number
  readonly attempts?: number
  /** The first pause before another attempt, in milliseconds; it doubles each time. */
  readonly pause?: number
  /** How long one request may take, in milliseconds. */
  readonly timeout?: number
}

const MAX_PAUSE = 30_000
/** Attempts where the fault may lie in the question, or the provider has never answered at all. */
const FEW_ATTEMPTS = 4

/** @throws AirdropError if the URL is none */
export function createRpc(url: string, options: RpcOptions = {}): RpcClient {
  const { concurrency = 4, attempts = 8, pause = 250, timeout = 120_000 } = options
  const host = hostOf(url)
  const stats: RpcStats = { requests: 0, calls: 0, retries: 0, bytesSent: 0, bytesReceived: 0 }
  const slots = createSlots(concurrency)
  let nextId = 1
  let quietUntil = 0
  let hasAnswered = false
  let takesBatches = true

  /**
   * One HTTP request. What it throws is either worth another attempt (Retry) or final (RpcError); so is what it
   * gives in place of an answer to a call that the provider put off.
   */
  const post = async (
    calls: readonly RpcCall[],
    single: boolean,
  ): Promise<readonly (RpcAnswer | Retry)[]> => {
    const envelopes = calls.map((call) => ({ jsonrpc: "2.0", id: nextId++, ...call }))
    const body = JSON.stringify(single ? envelopes[0] : envelopes)
    stats.requests++
    stats.calls += calls.length
    stats.bytesSent += body.length
    const headers = { "content-type": "application/json" }
    const response = await fetch(url, {
      method: "POST",
      headers,
      body,
      signal: AbortSignal.timeout(timeout),
    }).catch((cause: unknown) => {
      throw new Retry(`no answer (${reasonOf(cause)})`, { cause, perhapsTooMuch: isTimeout(cause) })
    })
    hasAnswered = true
    const text = await response.text().catch((cause: unknown) => {
      throw new Retry("the answer broke off", { cause, perhapsTooMuch: true })
    })
    stats.bytesReceived += text.length
    if (response.status === 429) throw new Retry("it limits the rate (429)", { after: retryAfter(response) })
    if (response.status === 413) throw new RpcError("too-much", host, "the request is too large (413)")
    if (response.status === 401 || response.status === 403) {
      throw new RpcError("rejected", host, `it refuses access (${response.status})`)
    }
    if (response.status >= 500 || response.status === 408) {
      throw new Retry(`HTTP ${response.status}`, { after: retryAfter(response) })
    }
    const answers = parseAnswers(text, response.status)
    const byId = new Map(answers.map((answer) => [answer.id, answer]))
    if (
      answers.length === 1 &&
      !single &&
      answers[0]?.error !== undefined &&
      !byId.has(envelopes[0]?.id ?? 0)
    ) {
      throw errorOf(answers[0].error, host)
    }
    return envelopes.map(({ id, method }) => {
      const answer = byId.get(id) ?? (single && answers[0]?.id === null ? answers[0] : undefined)
      if (answer === undefined) {
        return response.ok
          ? new Retry(`no answer to ${method}`)
          : new Retry(`HTTP ${response.status}`, { perhapsTooMuch: true })
      }
      if (answer.error !== undefined) {
        const error = errorOf(answer.error, host)
        return error instanceof Retry ? error : { ok: false, error }
      }
      if (!("result" in answer)) return new Retry(`neither result nor error for ${method}`)
      return { ok: true, result: answer.result }
    })
  }

  /** Asks until every call has its answer. Calls that were put off are asked again without the others. */
  const withAttempts = async (calls: readonly RpcCall[], single: boolean): Promise<readonly RpcAnswer[]> => {
    const answers = new Map<number, RpcAnswer>()
    let failures = 0
    for (;;) {
      const open = calls.map((call, i) => ({ call, i })).filter(({ i }) => !answers.has(i))
      await delay(quietUntil - Date.now())
      const failure = await slots(async () => {
        try {
          const got = await post(
            open.map(({ call }) => call),
            single,
          )
          for (const [j, answer] of got.entries()) {
            if (!(answer instanceof Retry)) answers.set(open[j]?.i ?? 0, answer)
          }
          if (got.some((answer) => !(answer instanceof Retry))) failures = 0
          return got.find((answer) => answer instanceof Retry)
        } catch (thrown) {
          if (thrown instanceof Retry) return thrown
          throw thrown
        }
      })
      if (failure === undefined) return calls.flatMap((_, i) => answers.get(i) ?? [])
      await pauseAfter(failure, ++failures)
    }
  }

  /** @throws RpcError if there have been enough failures in a row */
  const pauseAfter = async (failure: Retry, failures: number): Promise<void> => {
    const { after, perhapsTooMuch } = failure.options
    const few = perhapsTooMuch === true || !hasAnswered
    if (failures >= (few ? Math.min(attempts, FEW_ATTEMPTS) : attempts)) {
      const kind = perhapsTooMuch === true ? "too-much" : "unreachable"
      throw new RpcError(kind, host, `${failure.message}, ${failures} times in a row`, failure)
    }
    stats.retries++
    const growing = Math.min(MAX_PAUSE, pause * 2 ** (failures - 1))
    if (after !== undefined) quietUntil = Math.max(quietUntil, Date.now() + after)
    await delay((after ?? 0) + growing * (0.5 + Math.random() / 2))
  }

  return {
    host,
    stats,
    call: async (method, params) => {
      const [answer] = await withAttempts([{ method, params }], true)
      if (answer?.ok !== true)
        throw answer?.error ?? new RpcError("unreachable", host, `no answer to ${method}`)
      return answer.result
    },
    batch: async (calls) => {
      if (calls.length > 1 && takesBatches) {
        try {
          return await withAttempts(calls, false)
        } catch (error) {
          if (!isRefusedBatch(error)) throw error
        }
      }
      const answers = await Promise.all(calls.map(async (call) => await withAttempts([call], true)))
      if (calls.length > 1 && answers.flat().some(({ ok }) => ok)) takesBatches = false
      return answers.flat()
    },
  }
}

/** One answer to all calls together: whatever its words are, each alone may be taken, except where it is about size. */
function isRefusedBatch(error: unknown): boolean {
  return error instanceof RpcError && error.kind !== "too-much" && error.kind !== "unreachable"
}

function hostOf(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new AirdropError("the RPC URL is not one that begins with http:// or https://")
  }
  return parsed.host
}

async function delay(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Lets at most so many run at a time, in the order they came. */
function createSlots(limit: number): <T>(run: () => Promise<T>) => Promise<T> {
  let free = limit
  const waiting: (() => void)[] = []
  return async (run) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve))
    else free--
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
