/** Reads what came back over HTTP: answers, refusals, and what only means "later". */
import { isRateLimit, kindOf, RpcError } from "./rpc-error.ts"

/** Milliseconds that a provider may ask to be left alone for. */
const LONGEST_WAIT = 60_000

/** One JSON-RPC answer as it came. */
export interface Answer {
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
export class Retry extends Error {
  readonly options: RetryOptions

  constructor(message: string, options: RetryOptions = {}) {
    super(message, { cause: options.cause })
    this.options = options
  }
}

export function parseAnswers(text: string, status: number): readonly Answer[] {
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
export function errorOf(error: unknown, host: string): RpcError | Retry {
  const { code, message } = (typeof error === "object" && error !== null ? error : {}) as Record<
    string,
    unknown
  >
  const text = typeof message === "string" ? message : JSON.stringify(error)
  if (isRateLimit(code, text)) return new Retry(`it limits the rate: ${text.slice(0, 80)}`)
  return new RpcError(kindOf(code, text), host, text.split("\n")[0]?.slice(0, 200) ?? "", error)
}

export function retryAfter(response: Response): number | undefined {
  const text = response.headers.get("retry-after")
  if (text === null) return undefined
  const seconds = Number(text)
  const wait = Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1000
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_WAIT)
}

export function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
  if (inner instanceof Error) return "code" in inner ? String(inner.code) : inner.message
  return String(inner)
}

export function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && cause.name === "TimeoutError"
}
