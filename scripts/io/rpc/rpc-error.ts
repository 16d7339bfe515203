import type { Refusal } from "../../core/ethereum/json-rpc.ts"
import { AirdropError, type ErrorCode } from "../../core/primitives/error.ts"

/** `bad-answer`: the answer is malformed, or is that of another block or request. */
export type RpcErrorKind = Refusal | "bad-answer"

const CODES: Readonly<Record<RpcErrorKind, ErrorCode>> = {
  later: "rpc-later",
  less: "rpc-less",
  "no-batch": "rpc-less",
  "no-state": "rpc-cannot",
  "no-method": "rpc-cannot",
  "no-access": "rpc-cannot",
  refused: "rpc-cannot",
  reverted: "reverted",
  "bad-answer": "rpc-answer",
}

const ANOTHER = "Use another provider with --rpc."

const HINTS: Readonly<Record<RpcErrorKind, string>> = {
  later: "Run the same command again later, or use another provider with --rpc.",
  less: ANOTHER,
  "no-batch": ANOTHER,
  "no-state": "Use an archive provider with --rpc.",
  "no-method": "Use a provider that serves this method with --rpc.",
  "no-access": "Check the URL and the key of the provider, or use another with --rpc.",
  refused: ANOTHER,
  reverted: "Check that network, block and contract are the right ones.",
  "bad-answer": "Run the same command again, or use another provider with --rpc.",
}

/** A failure of the provider, in one line. Its exit status is 1, because the user's input is not at fault. */
export class RpcError extends AirdropError {
  readonly kind: RpcErrorKind
  /** The provider's host. The rest of its URL may contain a key. */
  readonly host: string
  /** True if a smaller request may be answered. */
  readonly orLess: boolean

  /**
   * @param message without the host
   * @param options.cause the JSON-RPC error as received, if the provider answered with one
   * @param options.orLess true if the words also fit a request that is too large; always true of `less`
   */
  constructor(
    kind: RpcErrorKind,
    host: string,
    message: string,
    options: { readonly cause?: unknown; readonly orLess?: boolean } = {},
  ) {
    super(`${host}: ${message}`, { code: CODES[kind], hint: HINTS[kind], cause: options.cause })
    this.name = "RpcError"
    this.kind = kind
    this.host = host
    this.orLess = kind === "less" || options.orLess === true
  }
}

/** Returns true if a smaller request may be answered, also if the refusal is the cause of another error. */
export function mayShrink(error: unknown): boolean {
  if (error instanceof RpcError) return error.orLess
  return error instanceof AirdropError && mayShrink(error.cause)
}

/**
 * Returns true for a failure of the provider, which says nothing about a contract. A revert is the contract's own
 * answer.
 */
export function isProviderFault(error: unknown): error is RpcError {
  return error instanceof RpcError && error.kind !== "reverted"
}
