/** What a thrown error may carry besides its one line. */
export interface AirdropErrorOptions {
  /** What the user can do about it, printed on a second line. */
  readonly hint?: string
  readonly cause?: unknown
  /** Exit status: 2 for bad input or usage (the default), 1 for a failed check or run. */
  readonly exit?: 1 | 2
}

/** The caller's fault or the world's: one clear line that names file, line and value where there are any. */
export class AirdropError extends Error {
  readonly hint: string | undefined
  readonly exit: 1 | 2

  constructor(message: string, options: AirdropErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = "AirdropError"
    this.hint = options.hint
    this.exit = options.exit ?? 2
  }
}

/** Our own fault: something that cannot be, whatever the input. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "InvariantError"
  }
}

/** Narrows away what the code before it has excluded; throws {@link InvariantError} if it is there all the same. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message)
}
