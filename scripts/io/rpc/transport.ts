/** Sends one HTTP request with one or several JSON-RPC calls, and sorts the answer. */
import { bodyMeaning, errorIn, meaningOf, statusMeaning, type Meaning } from "../../core/ethereum/json-rpc.ts"
import { AirdropError } from "../../core/primitives/error.ts"
import { shortened, visible } from "../../core/primitives/text.ts"

export interface RpcCall {
  readonly method: string
  readonly params: readonly unknown[]
}

/** A call that was not answered. */
export interface Failure {
  readonly ok: false
  readonly meaning: Meaning
  /** The provider's own words, if it gave any. */
  readonly words: string
  /** The pause in milliseconds that the provider asks for. */
  readonly after?: number | undefined
  /** True if no answer came in time. */
  readonly isTimeout?: boolean
  /** The JSON-RPC error as received, or the fault of the connection. */
  readonly cause?: unknown
}

export type Outcome = { readonly ok: true; readonly result: unknown } | Failure

export interface RpcStats {
  /** HTTP requests, repeated ones included. */
  requests: number
  /** JSON-RPC calls in them. */
  calls: number
  retries: number
  bytesSent: number
  bytesReceived: number
}

export interface Transport {
  readonly host: string
  readonly stats: RpcStats
  /** Returns true once the provider has answered anything. */
  hasAnswered(): boolean
  /**
   * Sends calls.
   * @param together true if the calls are sent as a batch. A single call is not sent as a batch of one, which some
   * refuse.
   */
  post(calls: readonly RpcCall[], together: boolean, timeout: number): Promise<Exchange>
}

export interface Exchange {
  /** In the order of the calls. */
  readonly outcomes: readonly Outcome[]
  /** Set if all calls failed together. */
  readonly whole: Failure | undefined
}

/** The longest pause that a provider may ask for, in milliseconds. */
const LONGEST_WAIT = 60_000

const PASSING: Meaning = { kind: "later", repeat: "long", orLess: true }
const BROKEN: Meaning = { kind: "later", repeat: "long", orLess: false }

/**
 * Creates the transport to one URL.
 * @throws AirdropError if the URL does not begin with http:// or https://
 */
export function createTransport(url: string): Transport {
  const host = hostOf(url)
  const stats: RpcStats = { requests: 0, calls: 0, retries: 0, bytesSent: 0, bytesReceived: 0 }
  let nextId = 1
  let hasAnswered = false

  const post: Transport["post"] = async (calls, together, timeout) => {
    const envelopes = calls.map((call) => ({ jsonrpc: "2.0", id: nextId++, ...call }))
    const body = JSON.stringify(together ? envelopes : envelopes[0])
    stats.requests++
    stats.calls += calls.length
    stats.bytesSent += body.length
    const all = (whole: Failure): Exchange => ({ outcomes: calls.map(() => whole), whole })
    let response: Response
    let text: string
    try {
      response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
        signal: AbortSignal.timeout(timeout),
      })
      hasAnswered = true
      text = await response.text()
    } catch (cause) {
      return all(connectionFailure(cause, timeout))
    }
    stats.bytesReceived += text.length
    const after = retryAfter(response)
    const answers = parsed(text)
    if (answers === undefined) {
      const words =
        statusWords(response.status) ?? (text.trim() === "" ? "an empty answer" : "the answer is not JSON")
      return all({ ok: false, meaning: bodyMeaning(response.status), words, after })
    }
    const whole = wholeError(
      answers,
      envelopes.map(({ id }) => id),
    )
    if (whole !== undefined) return all({ ...failureOf(whole, response.status), after })
    const byId = new Map(answers.map((answer) => [answer["id"], answer]))
    return {
      outcomes: envelopes.map(({ id, method }) => outcomeOf(byId.get(id), method, response.status, after)),
      whole: undefined,
    }
  }
  return { host, stats, hasAnswered: () => hasAnswered, post }
}

function outcomeOf(
  answer: Readonly<Record<string, unknown>> | undefined,
  method: string,
  status: number,
  after: number | undefined,
): Outcome {
  const meaning = statusMeaning(status) ?? PASSING
  if (answer === undefined) {
    return { ok: false, meaning, words: statusWords(status) ?? `no answer to ${method}`, after }
  }
  const error = errorIn(answer)
  if (error !== undefined) return { ...failureOf(error, status), after }
  if (!("result" in answer))
    return { ok: false, meaning, words: `neither result nor error for ${method}`, after }
  return { ok: true, result: answer["result"] }
}

/** Returns an error that answers all calls: one with no id, as gateways and refused batches send it. */
function wholeError(
  answers: readonly Readonly<Record<string, unknown>>[],
  ids: readonly number[],
): object | undefined {
  const [answer] = answers
  if (answers.length !== 1 || answer === undefined) return undefined
  return ids.some((id) => id === answer["id"]) ? undefined : errorIn(answer)
}

function failureOf(error: object, status: number): Failure {
  const { message, code } = error as Record<string, unknown>
  const text = typeof message === "string" && message !== "" ? message : JSON.stringify(error)
  const words = visible(shortened(text.split("\n")[0] ?? "", 300))
  const named =
    typeof message === "string" && message !== ""
      ? words
      : `error ${typeof code === "number" ? code : "without a code"}`
  return { ok: false, meaning: meaningOf(error, status), words: named, cause: error }
}

function connectionFailure(cause: unknown, timeout: number): Failure {
  if (cause instanceof Error && cause.name === "TimeoutError") {
    return {
      ok: false,
      meaning: PASSING,
      words: `no answer within ${timeout / 1000} s`,
      isTimeout: true,
      cause,
    }
  }
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  const code = inner instanceof Error && "code" in inner ? String(inner.code) : undefined
  const reason = code ?? (inner instanceof Error ? inner.message : String(inner))
  // A broken-off answer may have been too large. A refused connection was not.
  const meaning = /refused|notfound|again|unreach|cert|self.signed/i.test(reason) ? BROKEN : PASSING
  return { ok: false, meaning, words: `no answer (${reason})`, cause }
}

function statusWords(status: number): string | undefined {
  if (status === 429) return "it limits the rate (429)"
  if (status === 413) return "the request is too large (413)"
  if (statusMeaning(status)?.kind === "no-access") return `it refuses access (${status})`
  return status >= 300 ? `HTTP ${status}` : undefined
}

/** Returns the answers, or undefined if the text is not JSON or contains anything but objects. */
function parsed(text: string): readonly Readonly<Record<string, unknown>>[] | undefined {
  try {
    const json: unknown = JSON.parse(text)
    const answers: readonly unknown[] = Array.isArray(json) ? json : [json]
    const isWell = answers.every((answer) => typeof answer === "object" && answer !== null)
    return isWell ? (answers as readonly Readonly<Record<string, unknown>>[]) : undefined
  } catch {
    return undefined
  }
}

function retryAfter(response: Response): number | undefined {
  const text = response.headers.get("retry-after")
  if (text === null) return undefined
  const seconds = Number(text)
  const wait = Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1000
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_WAIT)
}

function hostOf(url: string): string {
  const address = URL.parse(url)
  if (address === null || !/^https?:$/.test(address.protocol)) {
    throw new AirdropError("the RPC URL does not begin with http:// or https://", { code: "usage" })
  }
  return address.host
}
