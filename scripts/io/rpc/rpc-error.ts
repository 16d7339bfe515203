import type { Refusal } from "../../core/ethereum/json-rpc.ts"
import { AirdropError, type ErrorCode } from "../../core/primitives/error.ts"

/** `bad-answer`: not the form that the answer must have, or of another block or question. */
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

/** What a provider could not do, in one line. Its exit status is 1: it says nothing about the user's input. */
export class RpcError extends AirdropError {
  readonly kind: RpcErrorKind
  /** The provider's host: the rest of its URL may hold a key. */
  readonly host: string
  /** True if a smaller question may be answered. */
  readonly orLess: boolean

  /**
   * @param message without the host
   * @param options.cause of an error that the provider answers, its JSON-RPC error as it came
   * @param options.orLess true if the words also fit a question that is too large; always true of `less`
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

/** True if a smaller question may be answered, also where the refusal is the cause of another error. */
export function mayShrink(error: unknown): boolean {
  if (error instanceof RpcError) return error.orLess
  return error instanceof AirdropError && mayShrink(error.cause)
}
