/** Assertions on errors: the code that programs read, and the values that the message must name. */
import { expect } from "chai"
import { AirdropError, type ErrorCode } from "../../scripts/core/primitives/error.ts"

/**
 * Asserts that an error is the user's or the world's, with this code.
 * @param values texts or patterns that the message contains: files, lines, options, addresses, amounts
 * @returns the error
 */
export function expectError(
  error: unknown,
  code: ErrorCode,
  ...values: readonly (string | RegExp)[]
): AirdropError {
  if (!(error instanceof AirdropError)) throw new Error(`no AirdropError: ${String(error)}`, { cause: error })
  expect(error.code, error.message).to.equal(code)
  for (const value of values) {
    if (typeof value === "string") expect(error.message).to.include(value)
    else expect(error.message).to.match(value)
  }
  return error
}

/** Asserts that a call throws an error as {@link expectError} does. */
export function expectThrown(
  run: () => unknown,
  code: ErrorCode,
  ...values: readonly (string | RegExp)[]
): AirdropError {
  return expectError(thrown(run), code, ...values)
}

/** Asserts that a promise is rejected with an error as {@link expectError} does. */
export async function expectRejected(
  promise: Promise<unknown>,
  code: ErrorCode,
  ...values: readonly (string | RegExp)[]
): Promise<AirdropError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  return expectError(error, code, ...values)
}

function thrown(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  return undefined
}
