/** Sends calls until each has its answer, or until the provider has refused it as often as its words are worth. */
import pLimit from "p-limit"
import { notice } from "./notices.ts"
import { RpcError } from "./rpc-error.ts"
import type { Failure, Outcome, RpcCall, Transport } from "./transport.ts"

export type RpcAnswer =
  { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: RpcError }

export interface AttemptOptions {
  /** Requests at a time. */
  readonly concurrency: number
  /** The number of attempts for a request that is worth patience. */
  readonly attempts: number
  /** The first pause before another attempt, in milliseconds; it doubles each time. */
  readonly pause: number
  /** The time limit of one request, in milliseconds. */
  readonly timeout: number
}

export interface Answered {
  readonly answers: readonly RpcAnswer[]
  /** Set if all calls failed together. */
  readonly whole: RpcError | undefined
}

const MAX_PAUSE = 30_000
/** The length of a pause, in milliseconds, from which on it is reported. */
const LONG_PAUSE = 3_000
/** The number of attempts if the size of the request may be the reason, or if the provider has never answered. */
const FEW = 3
const FEW_WITHOUT_ANSWER = 4
/** The number of `null` answers to a block after which it counts as absent. */
const NULL_BLOCKS = 5
/** A request with more characters than this has parts that can be sent separately. */
const WIDE = 2_000

const NULL_BLOCK = Symbol("a block that is null")

/** Methods whose answer is never `null`. */
const NEVER_NULL =
  /^eth_(call|getLogs|getCode|getBalance|getTransactionCount|chainId|blockNumber|gasPrice|estimateGas|getStorageAt|getProof|sendRawTransaction|maxPriorityFeePerGas)$/

export type Attempts = (calls: readonly RpcCall[], together: boolean) => Promise<Answered>

export function createAttempts(transport: Transport, options: AttemptOptions): Attempts {
  const { host, stats } = transport
  const slots = pLimit(options.concurrency)
  let quietUntil = 0

  return async (calls, together) => {
    const answers = new Map<number, RpcAnswer>()
    const failures = new Map<number, Map<string, number>>()
    for (;;) {
      const open = [...calls.keys()].filter((i) => !answers.has(i))
      const asked = open.map((i) => calls[i] ?? { method: "", params: [] })
      await delay(quietUntil - Date.now())
      const { outcomes, whole } = await slots(
        async () => await transport.post(asked, together, options.timeout),
      )
      const results = outcomes.map((outcome, j) => plausible(outcome, asked[j]))
      const hasProgress = results.some(({ ok }) => ok)
      let again: Failure | undefined
      let count = 0
      for (const [j, result] of results.entries()) {
        const i = open[j] ?? 0
        if (result.ok) {
          answers.set(i, result)
          continue
        }
        // If some calls of a batch are answered, the others only have to wait.
        const isFree = hasProgress && result.meaning.kind === "later"
        const { total: own, alike } = countFailure(failures, i, result, isFree ? 0 : 1)
        // If a call fails while others of its batch are answered, the size of the batch is not the reason.
        const isWholeBatch = whole !== undefined && calls.length > 1 && asked.length === calls.length
        const isWide = isWholeBatch || isWideCall(asked[j])
        const most = budget(result, { ...options, isWide, method: asked[j]?.method ?? "" }, transport)
        if (alike < most && own < options.attempts) {
          again ??= result
          count = Math.max(count, own)
        } else if (result.cause === NULL_BLOCK) answers.set(i, { ok: true, result: null })
        else answers.set(i, { ok: false, error: errorOf(host, result, own) })
      }
      if (again === undefined) {
        const inOrder = calls.flatMap((_, i) => answers.get(i) ?? [])
        const [first] = inOrder
        return {
          answers: inOrder,
          whole: whole !== undefined && first?.ok === false ? first.error : undefined,
        }
      }
      stats.retries++
      await pauseAfter(again, Math.max(1, count))
    }
  }

  async function pauseAfter(failure: Failure, failures: number): Promise<void> {
    const growing = Math.min(MAX_PAUSE, options.pause * 2 ** (failures - 1)) * (0.5 + Math.random() / 2)
    const pause = (failure.after ?? 0) + growing
    // After a rate limit, all requests pause.
    const isRate = failure.meaning.kind === "later" && !failure.meaning.orLess
    if (failure.after !== undefined || isRate) quietUntil = Math.max(quietUntil, Date.now() + pause)
    if (failure.isTimeout === true || pause >= LONG_PAUSE) {
      notice(`${host}: ${failure.words}; asking again in ${Math.max(1, Math.round(pause / 1000))} s`)
    }
    await delay(pause)
  }
}

/**
 * Counts a failure of a call. Failures of different kinds do not use up each other's attempts: a time-out after three
 * rate limits is the first one.
 * @returns the failures of the call so far, and those of the same kind
 */
function countFailure(
  failures: Map<number, Map<string, number>>,
  call: number,
  { meaning, isTimeout }: Failure,
  by: 0 | 1,
): { readonly total: number; readonly alike: number } {
  const kinds = failures.get(call) ?? new Map<string, number>()
  failures.set(call, kinds)
  const kind = isTimeout === true ? "timeout" : `${meaning.kind} ${meaning.repeat} ${String(meaning.orLess)}`
  const alike = (kinds.get(kind) ?? 0) + by
  kinds.set(kind, alike)
  return { total: [...kinds.values()].reduce((sum, count) => sum + count, 0), alike }
}

interface Budget {
  readonly attempts: number
  readonly isWide: boolean
  readonly method: string
}

function budget(
  { meaning, isTimeout, cause }: Failure,
  { attempts, isWide, method }: Budget,
  transport: Transport,
): number {
  if (cause === NULL_BLOCK) return Math.min(attempts, NULL_BLOCKS)
  // A wallet of the node may have sent the transaction without answering.
  if (method === "eth_sendTransaction" && (meaning.orLess || meaning.kind !== "later")) return 1
  if (method.startsWith("eth_send") && meaning.kind !== "later") return 1
  // Waiting again for a wide request costs as much as asking for less.
  if (isTimeout === true && isWide) return 1
  if (!transport.hasAnswered() || isTimeout === true) return Math.min(attempts, FEW_WITHOUT_ANSWER)
  if (meaning.repeat === "never") return 1
  if (isWide && meaning.orLess) return Math.min(attempts, FEW)
  // A request that cannot be made smaller can only be repeated.
  if (meaning.kind === "less") return attempts
  return meaning.repeat === "long" ? attempts : Math.min(attempts, FEW)
}

function errorOf(host: string, { meaning, words, cause }: Failure, times: number): RpcError {
  return new RpcError(meaning.kind, host, times > 1 ? `${words}, ${times} times in a row` : words, {
    cause,
    orLess: meaning.orLess,
  })
}

/**
 * Returns the outcome, or a failure to retry if a `null` is implausible. Blocks below the head exist, so a `null`
 * there comes from a node that lags.
 */
function plausible(outcome: Outcome, call: RpcCall | undefined): Outcome {
  if (!outcome.ok || outcome.result !== null || call === undefined) return outcome
  if (call.method !== "eth_getBlockByNumber" && !NEVER_NULL.test(call.method)) return outcome
  return {
    ok: false,
    meaning: { kind: "later", repeat: "long", orLess: false },
    words: `null for ${call.method}`,
    cause: call.method === "eth_getBlockByNumber" ? NULL_BLOCK : undefined,
  }
}

/** Returns true if the request has parts that can be sent separately. It is then repeated a few times only. */
export function isWideCall({ method, params }: RpcCall = { method: "", params: [] }): boolean {
  if (method !== "eth_getLogs") return JSON.stringify(params).length > WIDE
  const [filter] = params
  const { fromBlock, toBlock } = (typeof filter === "object" && filter !== null ? filter : {}) as Record<
    string,
    unknown
  >
  return fromBlock !== toBlock
}

async function delay(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds))
}
