/**
 * The stable codes of errors, for programs: the fault and who can mend it. The exit status follows from the code:
 * 2 if the user's input has to change, 1 if a check, a provider or a run failed.
 */
export const ERROR_CODES = {
  usage: 2, // an option, an argument or a combination of them that the verb does not take
  "file-missing": 2, // an input file or folder does not exist
  "file-unreadable": 2, // it exists and cannot be read as a file: access, a FIFO, a device
  "file-exists": 2, // a file would be replaced that the verb did not write
  "file-format": 2, // not the encoding, the syntax, the format or the version that is expected
  "invalid-value": 2, // a field or a cell has a value that it cannot have
  "invalid-address": 2,
  "invalid-amount": 2,
  duplicate: 2, // listed twice
  unknown: 2, // a name, an account or an id that does not exist there
  inconsistent: 2, // two inputs do not belong together
  "not-ready": 2, // an earlier step has to be run first
  unresolved: 2, // a decision of the operators is missing
  refused: 2, // it would do harm or nothing, and is not written
  "wrong-chain": 2, // the RPC serves another chain
  unanswered: 1, // a question to the user was not answered
  mismatch: 1, // what was recomputed and what was found differ
  flagged: 1, // a signer is warned
  "rpc-later": 1, // the provider asked to wait, or failed, for longer than is waited
  "rpc-less": 1, // the provider refuses even the smallest question
  "rpc-cannot": 1, // the provider has no such state or method, or gives no access
  "rpc-answer": 1, // the provider's answer has not the form that it must have
  reverted: 1, // the call itself reverts
  "chain-state": 1, // the contracts' present state does not allow it; their state or the time has to change
  busy: 1, // another process holds the lock of a file
  unsettled: 1, // a transaction was sent and its outcome is not known
  "insufficient-funds": 1,
  "write-failed": 1, // a full disk, no access
  "tool-failed": 1, // a compiler, a browser or another program did not do its work
} as const satisfies Record<string, 1 | 2>

export type ErrorCode = keyof typeof ERROR_CODES

/** The parts of an error besides its message. */
export interface AirdropErrorOptions {
  /** The code for programs: stable, unlike the message. */
  readonly code: ErrorCode
  /** An action that the user can take, printed below the message. */
  readonly hint?: string
  readonly cause?: unknown
}

/** A fault of the caller or of the outside world. Its message names file, line and value where there are any. */
export class AirdropError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly exit: 1 | 2
  /** The lines of the message as printed. A line feed within one is data and is shown as its code. */
  readonly lines: readonly string[]

  /** @param message one line, or a list of lines */
  constructor(message: string | readonly string[], options: AirdropErrorOptions) {
    const lines = typeof message === "string" ? [message] : message
    super(lines.join("\n"), options.cause === undefined ? undefined : { cause: options.cause })
    this.name = "AirdropError"
    this.lines = lines
    this.code = options.code
    this.hint = options.hint
    this.exit = ERROR_CODES[this.code]
  }
}

/** Our own fault: a state that no input should be able to cause. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "InvariantError"
  }
}

/** Throws {@link InvariantError} if a condition that the code before it guarantees is false. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}
