/**
 * A polite JSON-RPC client over fetch: few requests at a time, a pause for everybody when the provider asks for one,
 * attempts with growing pauses, and an error that says in one line what the provider could not do.
 */
import { AirdropError } from "../core/error.ts"
import { isRateLimit, kindOf, RpcError } from "./rpc-error.ts"

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
  /** Many calls in one request. Each has its own answer. @throws RpcError if the whole request came to nothing */
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
      if (answer === undefined) return new Retry(`no answer to ${method}`)
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
    batch: async (calls) => (calls.length === 0 ? [] : await withAttempts(calls, false)),
  }
}

interface Answer {
  readonly id?: unknown
  readonly result?: unknown
  readonly error?: unknown
}

interface RetryOptions {
  /** Milliseconds, if the provider said when. */
  readonly after?: number | undefined
  /** True if the same failure again would mean that the question is too large. */
  readonly perhapsTooMuch?: boolean
  readonly cause?: unknown
}

/** A failure that may pass. */
class Retry extends Error {
  readonly options: RetryOptions

  constructor(message: string, options: RetryOptions = {}) {
    super(message, { cause: options.cause })
    this.options = options
  }
}

function parseAnswers(text: string, status: number): readonly Answer[] {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new Retry(status === 200 ? "the answer is not JSON" : `HTTP ${status}`, {
      cause,
      perhapsTooMuch: true,
    })
  }
  const answers: readonly unknown[] = Array.isArray(json) ? json : [json]
  if (answers.some((answer) => typeof answer !== "object" || answer === null)) {
    throw new Retry("the answer is not JSON-RPC")
  }
  return answers as readonly Answer[]
}

/** What a JSON-RPC error means: a Retry if only "later". */
function errorOf(error: unknown, host: string): RpcError | Retry {
  const { code, message } = (typeof error === "object" && error !== null ? error : {}) as Record<
    string,
    unknown
  >
  const text = typeof message === "string" ? message : JSON.stringify(error)
  if (isRateLimit(code, text)) return new Retry(`it limits the rate: ${text.slice(0, 80)}`)
  return new RpcError(kindOf(code, text), host, text.split("\n")[0]?.slice(0, 200) ?? "", error)
}

function retryAfter(response: Response): number | undefined {
  const text = response.headers.get("retry-after")
  if (text === null) return undefined
  const seconds = Number(text)
  const wait = Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1000
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), 2 * MAX_PAUSE)
}

function hostOf(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new AirdropError("the RPC URL is not one that begins with http:// or https://")
  }
  return parsed.host
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  if (inner instanceof Error) return "code" in inner ? String(inner.code) : inner.message
  return String(inner)
}

function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === "TimeoutError"
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
