/** The result of one test file, or of one suite of Solidity tests. */
export interface FileResult {
  readonly file: string
  /** The titles of the tests that passed, each after its suites' titles. */
  readonly passed: readonly string[]
  readonly failed: number
  /** Each failing test with its error; empty if none failed. */
  readonly details: string
  readonly milliseconds: number
}

/** The request that a worker runs. */
export interface FileRequest {
  /** Relative to the project's root. */
  readonly file: string
  /** The longest time that a test may take unless it sets its own, in milliseconds. */
  readonly timeout: number
}
