/** What can go wrong at an RPC provider, and what it means for the one who asked. */

/**
 * - `too-much`: the question was too large for the provider (gas, answer, range, time): ask for less
 * - `missing-method`: the provider does not serve it
 * - `missing-state`: the provider does not have the state of that block (no archive)
 * - `rejected`: anything else it says no to; `reverted` where a contract did
 * - `unreachable`: no usable answer after all attempts
 */
export type RpcErrorKind =
  "too-much" | "missing-method" | "missing-state" | "reverted" | "rejected" | "unreachable"

export class RpcError extends Error {
  readonly kind: RpcErrorKind
  /** The provider's host: the rest of its URL may hold a key. */
  readonly host: string

  /** @param cause the failure below; of an error that the provider answers, its JSON-RPC error as it came */
  constructor(kind: RpcErrorKind, host: string, message: string, cause?: unknown) {
    super(`${host}: ${message}`, cause === undefined ? undefined : { cause })
    this.name = "RpcError"
    this.kind = kind
    this.host = host
  }
}

const PATTERNS: readonly (readonly [RpcErrorKind, RegExp])[] = [
  [
    "too-much",
    /out of gas|gas (limit|cap)|exceeds (the )?(gas|allowance|block)|intrinsic gas|execution timeout|timed? ?out|deadline exceeded|too (large|big|long|many (?!requests))|response size|range|10,?000|more than \d+ (results|logs)|query returned|block gas limit|batch (size|limit)/i,
  ],
  [
    "missing-state",
    /missing trie node|header not found|state (is )?(not available|unavailable|not found)|pruned|archive|unknown block|block not found|could ?n[o']t find (block|header)|hash not found|distance to target block/i,
  ],
  [
    "missing-method",
    /method .*(not|unsupported)|not (supported|available|implemented|whitelisted)|unsupported method/i,
  ],
  ["reverted", /revert/i],
]

/** True for answers that mean "later", whatever their HTTP status was. */
export function isRateLimit(code: unknown, message: string): boolean {
  // Some use one code for "too often" and for "too many results".
  if (/more than \d+|results|block range/i.test(message)) return false
  return (
    code === 429 || code === -32005 || /rate ?limit|too many requests|compute units|capacity/i.test(message)
  )
}

/** Sorts a provider's JSON-RPC error by its code and words: no two providers say it alike. */
export function kindOf(code: unknown, message: string): RpcErrorKind {
  if (code === -32601) return "missing-method"
  for (const [kind, pattern] of PATTERNS) if (pattern.test(message)) return kind
  return code === 3 ? "reverted" : "rejected"
}
